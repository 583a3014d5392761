// Read by the checker and the bundler: TypeScript in components is plain type stripping.
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default { preprocess: vitePreprocess(), compilerOptions: { runes: true } };
