// What was saved goes to the node: the record first, then its files, one after the other. Every step is
// written down before the next, so that whatever ends in the middle goes on where it was. What finds
// nobody is sent by itself later; what the node refuses is kept with what it said, and waits for its author.

import { isAway, Problem } from './api';
import { answersOf, changedValues } from './answers';
import { dropDraft, draftsOf, keepDraft, named, type Draft, type KeptDraft, type Sending } from './drafts.svelte';
import { contentOf, type DraftFile } from './files';
import { world } from './present';
import { attach, changeRecord, createRecord, readRecord } from './record';
import { describe, mustBeSame, signedIn } from './session.svelte';
import type { Finding, Values } from './types';
import { t } from './words.svelte';

/** A draft that became a record. */
export interface Sent {
  name: string;
  register: string;
  id: string;
}

/** What became of a draft: its record, whether some of its files were not taken, and what the form left out. */
export interface Delivered {
  id: string;
  isWhole: boolean;
  warnings: Finding[];
}

const FIRST_WAIT_MS = 5000;
const WAIT_MAX_MS = 300_000;
/** How long one window of the browser has to send a draft before another one tries. */
const LEASE_MS = 60_000;
const LOOK_MS = 2500;
const STATUS_SIGN_IN = 401;
const STATUS_STALE = 412;

let sent = $state.raw<Sent[]>([]);
let file = $state.raw('');
let isBusy = false;
/** Drafts that a form of this window is just sending. */
const inHand = new Set<string>();

export const outbox = {
  /** What was sent since the page was opened. */
  get sent(): readonly Sent[] {
    return sent;
  },
  /** The name of the file that is on its way. */
  get file(): string {
    return file;
  },
};

/** How long to wait after so many tries that met nobody. */
export function waitAfter(tries: number): number {
  return Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** Math.max(0, tries - 1));
}

/** Sends a draft from its form. It is written down as being sent before it is: nothing is lost in between. */
export async function submit(kept: KeptDraft, values: Values): Promise<Delivered> {
  const leased = withSending(kept, { values, tries: 0, next: Date.now() + LEASE_MS });
  keepDraft(leased.name, leased.draft);
  inHand.add(leased.name);
  try {
    return await alone(leased.name, false, async () => {
      const delivered = await deliver(leased);
      await arrived(leased, delivered);
      return delivered;
    });
  } finally {
    inHand.delete(leased.name);
  }
}

/** Does it while no other window does the same with this draft: all of them hear at once that the network is back.
    Browsers tell only safe sites; elsewhere it may be sent twice, which the node takes once. */
function alone<T>(name: string, ifAvailable: boolean, act: (isMine: boolean) => Promise<T>): Promise<T> {
  if (!navigator.locks) return act(true);
  return navigator.locks.request(name, { ifAvailable }, (lock) => act(lock !== null));
}

/** Sends one draft with its files. A change that stands already, its answer being lost, counts as sent. */
async function deliver(kept: KeptDraft): Promise<Delivered> {
  await mustBeSame();
  let at = kept;
  const keep = (changes: Partial<Draft>): void => {
    at = { ...at, draft: { ...at.draft, ...changes } };
    if (untouched(at)) keepDraft(at.name, at.draft);
  };
  const warnings: Finding[] = [];
  if (sendingOf(at).record === undefined) {
    const made = await recordOf(at);
    warnings.push(...made.warnings);
    keep({ sending: { ...sendingOf(at), record: made.id } });
  }
  const id = sendingOf(at).record ?? '';
  for (const one of at.draft.files ?? []) {
    if (one.isSent || one.refused) continue;
    const lease = (): void => keep({ sending: { ...sendingOf(at), next: Date.now() + LEASE_MS } });
    lease();
    // A large file on a thin line takes longer than that.
    const timer = setInterval(lease, LEASE_MS / 3);
    const after = await fileAfter(at.register, id, one).finally(() => clearInterval(timer));
    keep({ files: (at.draft.files ?? []).map((known) => (known === one ? after : known)) });
  }
  return { id, isWhole: (at.draft.files ?? []).every((one) => one.isSent), warnings };
}

/** Makes or changes the record of a draft. */
async function recordOf({ register, id, draft }: KeptDraft): Promise<{ id: string; warnings: Finding[] }> {
  const { values } = sendingOf({ draft });
  if (id === null) return (await createRecord(register, values, draft.key)).body;
  // Nothing but files.
  if (Object.keys(values).length === 0) return { id, warnings: [] };
  try {
    return (await changeRecord(register, id, draft.etag ?? '*', values, draft.reason?.trim() ?? '')).body;
  } catch (error) {
    if (error instanceof Problem && error.status === STATUS_STALE && (await stands(register, id, draft))) return { id, warnings: [] };
    throw error;
  }
}

/** Whether the record says everything that the draft would make it say. */
async function stands(register: string, id: string, draft: Draft): Promise<boolean> {
  const [described, current] = await Promise.all([describe(register), readRecord(register, id)]);
  const mine = changedValues(described, draft.before, draft.answers, world());
  const missing = changedValues(described, answersOf(described, current.body.values), draft.answers, world());
  return Object.keys(mine).every((name) => !(name in missing));
}

/** A file after it was sent: taken, or refused with the node's words. Throws where nobody answers. */
async function fileAfter(register: string, id: string, one: DraftFile): Promise<DraftFile> {
  const content = await contentOf(signedIn.session.user.name, one.hash);
  const refused = (title: string, findings: Finding[] = []): DraftFile => ({ ...one, refused: { title, findings } });
  if (!content) return refused(t('file-gone'));
  file = one.name;
  try {
    const taken = await attach(register, id, new File([content], one.name, { type: one.type }), one.field);
    return taken.blob === one.hash ? { ...one, isSent: true } : refused(t('file-damaged'));
  } catch (error) {
    if (isAway(error) || isSignedOut(error)) throw error;
    return error instanceof Problem ? refused(error.title, error.findings) : refused(String(error));
  } finally {
    file = '';
  }
}

/** Puts a draft among those that are sent by themselves; whether the browser has room for it. */
export function enqueue(kept: KeptDraft, values: Values): boolean {
  const record = kept.draft.sending?.record;
  const sending: Sending = { values, tries: 1, next: Date.now() + waitAfter(1), ...(record === undefined ? {} : { record }) };
  return keepDraft(kept.name, withSending(kept, sending).draft);
}

/** Sends files again that were refused. */
export async function sendAgain(name: string): Promise<void> {
  const kept = named(name);
  if (!kept?.draft.sending) return;
  const { refused: _was, ...sending } = kept.draft.sending;
  const files = (kept.draft.files ?? []).map(({ refused: _said, ...one }) => one);
  keepDraft(name, { ...kept.draft, files, sending: { ...sending, next: Date.now() } });
  await send();
}

/** Sends what is due, one after the other; `now` sends what waits whether it is due or not. */
export async function send(now = false): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  try {
    const { name: user } = signedIn.session.user;
    for (const { name } of draftsOf(user).reverse()) {
      const isReached = await alone(name, true, async (isMine) => {
        // As it is now: its author may have changed it while others were sent.
        const kept = isMine && !inHand.has(name) ? named(name) : null;
        return !kept || !isDue(kept, now) || one(kept);
      });
      if (!isReached) return;
    }
  } finally {
    isBusy = false;
  }
}

function isDue({ draft: { sending } }: KeptDraft, now: boolean): boolean {
  return sending !== undefined && !sending.refused && (now || sending.next <= Date.now());
}

/** Sends one draft; whether there was anybody to take it. */
async function one(kept: KeptDraft): Promise<boolean> {
  const leased = withSending(kept, { ...sendingOf(kept), next: Date.now() + LEASE_MS });
  keepDraft(kept.name, leased.draft);
  try {
    const delivered = await deliver(leased);
    await arrived(leased, delivered);
    sent = [...sent, { name: kept.name, register: kept.register, id: delivered.id }];
    return true;
  } catch (error) {
    return failed(leased, error);
  }
}

/** The draft as it is kept; nothing where somebody went on writing since: what they write now is theirs to send. */
function untouched({ name, draft }: KeptDraft): Draft | null {
  const kept = named(name)?.draft;
  return kept?.sending && kept.at === draft.at ? kept : null;
}

/** What was sent is forgotten here, but for files that the node did not take. */
async function arrived(was: KeptDraft, { isWhole }: Delivered): Promise<void> {
  const draft = untouched(was);
  if (isWhole && (draft || !named(was.name))) await dropDraft(was.name);
  else if (draft) keepDraft(was.name, { ...draft, sending: { ...sendingOf({ draft }), refused: { title: t('files-refused'), findings: [] } } });
}

function failed(was: KeptDraft, error: unknown): boolean {
  const draft = untouched(was);
  if (!draft) return true;
  const { name } = was;
  const sending = sendingOf({ draft });
  if (isAway(error) || isSignedOut(error)) {
    const tries = sending.tries + 1;
    keepDraft(name, { ...draft, sending: { ...sending, tries, next: Date.now() + waitAfter(tries) } });
    return false;
  }
  const [title, findings] = error instanceof Problem ? [error.title, error.findings] : [String(error), []];
  keepDraft(name, { ...draft, sending: { ...sending, refused: { title, findings } } });
  return true;
}

function isSignedOut(error: unknown): boolean {
  return error instanceof Problem && error.status === STATUS_SIGN_IN;
}

function sendingOf({ draft }: Pick<KeptDraft, 'draft'>): Sending {
  return draft.sending ?? { values: {}, tries: 0, next: 0 };
}

function withSending(kept: KeptDraft, sending: Sending): KeptDraft {
  return { ...kept, draft: { ...kept.draft, sending } };
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
