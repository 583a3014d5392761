// Who is signed in, on which mission, and the registers they may read.

import { get, Problem, send } from './api';
import type { Area, Register, RegisterSummary, Session } from './types';

interface Known {
  session: Session;
  registers: RegisterSummary[];
}

let known = $state.raw<Known | null>(null);
const descriptions = new Map<string, Promise<Register>>();
const areas = new Map<number, Promise<Area[]>>();

/** What the node says about the person; throws before [`loadSession`] was done. */
export const signedIn = {
  get session(): Session {
    return must(known).session;
  },
  get registers(): RegisterSummary[] {
    return must(known).registers;
  },
};

/** Asks the node who is signed in; a switch of language asks again. */
export async function loadSession(): Promise<void> {
  const [session, registers] = await Promise.all([
    get<Session>('/api/session'),
    get<RegisterSummary[]>('/api/registers'),
  ]);
  descriptions.clear();
  areas.clear();
  known = { session, registers };
}

/** The register the picture opens with: of those that know when, where and how many, the fullest. */
export async function firstRegister(): Promise<string> {
  const all = await Promise.all(signedIn.registers.map((register) => describe(register.name)));
  const fits = all.map((one) => one.time_field !== null && one.place_field !== null && one.sums.length > 0);
  const ranked = signedIn.registers
    .map((register, index) => ({ ...register, fits: fits[index] ? 1 : 0 }))
    .sort((a, b) => b.fits - a.fits || b.count - a.count);
  return ranked[0]?.name ?? '';
}

/** A register's form, lists and rights; asked once. */
export function describe(name: string): Promise<Register> {
  return once(descriptions, name, () => get<Register>(`/api/registers/${encodeURIComponent(name)}`));
}

/** The admin areas of a level; asked once. */
export function areasOf(level: number): Promise<Area[]> {
  return once(areas, level, () => get<Area[]>('/api/areas', new URLSearchParams({ level: `${level}` })));
}

const STATUS_ENDED = 401;

/** Ends the session, if it has not ended by itself, and shows the sign-in page. */
export async function signOut(): Promise<void> {
  try {
    await send('POST', '/api/sign-out');
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== STATUS_ENDED) throw error;
  }
  location.assign('/sign-in');
}

function once<K, T>(kept: Map<K, Promise<T>>, key: K, ask: () => Promise<T>): Promise<T> {
  const found = kept.get(key);
  if (found) return found;
  const asked = ask();
  kept.set(key, asked);
  asked.catch(() => kept.delete(key));
  return asked;
}

function must(value: Known | null): Known {
  if (!value) throw new Error('the session is not loaded');
  return value;
}
