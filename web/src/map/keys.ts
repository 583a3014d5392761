// Walking over the marks of a map with two keys.

import type { Hit } from './picture';

export interface Step {
  marks: Hit[];
  /** The mark one is at; -1 before the first. */
  at: number;
}

/** One mark on or back, and around at the ends. */
export function keyStep(step: Step, by: 1 | -1): Step {
  const { marks, at } = step;
  if (marks.length === 0) return { marks, at: -1 };
  const from = at < 0 && by < 0 ? 0 : at;
  return { marks, at: (from + by + marks.length) % marks.length };
}
