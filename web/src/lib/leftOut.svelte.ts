// What a form left out of what was given, said once on the page of the record that came of it.

import type { Finding } from './types';

let word = $state.raw<{ id: string; findings: Finding[] } | null>(null);

/** Says of a record what was left out of it. */
export function leaveWord(id: string, findings: Finding[]): void {
  word = findings.length > 0 ? { id, findings } : null;
}

/** What was left out of a record, until another one is saved. */
export function wordFor(id: string): readonly Finding[] {
  return word?.id === id ? word.findings : [];
}
