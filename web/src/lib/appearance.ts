// What a form says of how a question looks, as far as these pages do it; `docs/guide/web-forms.md` names
// what is left. Whatever is not known looks as it always does.

import type { Field } from './types';

/** One code of several as a list that opens, as radio buttons, or as a scale from one end to the other. */
export function choiceOf({ appearance }: Field): 'list' | 'radios' | 'scale' {
  const words = wordsOf(appearance);
  if (words.includes('likert')) return 'scale';
  return words.some((word) => /^(horizontal|quick|columns)/.test(word)) ? 'radios' : 'list';
}

/** How much of a day is asked for. */
export function dayOf({ appearance }: Field): 'day' | 'month' | 'year' {
  const words = wordsOf(appearance);
  if (words.includes('year')) return 'year';
  return words.includes('month-year') ? 'month' : 'day';
}

/** Which keys a telephone offers. */
export function keysOf({ type, appearance }: Field): 'numeric' | 'decimal' | 'url' | undefined {
  if (type === 'integer') return 'numeric';
  if (type === 'decimal') return 'decimal';
  const words = wordsOf(appearance);
  if (words.includes('numbers')) return 'numeric';
  return words.includes('url') ? 'url' : undefined;
}

/** A day as it is shown where only its month or its year is asked for. */
export function dayShown(part: 'day' | 'month' | 'year', day: string): string {
  const [year, month] = [/^(\d{4})-01-01$/.exec(day)?.[1], /^(\d{4}-\d{2})-01$/.exec(day)?.[1]];
  return (part === 'year' ? year : part === 'month' ? month : undefined) ?? day;
}

/** A month or a year as its first day; anything else as it was typed. */
export function dayTyped(part: 'day' | 'month' | 'year', typed: string): string {
  const text = typed.trim();
  if (part === 'year' && /^\d{4}$/.test(text)) return `${text}-01-01`;
  return part === 'month' && /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : typed;
}

function wordsOf(appearance: string | null): string[] {
  return (appearance ?? '').split(/\s+/);
}
