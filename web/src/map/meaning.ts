// What the map reads out of a register: which fields say how sure a record is, how precise its place
// is, and how many people were killed. The names are those of the field groups in `packs/core`; a
// register without them is drawn plainly.

import { fieldOf } from '../lib/form';
import type { Register } from '../lib/types';

export const VERIFICATION = 'verification';
export const PRECISION = 'place_precision';
export const TYPE = 'type';
export const KILLED = 'deaths_best';

/** Codes of verification that stand for checked, and those found wrong. All others are unverified. */
export const VERIFIED: readonly string[] = ['verified', 'partially_verified'];
export const REFUTED: readonly string[] = ['refuted'];

/** The code of a place that is known as well as its coordinates say. */
export const EXACT = 'exact';

/** How far the true place may lie from the point, in metres. No entry: the point is the place. */
export const REACH_M: Readonly<Record<string, number>> = {
  near: 25_000,
  admin3: 20_000,
  admin2: 60_000,
  admin1: 150_000,
  vague: 200_000,
  country: 400_000,
  international: 400_000,
};
/** So vague that an area would cover the map and say nothing: counted beside the map instead. */
export const NOT_DRAWN: readonly string[] = ['vague', 'country', 'international'];

/** The figure that goes with a count, with its bounds where the register keeps them. */
export interface Measure {
  best: string;
  low: string | null;
  high: string | null;
  /** The field's label, for figures that are not people killed. */
  label: string;
}

/** The sum a register is drawn with: its people killed, else the first sum it keeps. */
export function measureOf(register: Register): Measure | null {
  const { sums } = register;
  const best = sums.includes(KILLED) ? KILLED : (sums.find((sum) => sum.endsWith('_best')) ?? sums[0]);
  if (!best) return null;
  const sibling = (end: string): string | null => {
    const name = best.replace(/_best$/, end);
    return name !== best && sums.includes(name) ? name : null;
  };
  const label = fieldOf(register.form, best)?.label ?? best;
  return { best, low: sibling('_low'), high: sibling('_high'), label };
}

/** The field whose codes name what a record is: its type, else the first code it is listed by. */
export function kindField(register: Register): string | null {
  const codes = register.list_columns.filter((name) => fieldOf(register.form, name)?.type === 'code');
  return codes.find((name) => name === TYPE) ?? codes.find((name) => name !== VERIFICATION) ?? null;
}

/** How sure a record is. */
export type Certainty = 'verified' | 'unverified' | 'refuted';

/** Whether a code of verification counts as checked. A register without any is taken as it is. */
export function certainty(code: unknown): Certainty {
  if (typeof code !== 'string') return 'unverified';
  if (VERIFIED.includes(code)) return 'verified';
  return REFUTED.includes(code) ? 'refuted' : 'unverified';
}

/** The reach of a place's precision in metres; zero for a point that is one. */
export function reach_m(precision: unknown): number {
  return typeof precision === 'string' ? (REACH_M[precision] ?? 0) : 0;
}
