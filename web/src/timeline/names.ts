// Days, months and years in the language of the reader.

import { localeOf } from '../lib/format';
import { firstDay, lastDay, type By, type Column, type Span } from './buckets';

export interface Tick {
  index: number;
  label: string;
}

const YEAR = 4;
const MONTH = 7;
/** As many labels as find room on a narrow timeline. */
const TICKS_MAX = 9;

/** A column's name: `2018`, `March 2018`, `1 March 2018`. */
export function columnName(at: string, language: string): string {
  if (at.length === YEAR) return at;
  const options: Intl.DateTimeFormatOptions =
    at.length === MONTH ? { month: 'long', year: 'numeric' } : { day: 'numeric', month: 'long', year: 'numeric' };
  return format(at, language, options);
}

/** A span as two days, or as the one year, month or day that it is. */
export function spanName({ from, to }: Span, language: string): string {
  const whole = [from.slice(0, YEAR), from.slice(0, MONTH), from];
  const one = whole.find((at) => firstDay(at) === from && lastDay(at) === to);
  return one ? columnName(one, language) : `${columnName(from, language)} – ${columnName(to, language)}`;
}

/** Labels below the columns: where a year begins, or a month, or every few days. */
export function ticks(all: readonly Column[], by: By, language: string): Tick[] {
  const candidates = all.flatMap(({ at }, index) => (begins(at, by, all.length) ? [index] : []));
  const every = Math.max(1, Math.ceil(candidates.length / TICKS_MAX));
  return candidates.filter((_, order) => order % every === 0).map((index) => ({ index, label: label(all[index]?.at ?? '', by, language) }));
}

function begins(at: string, by: By, length: number): boolean {
  if (by === 'year') return true;
  if (by === 'month') return length <= 24 || at.endsWith('-01');
  return length <= 62 || at.endsWith('-01') || at.endsWith('-15');
}

function label(at: string, by: By, language: string): string {
  if (by === 'year' || (by === 'month' && at.endsWith('-01'))) return at.slice(0, YEAR);
  if (by === 'month') return format(at, language, { month: 'short' });
  return format(at, language, { day: 'numeric', month: 'short' });
}

function format(at: string, language: string, options: Intl.DateTimeFormatOptions): string {
  const day = new Date(`${firstDay(at)}T00:00:00Z`);
  return new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: 'UTC' }).format(day);
}
