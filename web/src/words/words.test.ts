import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { FluentResource } from '@fluent/bundle';
import { describe, expect, test } from 'vitest';
import { bundleOf, LANGUAGES, type Language } from '../lib/words.svelte';

const SOURCES = path.resolve(import.meta.dirname, '..');
/** Keys the sources put together from a part that is known only when the page runs. */
const MADE = /\bt\(\s*`([a-z-]+)\$\{/g;
const USED = /\bt\(\s*'([^']+)'/g;

function catalogue(language: Language): string {
  return readFileSync(path.join(import.meta.dirname, `${language}.ftl`), 'utf8');
}

function keys(language: Language): string[] {
  return [...new FluentResource(catalogue(language)).body].map((message) => message.id).sort();
}

function values(language: Language): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  let key = '';
  for (const line of catalogue(language).split('\n')) {
    key = /^([a-z][a-z0-9-]*) =/.exec(line)?.[1] ?? key;
    const named = [...line.matchAll(/\$([a-z_]+)/g)].map((match) => match[1] ?? '');
    found[key] = [...new Set([...(found[key] ?? []), ...named])].sort();
  }
  return found;
}

function sources(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' });
  const wanted = files.filter((file) => /\.(svelte|ts)$/.test(file) && !file.endsWith('.test.ts'));
  return wanted.map((file) => readFileSync(path.join(SOURCES, file), 'utf8'));
}

describe('the catalogues', () => {
  test('have the same keys', () => {
    expect(keys('fr')).toEqual(keys('en'));
  });

  test('have no key twice', () => {
    for (const language of LANGUAGES) expect(keys(language)).toEqual([...new Set(keys(language))]);
  });

  test('mention the same values', () => {
    expect(values('fr')).toEqual(values('en'));
  });

  test('are read whole: no line is lost to a mistake of form', () => {
    for (const language of LANGUAGES) {
      const written = catalogue(language).match(/^[a-zA-Z][\w-]* *=/gm) ?? [];
      expect(keys(language)).toHaveLength(written.length);
    }
  });

  test('say something in every language for every key', () => {
    for (const language of LANGUAGES) {
      const bundle = bundleOf(language, catalogue(language));
      for (const key of keys(language)) expect(bundle.getMessage(key)?.value, key).toBeTruthy();
    }
  });
});

describe('the sources', () => {
  const known = new Set(keys('en'));

  test('use only keys that exist', () => {
    const used = sources().flatMap((text) => [...text.matchAll(USED)].map((match) => match[1] ?? ''));
    expect(used.length).toBeGreaterThan(10);
    expect([...new Set(used)].filter((key) => !known.has(key))).toEqual([]);
  });

  test('put keys together only where some exist', () => {
    const made = sources().flatMap((text) => [...text.matchAll(MADE)].map((match) => match[1] ?? ''));
    const empty = made.filter((prefix) => ![...known].some((key) => key.startsWith(prefix)));
    expect(empty).toEqual([]);
  });
});
