// The records that answer the question, as far as they have been asked for: the newest first, more
// when somebody scrolls on. An answer that comes late never replaces a newer one.

import { get, isAborted, path } from './api';
import type { Page, Register, Row } from './types';

/** Rows of one request: the screen, and a screen to come. */
const ROWS = 200;
/** The node refuses to skip more; who needs more narrows the question, or exports. */
const ROWS_MAX = 100_000;

export class Found {
  rows = $state.raw<Row[]>([]);
  /** How many there are in all; not known before the first answer. */
  matched = $state<number | null>(null);
  more = $state(false);
  busy = $state(false);
  problem = $state.raw<unknown>(null);
  #asked: { register: Register; given: URLSearchParams } | null = null;
  #abort: AbortController | null = null;

  /** Asks anew. What is shown stays until the answer is there, unless it is of another register. */
  async ask(register: Register, given: URLSearchParams): Promise<void> {
    if (this.#asked && this.#asked.register.name !== register.name) {
      [this.rows, this.matched, this.more] = [[], null, false];
    }
    this.#asked = { register, given };
    await this.#fetch(0);
  }

  /** Asks for the rows after those that are here. */
  async askMore(): Promise<void> {
    if (this.busy || !this.more || this.rows.length >= ROWS_MAX) return;
    await this.#fetch(this.rows.length);
  }

  /** Asks on until so many rows are here, or all there are. */
  async askUpTo(count: number): Promise<void> {
    let before = -1;
    while (this.more && !this.problem && this.rows.length < count && this.rows.length > before) {
      before = this.rows.length;
      await this.#fetch(before);
    }
  }

  async again(): Promise<void> {
    await this.#fetch(0);
  }

  async #fetch(offset: number): Promise<void> {
    if (!this.#asked) return;
    const { register, given } = this.#asked;
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    this.busy = true;
    try {
      const page = await get<Page>(
        `${path('api', 'registers', register.name)}/records`,
        paging(register, given, offset),
        abort.signal,
      );
      this.rows = offset === 0 ? page.records : joined(this.rows, page.records);
      this.more = page.more && this.rows.length < ROWS_MAX;
      if (page.matched !== undefined) this.matched = page.matched;
      this.problem = null;
    } catch (error) {
      if (isAborted(error)) return;
      this.problem = error;
    }
    if (this.#abort === abort) this.busy = false;
  }
}

/** Somebody files a record while rows are asked for: the rows after it move on by one, and come again. */
function joined(here: readonly Row[], more: readonly Row[]): Row[] {
  const known = new Set(here.map((row) => row.id));
  return [...here, ...more.filter((row) => !known.has(row.id))];
}

/** The fields a table needs, and where its rows begin. The count is asked for once. */
function paging(register: Register, given: URLSearchParams, offset: number): URLSearchParams {
  const all = new URLSearchParams(given);
  const fields = new Set([...register.list_columns, 'classification']);
  for (const field of [register.time_field, register.title_field, register.place_field]) if (field) fields.add(field);
  all.set('fields', [...fields].join(','));
  all.set('limit', `${ROWS}`);
  if (offset > 0) all.set('offset', `${offset}`);
  else all.set('count', 'true');
  return all;
}
