// What somebody typed and has not saved, kept in this browser for this user until it is saved or
// thrown away by hand: through a lost connection, an ended session, a closed page.

import type { Answers } from './answers';
import { forget, remember, remembered } from './storage';

export interface Draft {
  answers: Answers;
  /** What the form began with, and the version of the record that was. */
  before: Answers;
  etag: string | null;
  /** Why it is changed; drafts of earlier versions have none. */
  reason?: string;
  /** When it was last touched, RFC 3339. */
  at: string;
}

const PREFIX = 'casque-draft';

/** The name of a draft: nobody else at this browser finds it under theirs. */
export function draftKey(user: string, register: string, id: string | null): string {
  return [PREFIX, user, register, id ?? 'new'].join('\u0000');
}

export function readDraft(key: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(remembered(key) ?? 'null');
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** Keeps a draft; false where the browser has no room or no storage, which the form then says. */
export function keepDraft(key: string, draft: Draft): boolean {
  return remember(key, JSON.stringify(draft));
}

export function dropDraft(key: string): void {
  forget(key);
}

function isDraft(draft: unknown): draft is Draft {
  return typeof draft === 'object' && draft !== null && 'answers' in draft && 'before' in draft && 'at' in draft;
}
