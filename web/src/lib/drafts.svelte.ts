// What somebody typed and has not saved, kept in this browser for this user until it is saved or
// thrown away by hand: through a lost connection, an ended session, a closed page. What they saved while
// the node did not answer waits here too, and is sent by `outbox.svelte.ts`.

import type { Answers } from './answers';
import * as database from './database';
import { forgetFiles, ORPHAN_MS, type DraftFile } from './files';
import { forget, namesWith, remember, remembered } from './storage';
import type { Finding, Values } from './types';

export interface Draft {
  answers: Answers;
  /** What the form began with, and the version of the record that was. */
  before: Answers;
  etag: string | null;
  /** Why it is changed; drafts of earlier versions have none. */
  reason?: string;
  /** The files that go with it; their content lies in the browser's database. */
  files?: DraftFile[];
  /** When it was last touched, RFC 3339. */
  at: string;
  /** When it was last written down, in milliseconds of the browser's clock: of two, the later one is good. */
  kept?: number;
  /** Makes one record of a new draft, however often it is sent; drafts of earlier versions have none. */
  key?: string;
  /** Where its author has saved it and the node has not taken it yet. */
  sending?: Sending;
}

export interface Sending {
  /** What is sent, the same at every try. */
  values: Values;
  tries: number;
  /** When it is tried again, in milliseconds of the browser's clock. */
  next: number;
  /** The record it became: what is left to send are its files. */
  record?: string;
  /** Why the node does not take it, or not all of its files: it is not tried again by itself. */
  refused?: { title: string; findings: Finding[] };
}

/** A draft with what it is about. */
export interface KeptDraft {
  /** Under which it is kept. */
  name: string;
  register: string;
  /** The record it changes; none for a new one. */
  id: string | null;
  draft: Draft;
}

const PREFIX = 'casque-draft';
const SEPARATOR = '\u0000';
const NEW = 'new';
/** New drafts that were saved stand beside the one that is being written. */
const NEW_KEY = 'new~';

let changes = $state(0);
/** Drafts for which the small store had no room: the database alone has them. */
const inDatabase = new Set<string>();

/** The name of a draft: nobody else at this browser finds it under theirs. A new one has a key once it is saved. */
export function draftKey(user: string, register: string, id: string | null, key: string | null = null): string {
  const place = id ?? (key === null ? NEW : NEW_KEY + key);
  return [PREFIX, user, register, place].join(SEPARATOR);
}

/** The drafts of a user, the latest first. Reading it in a component follows them. */
export function draftsOf(user: string): KeptDraft[] {
  if (changes < 0) return [];
  const kept = namesWith([PREFIX, user, ''].join(SEPARATOR)).flatMap((name) => named(name) ?? []);
  return kept.sort((a, b) => b.draft.at.localeCompare(a.draft.at));
}

/** Where a draft is gone on with: its form, or the record that it became. */
export function draftAddress({ register, id, name, draft }: KeptDraft): string {
  if (draft.sending?.record !== undefined) return `/${['r', register, draft.sending.record].map(encodeURIComponent).join('/')}`;
  const place = name.split(SEPARATOR)[3] ?? '';
  const at = id !== null ? [id, 'edit'] : place.startsWith(NEW_KEY) ? [NEW, place.slice(NEW_KEY.length)] : [NEW];
  return `/${['r', register, ...at].map(encodeURIComponent).join('/')}`;
}

/** A draft with what its name says; nothing where there is none. */
export function named(name: string): KeptDraft | null {
  const [, , register, place] = name.split(SEPARATOR);
  const draft = readDraft(name);
  if (!draft || !register || !place) return null;
  return { name, register, id: place === NEW || place.startsWith(NEW_KEY) ? null : place, draft };
}

export function readDraft(name: string): Draft | null {
  return parsed(remembered(name) ?? 'null');
}

function parsed(text: string): Draft | null {
  try {
    const draft: unknown = JSON.parse(text);
    return isDraft(draft) ? draft : null;
  } catch {
    return null;
  }
}

/** Keeps a draft; false where the browser has no room or no storage, which the form then says. */
export function keepDraft(name: string, draft: Draft): boolean {
  const text = JSON.stringify({ ...draft, kept: Date.now() });
  const isKept = remember(name, text);
  if (isKept) inDatabase.delete(name);
  else inDatabase.add(name);
  void write(name, text);
  changes += 1;
  return isKept;
}

/** Forgets a draft, and what no other draft has of its files. */
export async function dropDraft(name: string): Promise<void> {
  const files = readDraft(name)?.files ?? [];
  if (!inDatabase.delete(name) && remembered(name) === null) return;
  forget(name);
  changes += 1;
  // Whoever threw it away may leave the page next.
  await write(name, null);
  const [, user = ''] = name.split(SEPARATOR);
  if (files.length > 0) await tidyFiles(user, files.map((file) => file.hash));
}

/** Forgets files that no draft of a user has, these at once and others when they are that old. */
export async function tidyFiles(user: string, named: readonly string[] = [], age_ms = ORPHAN_MS): Promise<void> {
  const kept = namesWith([PREFIX, user, ''].join(SEPARATOR)).flatMap((name) => readDraft(name)?.files ?? []);
  await forgetFiles(user, new Set(kept.map((file) => file.hash)), named, age_ms);
}

/** Browsers write their small store to the disk seconds later, and what ends them takes those along: the
    database has every draft as well, at once. What is waiting to be written there, the latest of each. */
const waiting = new Map<string, string | null>();
let writing: Promise<void> | null = null;

/** Done when nothing waits any more. */
function write(name: string, text: string | null): Promise<void> {
  waiting.set(name, text);
  writing ??= writeAll();
  return writing;
}

async function writeAll(): Promise<void> {
  for (const [name, text] of waiting) {
    waiting.delete(name);
    await (text === null ? database.remove('drafts', [name]) : database.put('drafts', name, text)).catch(() => {});
  }
  writing = null;
}

/** Brings back what a crash took out of the small store. */
export async function recoverDrafts(): Promise<void> {
  for (const name of await database.keysWith('drafts', PREFIX).catch(() => [])) {
    const text = await database.get<string>('drafts', name).catch(() => undefined);
    const draft = text === undefined ? null : parsed(text);
    if (text !== undefined && draft && (draft.kept ?? 0) > (readDraft(name)?.kept ?? -1)) remember(name, text);
  }
}

/** Follows drafts that are kept in other windows of this browser. */
export function followDrafts(): () => void {
  const hear = (event: StorageEvent): void => {
    if (event.key === null || event.key.startsWith(PREFIX)) changes += 1;
  };
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
}

/** A key nobody else makes. Browsers give UUIDs to safe sites only, and a node may be served without TLS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function isDraft(draft: unknown): draft is Draft {
  return typeof draft === 'object' && draft !== null && 'answers' in draft && 'before' in draft && 'at' in draft;
}
