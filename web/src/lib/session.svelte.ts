// Who is signed in, on which mission, and the registers they may read.

import { get, isAway, Problem, send } from './api';
import * as database from './database';
import { forget, remember, remembered } from './storage';
import type { Area, Register, RegisterSummary, Session } from './types';

interface Known {
  session: Session;
  registers: RegisterSummary[];
  /** When the node said so, where it does not answer now. */
  asOf: string | null;
}

/** What the node said last lies in the browser's database, for this person alone, until their session ends. */
const LAST = 'session';
/** Whose browser this is now, for all of its windows. */
const WHO = 'casque-who';
const SEPARATOR = '\u0000';
const KEEP_MS = 2000;
const STATUS_ENDED = 401;

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
  /** Nobody could be asked who is signed in: when it was known last. */
  get asOf(): string | null {
    return must(known).asOf;
  },
};

/** Asks the node who is signed in; a switch of language asks again. While it does not answer, whoever was
    signed in here goes on until their session would end. */
export async function loadSession(): Promise<void> {
  try {
    const [session, registers] = await Promise.all([
      get<Session>('/api/session'),
      get<RegisterSummary[]>('/api/registers'),
    ]);
    descriptions.clear();
    areas.clear();
    known = { session, registers, asOf: null };
    remember(WHO, session.user.name);
    void keepKnown({ session, registers, asOf: new Date().toISOString() }).catch(() => {});
  } catch (error) {
    if (error instanceof Problem && error.status === STATUS_ENDED) await forgetKnown();
    const last = isAway(error) ? await lastKnown() : undefined;
    if (!last) throw error;
    known = last;
  }
}

/** Asks again who is signed in after the node was away; another person's pages begin anew. */
export async function checkSession(): Promise<void> {
  if (must(known).asOf === null) return;
  const { user } = must(known).session;
  await loadSession().catch(() => {});
  if (must(known).session.user.name !== user.name) location.reload();
}

/** Throws where the node takes this window for another person's, who signed in beside it: nothing goes out under
    a name that was not shown to its author. */
export async function mustBeSame(): Promise<void> {
  const { user } = await get<Session>('/api/session');
  if (user.name === must(known).session.user.name) return;
  location.reload();
  throw new Problem(0, { type: 'tag:casque:2026:unreachable' });
}

/** Begins anew when somebody signs out in another window of this browser, or another person signs in there. */
export function followPerson(): () => void {
  const hear = ({ key, newValue }: StorageEvent): void => {
    if (key === WHO && newValue !== must(known).session.user.name) location.reload();
  };
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
}

async function lastKnown(): Promise<Known | undefined> {
  const last = await database.get<Known>('known', LAST).catch(() => undefined);
  return last && Date.parse(last.session.expires) > Date.now() ? last : undefined;
}

/** What is known for one person is forgotten when another one signs in, although the first did not sign out. */
async function keepKnown(now: Known): Promise<void> {
  const last = await database.get<Known>('known', LAST);
  if (last?.session.user.name !== now.session.user.name) await forgetKnown();
  await database.put('known', LAST, now);
}

async function forgetKnown(): Promise<void> {
  await database.keysWith('known', '').then((keys) => database.remove('known', keys)).catch(() => {});
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
  return once(descriptions, name, () => described(name));
}

async function described(name: string): Promise<Register> {
  const { name: user } = must(known).session.user;
  const key = ['register', user, name].join(SEPARATOR);
  try {
    const register = await get<Register>(`/api/registers/${encodeURIComponent(name)}`);
    // After the page has what it needs, unless its person has left by then.
    setTimeout(() => {
      if (remembered(WHO) === user) void database.put('known', key, register).catch(() => {});
    }, KEEP_MS);
    return register;
  } catch (error) {
    const kept = isAway(error) ? await database.get<Register>('known', key).catch(() => undefined) : undefined;
    if (!kept) throw error;
    return kept;
  }
}

/** The admin areas of a level; asked once. */
export function areasOf(level: number): Promise<Area[]> {
  return once(areas, level, () => get<Area[]>('/api/areas', new URLSearchParams({ level: `${level}` })));
}

/** Ends the session, if it has not ended by itself, and shows the sign-in page. */
export async function signOut(): Promise<void> {
  try {
    await send('POST', '/api/sign-out');
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== STATUS_ENDED) throw error;
  }
  forget(WHO);
  await forgetKnown();
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
