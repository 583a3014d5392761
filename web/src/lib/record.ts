// One record over HTTP: reading it, and everything that can be done to it.

import { call, get, path, send, type Answer } from './api';
import { leaveWord } from './leftOut.svelte';
import type { Attachment, Finding, ShownRecord, Step, Value, Values } from './types';

export function recordPath(register: string, id?: string): string {
  const all = `${path('api', 'registers', register)}/records`;
  return id === undefined ? all : `${all}/${encodeURIComponent(id)}`;
}

export function readRecord(register: string, id: string): Promise<Answer<ShownRecord>> {
  return call<ShownRecord>(recordPath(register, id));
}

export function readHistory(register: string, id: string): Promise<Step[]> {
  return get<Step[]>(`${recordPath(register, id)}/history`);
}

/** A record after it was made or changed, and what its form left out of what was given. */
export interface Done {
  id: string;
  warnings: Finding[];
}
type Made = Pick<ShownRecord, 'id'> & { warnings?: Finding[] };

function done(answer: Answer<Made>): Answer<Done> {
  return { ...answer, body: { id: answer.body.id, warnings: answer.body.warnings ?? [] } };
}

/** Makes a record; sent again with the same key it is the record that the key made. */
export function createRecord(register: string, values: Values, key?: string): Promise<Answer<Done>> {
  const headers: Record<string, string> = key ? { 'Idempotency-Key': key } : {};
  return call<Made>(recordPath(register), { method: 'POST', body: { values }, headers }).then(done);
}

/** Changes what is given; refused with 412 where somebody changed the record since `etag`. */
export function changeRecord(
  register: string,
  id: string,
  etag: string,
  values: Values,
  reason: string,
): Promise<Answer<Done>> {
  const body = reason ? { values, reason } : { values };
  const headers = { 'If-Match': etag };
  // Who may change a record into one they do not see gets no document.
  const changed = call<Made | undefined>(recordPath(register, id), { method: 'PATCH', body, headers });
  return changed.then((answer) => done({ ...answer, body: answer.body ?? { id } }));
}

export function deleteRecord(register: string, id: string, etag: string, reason: string): Promise<Answer<unknown>> {
  return call(recordPath(register, id), { method: 'DELETE', body: { reason }, headers: { 'If-Match': etag } });
}

export function comment(register: string, id: string, text: string): Promise<unknown> {
  return send('POST', `${recordPath(register, id)}/comments`, { text });
}

/** A record as its author saw it: an act on it is refused with 412 where somebody changed it since. */
export interface Aim {
  register: string;
  id: string;
  etag: string;
}

export function transit(aim: Aim, transition: string, values: Values, reason: string): Promise<void> {
  return act(aim, 'transitions', { transition, values, ...(reason ? { reason } : {}) });
}

/** One of the values that stand beside each other, or another. */
export type Choice = { entry: string } | { value: Value };

export function settle(aim: Aim, field: string, choice: Choice, reason: string): Promise<void> {
  return act(aim, 'settlements', { field, ...choice, reason });
}

/** Does something to a record. What the form left out is said on its page, as after an edit. */
export async function act({ register, id, etag }: Aim, what: string, body: unknown): Promise<void> {
  const headers = { 'If-Match': etag };
  const answer = await call<Made | undefined>(`${recordPath(register, id)}/${what}`, { method: 'POST', body, headers });
  leaveWord(id, answer.body?.warnings ?? []);
}

export async function attach(register: string, id: string, file: File, field: string | null = null): Promise<Attachment> {
  const params = new URLSearchParams({ name: file.name, ...(field === null ? {} : { field }) });
  const address = `${recordPath(register, id)}/attachments`;
  return (await call<Attachment>(address, { method: 'POST', params, file })).body;
}

export function attachmentPath(register: string, id: string, blob: string): string {
  return `${recordPath(register, id)}/attachments/${encodeURIComponent(blob)}`;
}
