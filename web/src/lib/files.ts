// The files of a draft: their content lies in the browser's database, what they are stands in the draft.
// A file is named by its hash, by which the node will name it, so a record can mention what it has not yet.

import { cameraOf, type Camera } from './camera';
import { hashOf } from './hash';
import * as database from './database';
import type { Finding } from './types';

/** A file that somebody chose for a record. */
export interface DraftFile {
  hash: string;
  name: string;
  type: string;
  bytes: number;
  /** The field of the form it answers; of a column, the repeat it stands in; none for a file of the record as a whole. */
  field: string | null;
  camera?: Camera;
  /** Whether the node has it. */
  isSent?: true;
  /** Why the node does not take it. */
  refused?: { title: string; findings: Finding[] };
}

/** Why a file was not taken into the form; its code is the key of the words. */
export class NotTaken extends Error {
  readonly code: 'file-empty' | 'file-too-large' | 'file-unreadable' | 'file-no-room';
  constructor(code: NotTaken['code']) {
    super(code);
    this.code = code;
  }
}

const SEPARATOR = '\u0000';
/** Files of no draft that are younger may belong to one that is just being written. */
export const ORPHAN_MS = 3_600_000;

interface Stored {
  content: Blob;
  at: number;
}

/** Takes a file in: looks at it, and keeps its content in this browser. */
export async function takeIn(user: string, file: File, field: string | null, bytesMax: number): Promise<DraftFile> {
  if (file.size === 0) throw new NotTaken('file-empty');
  if (file.size > bytesMax) throw new NotTaken('file-too-large');
  const [hash, camera] = await Promise.all([hashOf(file), cameraOf(file)]).catch(() => {
    throw new NotTaken('file-unreadable');
  });
  const stored: Stored = { content: file, at: Date.now() };
  await database.put('files', keyOf(user, hash), stored).catch(() => {
    throw new NotTaken('file-no-room');
  });
  return { hash, name: file.name, type: file.type, bytes: file.size, field, ...(camera ? { camera } : {}) };
}

/** The content of a file; nothing where this browser does not have it any more. */
export async function contentOf(user: string, hash: string): Promise<Blob | null> {
  const stored = await database.get<Stored>('files', keyOf(user, hash)).catch(() => undefined);
  return stored?.content ?? null;
}

/** Forgets what none of the drafts has: what is named at once, and what was put there so long ago. */
export async function forgetFiles(user: string, kept: ReadonlySet<string>, named: readonly string[], age_ms: number): Promise<void> {
  const keys = await database.keysWith('files', user + SEPARATOR).catch(() => []);
  const gone: string[] = [];
  for (const key of keys) {
    const hash = key.slice(user.length + 1);
    if (kept.has(hash)) continue;
    const isNamed = named.includes(hash);
    const stored = isNamed ? null : await database.get<Stored>('files', key).catch(() => undefined);
    if (isNamed || (stored && stored.at <= Date.now() - age_ms)) gone.push(key);
  }
  await database.remove('files', gone).catch(() => {});
}

/** How many bytes this browser has room for; nothing where it does not say. */
export async function roomLeft(): Promise<number | null> {
  const estimate = await navigator.storage?.estimate?.().catch(() => null);
  return estimate?.quota === undefined || estimate.usage === undefined ? null : Math.max(0, estimate.quota - estimate.usage);
}

function keyOf(user: string, hash: string): string {
  return user + SEPARATOR + hash;
}
