// The one way to the node: JSON in, JSON out, problem documents (RFC 9457) as exceptions.

import type { Finding } from './types';
import { language } from './words.svelte';

/** What the node, or the way to it, said no to. */
export class Problem extends Error {
  readonly status: number;
  /** The stable code, such as `sign-in-refused`; `unreachable` when there was no answer. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly findings: Finding[];
  /** The whole document: some carry more, such as the current record of a 412. */
  readonly document: Record<string, unknown>;

  constructor(status: number, document: Record<string, unknown>) {
    const text = (name: string): string => {
      const value = document[name];
      return typeof value === 'string' ? value : '';
    };
    super(text('title') || `${status}`);
    this.status = status;
    this.code = text('type').split(':').pop() ?? '';
    this.title = text('title');
    this.detail = text('detail');
    this.findings = Array.isArray(document['findings']) ? (document['findings'] as Finding[]) : [];
    this.document = document;
  }
}

export interface Answer<T> {
  body: T;
  etag: string | null;
  status: number;
}

interface Request {
  method?: string;
  params?: URLSearchParams;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is; its type is the content type. */
  file?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

type Listener = () => void;
let onSessionEnded: Listener = () => {};
let onReached: (reached: boolean) => void = () => {};
/** Nobody answered, or somebody on the way who says that the node does not; or it has too much to do. */
const AWAY = [0, 429, 502, 503, 504, 507];

/** Whether the same request may go well later, with nothing mended. */
export function isAway(error: unknown): boolean {
  return error instanceof Problem && AWAY.includes(error.status);
}

/** Called after every request, with whether anybody answered. */
export function whenReached(listener: (reached: boolean) => void): void {
  onReached = listener;
}

/** Called when the node no longer knows the session: the page stays, with what was typed. */
export function whenSessionEnds(listener: Listener): void {
  onSessionEnded = listener;
}

/** The body of a GET. */
export async function get<T>(path: string, params?: URLSearchParams, signal?: AbortSignal): Promise<T> {
  const request: Request = {};
  if (params) request.params = params;
  if (signal) request.signal = signal;
  return (await call<T>(path, request)).body;
}

/** The body of a POST, PATCH, PUT or DELETE. */
export async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  return (await call<T>(path, { method, body })).body;
}

/** Any request, with the entity tag of its answer. */
export async function call<T>(path: string, request: Request = {}): Promise<Answer<T>> {
  const response = await fetch(address(path, request.params), init(request)).catch(unreachable);
  onReached(true);
  if (response.ok) {
    const body = response.status === 204 ? undefined : await response.json().catch(unreachable);
    return { body: body as T, etag: response.headers.get('etag'), status: response.status };
  }
  const problem = new Problem(response.status, await document_of(response));
  if (response.status === 401) onSessionEnded();
  throw problem;
}

/** Whether a request was given up by the page itself; nobody needs to hear of it. */
export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

/** A path from parts, each of them escaped. */
export function path(...parts: string[]): string {
  return `/${parts.map(encodeURIComponent).join('/')}`;
}

/** No answer, or half of one. */
function unreachable(error: unknown): never {
  if (!isAborted(error)) onReached(false);
  throw isAborted(error) ? error : new Problem(0, { type: 'tag:casque:2026:unreachable' });
}

function address(path: string, params?: URLSearchParams): string {
  const query = params?.toString();
  return query ? `${path}?${query}` : path;
}

function init(request: Request): RequestInit {
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': language.code,
    ...request.headers,
  };
  const init: RequestInit = { method: request.method ?? 'GET', headers, credentials: 'same-origin' };
  if (request.signal) init.signal = request.signal;
  if (request.file) {
    headers['Content-Type'] = request.file.type || 'application/octet-stream';
    init.body = request.file;
  } else if (request.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(request.body);
  }
  return init;
}

async function document_of(response: Response): Promise<Record<string, unknown>> {
  try {
    const document: unknown = await response.json();
    if (typeof document === 'object' && document !== null) return document as Record<string, unknown>;
  } catch {
    // Something in between answered, or the answer broke off: the status is all there is.
  }
  return { title: response.statusText };
}
