// How many records there are of each code, beside what is chosen already: the counts of a field
// leave out that field's own choice, so that one sees what another choice would give.

import { get, isAborted, path } from './api';
import { params, type Part, type Question } from './question.svelte';
import type { FacetCount, Facets, Register } from './types';

export class FacetCounts {
  counts = $state.raw<Facets>({});
  busy = $state(false);
  #abort: AbortController | null = null;

  /** Asks for these fields: one request for all that are not narrowed, one for each that is. */
  async ask(asked: Question, register: Register, fields: readonly string[]): Promise<void> {
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    this.busy = true;
    try {
      const answers = await Promise.all(
        requests(asked, register, fields).map((given) =>
          get<Facets>(`${path('api', 'registers', register.name)}/facets`, given, abort.signal),
        ),
      );
      this.counts = Object.assign({}, ...answers) as Facets;
    } catch (error) {
      // Counts are an aid: without them the choices are still there.
      if (isAborted(error)) return;
      this.counts = {};
    }
    if (this.#abort === abort) this.busy = false;
  }
}

/** The classifications of everything that answers, not only of the rows that were loaded; `null` where a record has none. */
export async function classificationsOf(register: Register, given: URLSearchParams, signal: AbortSignal): Promise<(string | null)[]> {
  const asked = new URLSearchParams(given);
  asked.set('fields', 'classification');
  const answer = await get<Facets>(`${path('api', 'registers', register.name)}/facets`, asked, signal);
  const counts = (answer['classification'] ?? []).filter((one) => one.count > 0);
  return counts.map((one) => one.code);
}

/** The parameters of the requests that count these fields. */
export function requests(asked: Question, register: Register, fields: readonly string[]): URLSearchParams[] {
  const own = (field: string): Part | null => {
    if (register.area_fields.includes(field)) return asked.areas.length > 0 ? 'areas' : null;
    return asked.codes[field]?.length ? `codes.${field}` : null;
  };
  const plain = fields.filter((field) => own(field) === null);
  const groups = [
    ...(plain.length > 0 ? [{ fields: plain, without: [] as Part[] }] : []),
    ...fields.flatMap((field) => {
      const part = own(field);
      return part ? [{ fields: [field], without: [part] }] : [];
    }),
  ];
  return groups.map((group) => {
    const given = params(asked, register, group.without);
    given.set('fields', group.fields.join(','));
    return given;
  });
}

/** Codes with their counts, the most frequent first, chosen ones never left out. */
export function ranked(counts: readonly FacetCount[], chosen: readonly string[]): FacetCount[] {
  const known = counts.filter((one) => one.code !== null);
  const lost = chosen.filter((code) => !known.some((one) => one.code === code));
  const all = [...known, ...lost.map((code) => ({ code, count: 0 }))];
  return all.sort((a, b) => b.count - a.count || (a.code ?? '').localeCompare(b.code ?? ''));
}
