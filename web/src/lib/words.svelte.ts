// Words for people, from the Fluent catalogues in src/words. One catalogue is loaded at a time.

import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { remember, remembered } from './storage';

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = 'casque-language';
const catalogues: Record<Language, () => Promise<{ default: string }>> = {
  en: () => import('../words/en.ftl?raw'),
  fr: () => import('../words/fr.ftl?raw'),
};

let current = $state.raw<{ code: Language; bundle: FluentBundle | null }>({ code: 'en', bundle: null });

/** The language of the pages; reading it in a component follows a switch. */
export const language = {
  get code(): Language {
    return current.code;
  },
};

/** Loads a language and makes it that of the pages. */
export async function useLanguage(code: Language): Promise<void> {
  const { default: text } = await catalogues[code]();
  current = { code, bundle: bundleOf(code, text) };
  document.documentElement.lang = code;
  remember(STORED, code);
}

/** The language somebody chose here before, else that of the browser, else English. */
export function preferredLanguage(browser: string): Language {
  return [remembered(STORED), browser.slice(0, 2)].find(isLanguage) ?? 'en';
}

/** The words of a message; its key where there is none, which the tests do not let happen. */
export function t(key: string, values?: Record<string, FluentVariable>): string {
  const message = current.bundle?.getMessage(key);
  if (!current.bundle || !message?.value) return key;
  return current.bundle.formatPattern(message.value, values ?? null, []);
}

/** A reader of one catalogue. */
export function bundleOf(code: Language, text: string): FluentBundle {
  // No marks around values: the pages set text direction themselves.
  const bundle = new FluentBundle(code, { useIsolating: false });
  bundle.addResource(new FluentResource(text));
  return bundle;
}

function isLanguage(code: string | null): code is Language {
  return (LANGUAGES as readonly (string | null)[]).includes(code);
}
