// The few words of the sign-in page, cut out of the catalogues at build time: that page carries
// neither the catalogues nor their reader.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const MODULE = 'virtual:sign-in-words';
const LANGUAGES = ['en', 'fr'] as const;
const PREFIX = 'sign-in-';

export function signInWords(): Plugin {
  return {
    name: 'casque-sign-in-words',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load(id) {
      if (id !== `\0${MODULE}`) return null;
      const read = (language: string): string => {
        const file = path.resolve(import.meta.dirname, `../src/words/${language}.ftl`);
        this.addWatchFile(file);
        return readFileSync(file, 'utf8');
      };
      const words = LANGUAGES.map((language) => [language, plainMessages(read(language), PREFIX)]);
      return `export default ${JSON.stringify(Object.fromEntries(words))};`;
    },
  };
}

/** One-line messages without values whose key starts with `prefix`, by the rest of their key. */
export function plainMessages(catalogue: string, prefix: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of catalogue.split('\n')) {
    const match = /^([a-z][a-z0-9-]*) = (.+)$/.exec(line);
    if (!match?.[1]?.startsWith(prefix) || !match[2]) continue;
    if (match[2].includes('{')) throw new Error(`${match[1]} must be plain text: the page has no reader`);
    found[match[1].slice(prefix.length)] = match[2];
  }
  return found;
}
