// What phones sent and somebody has to look at: read, tried again, closed. How much of it there is for this
// person is asked when they go somewhere, never by a clock of its own, as in overdue.svelte.ts.

import { get, path, send } from './api';
import { highestOf, type Level } from './marking.svelte';
import { describe, signedIn } from './session.svelte';
import type { Finding } from './types';
import { t } from './words.svelte';

/** What a phone sent. The name of a file and its blob are there where this person may see the content. */
export interface PhoneSent {
  id: string;
  /** The register it is for; empty where the document does not say. */
  form: string;
  /** What the phone calls it. */
  instance: string;
  user: string;
  device: string;
  received: string;
  state: 'refused' | 'waiting' | 'partly' | 'dismissed' | 'made';
  record: string | null;
  files: { name: string | null; bytes: number; blob: string | null; media_type: string }[];
  findings: Finding[];
  notes: { act: 'retried' | 'dismissed'; user: string; at: string; reason: string }[] | null;
  /** Whether this person may see what is in it. */
  content: boolean;
  /** The document as it came, where they may and one is asked for. */
  xml?: string;
}

/** What became of it when it was tried again. */
export interface Retried {
  record: string | null;
  findings: Finding[];
}

const ADDRESS = '/api/phone/refused';
const FRESH_MS = 300_000;
let count = $state<number | null>(null);
let asked = Number.NEGATIVE_INFINITY;

export const phoneSent = {
  /** Nothing as long as nobody knows. */
  get count(): number | null {
    return count;
  },
};

/** All that somebody has to look at, as far as it is this person's to know. */
export async function readPhoneSent(): Promise<PhoneSent[]> {
  const found = await get<PhoneSent[]>(ADDRESS);
  count = found.length;
  return found;
}

/** Counts anew, unless it was done not long ago. */
export function countPhoneSent(): void {
  if (performance.now() - asked < FRESH_MS) return;
  asked = performance.now();
  readPhoneSent().catch(() => (asked = Number.NEGATIVE_INFINITY));
}

export function readOneSent(id: string): Promise<PhoneSent> {
  return get<PhoneSent>(ADDRESS + path(id));
}

/** Tries again to make it a record, in the name of whoever sent it. */
export function retrySent(id: string, reason: string): Promise<Retried> {
  return send<Retried>('POST', `${ADDRESS}${path(id)}/retry`, { reason });
}

/** Closes it: it stays on the node and is listed no more. */
export function dismissSent(id: string, reason: string): Promise<unknown> {
  return send('POST', `${ADDRESS}${path(id)}/dismiss`, { reason });
}

export function sentFilePath(id: string, blob: string): string {
  return `${ADDRESS}${path(id)}/files${path(blob)}`;
}

/** The register it is for, by what people call it. */
export function formOf({ form }: PhoneSent): string {
  return signedIn.registers.find((one) => one.name === form)?.title ?? (form || t('phone-form-untold'));
}

/** How high what is shown of it is classified: as its register or, where that is more, as it says itself; the
    highest where nobody can tell. */
export async function levelOfSent({ content, form, xml }: PhoneSent): Promise<Level> {
  if (!content) return 'unclassified';
  const isKnown = signedIn.registers.some((one) => one.name === form);
  const register = isKnown ? await describe(form).catch(() => null) : null;
  const document = new DOMParser().parseFromString(xml ?? '', 'text/xml');
  const said = [...document.getElementsByTagNameNS('*', 'classification')].map((answer) => answer.textContent?.trim());
  return highestOf([register?.classification, ...said.filter(Boolean)]);
}

/** Whether this person may try it again or close it. */
export function mayClose({ state, content, form }: PhoneSent): boolean {
  if (state === 'made' || state === 'dismissed') return false;
  const mayFile = signedIn.registers.find((one) => one.name === form)?.can.create ?? false;
  return signedIn.session.user.administers || (content && mayFile);
}
