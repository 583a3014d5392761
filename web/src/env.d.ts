/// <reference types="svelte" />
/// <reference types="vite/client" />

declare module 'virtual:sign-in-words' {
  const words: Record<'en' | 'fr', Record<string, string>>;
  export default words;
}

declare module '*.ftl?raw' {
  const text: string;
  export default text;
}
