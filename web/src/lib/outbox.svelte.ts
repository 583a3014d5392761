// What was saved while the node did not answer is sent when it does, without anybody asking for it. What
// the node refuses is kept with what it said, and waits for its author.

import { isAway, Problem } from './api';
import { answersOf, changedValues } from './answers';
import { dropDraft, draftsOf, keepDraft, named, type Draft, type KeptDraft } from './drafts.svelte';
import { changeRecord, createRecord, readRecord } from './record';
import { describe, signedIn } from './session.svelte';
import type { Values } from './types';

/** A draft that became a record. */
export interface Sent {
  name: string;
  register: string;
  id: string;
}

const FIRST_WAIT_MS = 5000;
const WAIT_MAX_MS = 300_000;
/** How long one window of the browser has to send a draft before another one tries. */
const LEASE_MS = 60_000;
const LOOK_MS = 2500;
const STATUS_SIGN_IN = 401;
const STATUS_STALE = 412;

let sent = $state.raw<Sent[]>([]);
let isBusy = false;

/** What was sent since the page was opened. */
export const outbox = {
  get sent(): readonly Sent[] {
    return sent;
  },
};

/** How long to wait after so many tries that met nobody. */
export function waitAfter(tries: number): number {
  return Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** Math.max(0, tries - 1));
}

/** Sends one draft's values; the id of the record. A change that stands already, its answer being lost, counts as sent. */
export async function deliver(register: string, id: string | null, draft: Draft, values: Values): Promise<string> {
  if (id === null) return (await createRecord(register, values, draft.key)).body.id;
  try {
    return (await changeRecord(register, id, draft.etag ?? '*', values, draft.reason?.trim() ?? '')).body.id;
  } catch (error) {
    if (error instanceof Problem && error.status === STATUS_STALE && (await stands(register, id, draft))) return id;
    throw error;
  }
}

/** Whether the record says everything that the draft would make it say. */
async function stands(register: string, id: string, draft: Draft): Promise<boolean> {
  const [described, current] = await Promise.all([describe(register), readRecord(register, id)]);
  const mine = changedValues(described, draft.before, draft.answers);
  const missing = changedValues(described, answersOf(described, current.body.values), draft.answers);
  return Object.keys(mine).every((name) => !(name in missing));
}

/** Puts a draft among those that are sent by themselves; whether the browser has room for it. */
export function enqueue(name: string, draft: Draft, values: Values): boolean {
  const tries = 1;
  return keepDraft(name, { ...draft, sending: { values, tries, next: Date.now() + waitAfter(tries) } });
}

/** Sends what is due, one after the other; `now` sends what waits whether it is due or not. */
export async function send(now = false): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  try {
    const { name: user } = signedIn.session.user;
    for (const kept of draftsOf(user).reverse()) {
      const sending = named(kept.name)?.draft.sending;
      const isDue = sending && !sending.refused && (now || sending.next <= Date.now());
      if (isDue && !(await one(kept))) return;
    }
  } finally {
    isBusy = false;
  }
}

/** Sends one draft; whether there was anybody to take it. */
async function one({ name, register, id, draft }: KeptDraft): Promise<boolean> {
  const { sending } = draft;
  if (!sending) return true;
  keepDraft(name, { ...draft, sending: { ...sending, next: Date.now() + LEASE_MS } });
  try {
    const made = await deliver(register, id, draft, sending.values);
    sent = [...sent, { name, register, id: made }];
    dropDraft(name);
    return true;
  } catch (error) {
    return failed({ name, register, id, draft }, error);
  }
}

function failed({ name, draft }: KeptDraft, error: unknown): boolean {
  const { sending } = draft;
  if (!sending) return true;
  // Somebody went on writing meanwhile: what they write now is theirs to send.
  if (!named(name)?.draft.sending) return true;
  if (isAway(error) || (error instanceof Problem && error.status === STATUS_SIGN_IN)) {
    const tries = sending.tries + 1;
    keepDraft(name, { ...draft, sending: { ...sending, tries, next: Date.now() + waitAfter(tries) } });
    return false;
  }
  const [title, findings] = error instanceof Problem ? [error.title, error.findings] : [String(error), []];
  keepDraft(name, { ...draft, sending: { ...sending, refused: { title, findings } } });
  return true;
}

/** Sends by itself while the page is open: when something is due, and as soon as the browser finds the network. */
export function watchOutbox(): () => void {
  const look = (): void => void send();
  const online = (): void => void send(true);
  const timer = setInterval(look, LOOK_MS);
  addEventListener('online', online);
  look();
  return () => {
    clearInterval(timer);
    removeEventListener('online', online);
  };
}
