// How much is overdue and is for this person to act on. Asked when they go somewhere, never by a clock of
// its own: a page that asks all the time would keep a session alive that nobody uses.

import { get } from './api';
import type { Overdue } from './types';

const FRESH_MS = 60_000;
let count = $state<number | null>(null);
let asked = Number.NEGATIVE_INFINITY;

export const overdue = {
  /** Nothing as long as nobody knows. */
  get count(): number | null {
    return count;
  },
};

/** What is overdue: of one register, or that this person is to act on. */
export async function readOverdue(register: string, mine: boolean): Promise<Overdue[]> {
  const params = new URLSearchParams({ mine: `${mine}`, ...(register ? { register } : {}) });
  const found = await get<Overdue[]>('/api/overdue', params);
  if (mine && !register) count = found.length;
  return found;
}

/** Counts anew, unless it was done just now. */
export function countOverdue(): void {
  if (performance.now() - asked < FRESH_MS) return;
  asked = performance.now();
  readOverdue('', true).catch(() => (asked = Number.NEGATIVE_INFINITY));
}
