// People who may sign in to this node, as administrators see them.

import { get, path, send } from '../../lib/api';

export interface User {
  name: string;
  display: string | null;
  roles: string[];
  areas: string[];
  compartments: string[];
  clearance: string;
  disabled: boolean;
  totp: boolean;
}

interface Named {
  name: string;
  title: string;
}

/** What a person can be given on this mission. */
export interface Rights {
  roles: Named[];
  compartments: Named[];
  clearances: string[];
}

/** What the form is about. */
export interface Draft {
  name: string;
  display: string;
  roles: string[];
  areas: string[];
  compartments: string[];
  clearance: string;
}

/** A password the node made; shown once. */
export interface Made {
  password?: string | null;
}

/** Lower case and digits without l, o, 0 and 1. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
export const PASSWORD_LETTERS = 16;

export function allUsers(): Promise<User[]> {
  return get<User[]>('/api/users');
}

export function rights(): Promise<Rights> {
  return get<Rights>('/api/rights');
}

export function add(draft: Draft): Promise<Made> {
  return send<Made>('POST', '/api/users', { ...draft, display: draft.display.trim() || null });
}

/** Sends only what was changed: two administrators do not undo each other's work. */
export function change(before: User, draft: Draft): Promise<unknown> {
  return send('PATCH', path('api', 'users', before.name), changes(before, draft));
}

/** What an administrator does to an account besides its form. */
export interface Change {
  disabled?: boolean;
  /** Takes lost codes away. */
  totp?: false;
  password?: string;
}

export function patch(name: string, what: Change): Promise<unknown> {
  return send('PATCH', path('api', 'users', name), what);
}

/** A password to be passed on by mouth or paper, from random bytes: 80 bits of 16 of them, no letters that look alike. */
export function password(bytes: Uint8Array): string {
  // 32 letters: the remainder of a byte favours none of them.
  const letters = [...bytes].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** The form for somebody, or for nobody yet. */
export function draftOf(user: User | null, clearances: readonly string[]): Draft {
  if (!user) return { name: '', display: '', roles: [], areas: [], compartments: [], clearance: clearances[0] ?? '' };
  const { name, roles, areas, compartments, clearance } = user;
  return { name, display: user.display ?? '', roles: [...roles], areas: [...areas], compartments: [...compartments], clearance };
}

/** What a form says differently from what is. */
export function changes(before: User, draft: Draft): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  const display = draft.display.trim() || null;
  if (display !== before.display) changed['display'] = display;
  if (draft.clearance !== before.clearance) changed['clearance'] = draft.clearance;
  for (const part of ['roles', 'areas', 'compartments'] as const) {
    if (!isSame(before[part], draft[part])) changed[part] = draft[part];
  }
  return changed;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join('\n') === [...other].sort().join('\n');
}
