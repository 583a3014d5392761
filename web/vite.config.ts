import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { mock } from './dev/mock.ts';
import { publish } from './build/publish.ts';
import { signInWords } from './build/words.ts';

/** Where `casque serve` listens unless told otherwise. */
const NODE = process.env['CASQUE_NODE'] ?? 'http://127.0.0.1:8271';
const page = (name: string): string => path.resolve(import.meta.dirname, name);

export default defineConfig(({ mode }) => ({
  plugins: [signInWords(), svelte(), svelteTesting(), publish(), ...(mode === 'mock' ? [mock()] : [])],
  build: {
    target: 'es2022',
    // The plugin empties it itself: one committed file must stay.
    emptyOutDir: false,
    // Everything that is not a page lies hashed under assets/; nothing is inlined as data.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: { index: page('index.html'), 'sign-in': page('sign-in.html'), sw: page('src/service/worker.ts') },
      // The service worker keeps its name: browsers look for a newer one there.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  server:
    mode === 'mock'
      ? {}
      : { proxy: { '^/(api|ogc|tiles|health)': { target: NODE, changeOrigin: true } } },
  test: {
    environment: 'jsdom',
    setupFiles: ['dev/tests.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['src/**/*.test.ts', 'build/**/*.test.ts'],
  },
}));
