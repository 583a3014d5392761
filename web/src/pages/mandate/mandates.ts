// What the node says of resolutions, and how the pages put it in order.

import { get, path } from '../../lib/api';

export interface Summary {
  /** `2164-2014`: numbers alone may come twice, where an exercise uses one. */
  key: string;
  number: number;
  year: number;
  fictional: boolean;
  title: string;
  adopted: string;
  until: string | null;
}

export type Kind = 'task' | 'objective' | 'force-generation';

export interface Task {
  id: string;
  priority: boolean;
  kind: Kind;
  text: string | null;
  /** The earlier tasks it carries on. */
  continues: string[];
  modules: string[];
  duplicate_of: string | null;
  /** Where in the resolution it stands, if the pack says so. */
  paragraph?: string | null;
}

export interface Issue {
  id: string;
  text: string | null;
}

export interface Mandate {
  number: number;
  year: number;
  fictional: boolean;
  title: string;
  note: string | null;
  adopted: string;
  until: string | null;
  chapter: number | null;
  source: string | null;
  replaces: { number: number; year: number }[];
  ceilings: Record<string, number>;
  tasks_known: boolean;
  tasks: Task[];
  issues: Issue[];
}

export interface Pair<T> {
  before: T;
  after: T;
}

export interface Changes<T> {
  added: T[];
  dropped: T[];
  changed: Pair<T>[];
  kept: T[];
}

interface Side {
  number: number;
  year: number;
  tasks_known: boolean;
}

export interface Diff extends Changes<Task> {
  from: Side;
  to: Side;
  ceilings: Record<string, { before: number | null; after: number | null; change: number | null }>;
  issues: Changes<Issue>;
}

const KINDS: readonly Kind[] = ['objective', 'task', 'force-generation'];
const CATEGORIES = ['military', 'police', 'uniformed', 'civilian'];
const ROMAN: readonly string[] = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

export function allMandates(): Promise<Summary[]> {
  return get<Summary[]>('/api/mandates').then(byDate);
}

export function oneMandate(key: string): Promise<Mandate> {
  return get<Mandate>(path('api', 'mandates', key));
}

export function difference(from: string, to: string): Promise<Diff> {
  return get<Diff>(path('api', 'mandates', from, 'diff', to));
}

/** The newest first. */
export function byDate(all: readonly Summary[]): Summary[] {
  return [...all].sort((a, b) => (a.adopted === b.adopted ? b.number - a.number : a.adopted < b.adopted ? 1 : -1));
}

/** The key of a resolution that is only known by number and year. */
export function keyOf({ number, year }: { number: number; year: number }): string {
  return `${number}-${year}`;
}

/** `2164 (2014)`, as the Council cites it. */
export function citation({ number, year }: { number: number; year: number }): string {
  return `${number} (${year})`;
}

/** Tasks by kind, in the order of the pack; kinds without any are left out. */
export function byKind(tasks: readonly Task[]): { kind: Kind; tasks: Task[] }[] {
  const groups = KINDS.map((kind) => ({ kind, tasks: tasks.filter((task) => task.kind === kind) }));
  return groups.filter((group) => group.tasks.length > 0);
}

/** Ceilings in a fixed order: those known by name first, then any other. */
export function inOrder<T>(ceilings: Record<string, T>): [string, T][] {
  const place = (name: string): number => (CATEGORIES.includes(name) ? CATEGORIES.indexOf(name) : CATEGORIES.length);
  return Object.entries(ceilings).sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
}

/** A chapter of the Charter: `VII`. */
export function roman(chapter: number): string {
  return ROMAN[chapter] ?? `${chapter}`;
}

/** The resolution before one in time, to compare it with. */
export function earlier(all: readonly Summary[], key: string): Summary | null {
  const sorted = byDate(all);
  const at = sorted.findIndex((one) => one.key === key);
  return at < 0 ? null : (sorted[at + 1] ?? null);
}
