// A record's history: what each step changed, and which values it took the place of.

import type { Said, Step } from './types';

/** A field that a step gave a value. */
export interface Change {
  field: string;
  value: Said;
  /** The entries whose values its author saw and replaced. */
  overwrites: string[];
}

/** A value that was replaced, and whose it was. */
export interface Replaced {
  value: Said;
  user: string;
}

/** The fields a step changed; none for steps of another kind. */
export function changesOf(step: Step): Change[] {
  const fields = (step.detail as { fields?: Record<string, { value: Said; overwrites?: string[] }> } | null)?.fields;
  if (step.act !== 'set' || !fields) return [];
  return Object.entries(fields).map(([field, said]) => ({
    field, value: said.value, overwrites: said.overwrites ?? [],
  }));
}

/** What a change replaced, as the steps before it said it. */
export function previousOf(steps: readonly Step[], change: Change): Replaced[] {
  return change.overwrites.flatMap((entry) => {
    const step = steps.find((one) => one.entry === entry);
    const before = step ? changesOf(step).find((one) => one.field === change.field) : undefined;
    return step && before ? [{ value: before.value, user: step.user ?? '' }] : [];
  });
}
