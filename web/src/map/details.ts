// What a record's card says beyond its mark: asked when somebody stays on it, and kept for a while.

import { get, path } from '../lib/api';
import type { Row } from '../lib/types';

const KEPT_MAX = 200;
const kept = new Map<string, Promise<Row>>();

/** A record's values. Forgotten when it could not be had, so that the next look asks again. */
export function details(register: string, id: string): Promise<Row> {
  const key = `${register} ${id}`;
  const found = kept.get(key);
  if (found) return found;
  const asked = get<Row>(path('api', 'registers', register, 'records', id));
  kept.set(key, asked);
  asked.catch(() => kept.delete(key));
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT_MAX && oldest) kept.delete(oldest);
  return asked;
}

/** A record was changed: the next look asks again. */
export function forget(register: string, id: string): void {
  kept.delete(`${register} ${id}`);
}
