// The one question that map, table, timeline and filters show the answer to. It lives in the
// address of the page, so that back, forward, reload and a sent link all ask the same.
//
// Read `question.…` anywhere; change it through `ask`, which also writes the address.

import { all, any, oneOf } from './cql2';
import { fieldOf } from './form';
import { navigate, route } from './route.svelte';
import type { Bounds, Register } from './types';

export type View = 'all' | 'table' | 'map';
export type Order = 'newest' | 'oldest';

export interface Question {
  register: string;
  /** Words to look for. */
  q: string;
  /** First and last day, `2018-03-01`, both included; empty where open. */
  from: string;
  to: string;
  /** Admin areas, `LEVEL:CODE`, for example `1:ML05`. Any of them. */
  areas: string[];
  /** Codes by field; any code of a field, all fields. */
  codes: Record<string, string[]>;
  bbox: Bounds | null;
  order: Order;
  /** The record looked at. */
  selected: string | null;
  view: View;
}

/** Parts that a single view leaves out, to show what lies around the answer. */
export type Part = 'datetime' | 'bbox' | 'areas' | `codes.${string}`;

const CODE_PREFIX = 'f.';
const VIEWS: readonly View[] = ['all', 'table', 'map'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FIELD = /^[a-z][a-z0-9_]*$/;
/** What an address asks about that names no register; the pack decides. */
let ordinary = '';

export const question: Question = $state(parse(new URLSearchParams(location.search)));

/** The empty question about a register. */
export function blank(register: string): Question {
  return {
    register, q: '', from: '', to: '', areas: [], codes: {}, bbox: null,
    order: 'newest', selected: null, view: 'all',
  };
}

/** Says which register is meant where an address names none. */
export function useRegister(name: string): void {
  ordinary = name;
  question.register ||= name;
}

/** Changes the question and the address. `replace` writes no new step of the browser's history. */
export function ask(change: Partial<Question>, history: 'push' | 'replace' = 'push'): void {
  const before = pictureAddress();
  Object.assign(question, change);
  const after = pictureAddress();
  if (before !== after || route.path !== '/') navigate(after, history);
}

/** Where the picture is, as it was left. */
export function pictureAddress(): string {
  const asked = write(question).toString();
  return asked ? `/?${asked}` : '/';
}

/** Takes the question from the address: the browser went back or forward. */
export function follow(search: string): void {
  const asked = parse(new URLSearchParams(search));
  if (write(asked).toString() !== write(question).toString()) Object.assign(question, asked);
}

/** Adds the code of a field, or takes it away. */
export function toggled(list: readonly string[], code: string): string[] {
  return list.includes(code) ? list.filter((other) => other !== code) : [...list, code];
}

/** What somebody narrowed, as a count for the button that undoes it. */
export function narrowed(asked: Question): number {
  const codes = Object.values(asked.codes).filter((list) => list.length > 0).length;
  const parts = [asked.q, asked.from || asked.to, asked.areas.length > 0, asked.bbox];
  return codes + parts.filter(Boolean).length;
}

/** The question an address asks. What is no question is left out, never guessed at. */
export function parse(address: URLSearchParams): Question {
  const asked = blank(address.get('register') ?? ordinary);
  asked.q = address.get('q') ?? '';
  asked.from = day(address.get('from'));
  asked.to = day(address.get('to'));
  asked.areas = address.getAll('area').filter((area) => areaOf(area) !== null);
  asked.bbox = bounds(address.get('bbox'));
  asked.order = address.get('order') === 'oldest' ? 'oldest' : 'newest';
  asked.selected = address.get('selected') || null;
  asked.view = VIEWS.find((view) => view === address.get('view')) ?? 'all';
  for (const [name, code] of address) {
    const field = name.startsWith(CODE_PREFIX) ? name.slice(CODE_PREFIX.length) : '';
    if (FIELD.test(field)) (asked.codes[field] ??= []).push(code);
  }
  return asked;
}

/** The address of a question; the inverse of [`parse`]. It names its register always: what another
    person's address means where it names none, depends on what they may read. */
export function write(asked: Question): URLSearchParams {
  const address = new URLSearchParams();
  const set = (name: string, value: string | null): void => {
    if (value) address.set(name, value);
  };
  set('register', asked.register);
  set('q', asked.q);
  set('from', asked.from);
  set('to', asked.to);
  asked.areas.forEach((area) => address.append('area', area));
  for (const field of Object.keys(asked.codes).sort()) {
    asked.codes[field]?.forEach((code) => address.append(CODE_PREFIX + field, code));
  }
  set('bbox', asked.bbox?.join(',') ?? null);
  if (asked.order !== 'newest') set('order', asked.order);
  set('selected', asked.selected);
  if (asked.view !== 'all') set('view', asked.view);
  return address;
}

/** The parameters that every list of the interface takes: records, facets, timeline, export, tiles. */
export function params(asked: Question, register: Register, without: readonly Part[] = []): URLSearchParams {
  const given = new URLSearchParams();
  const filter = filterText(asked, register, without);
  if (filter) given.set('filter', filter);
  if (asked.q.trim()) given.set('q', asked.q.trim());
  if (asked.bbox && !without.includes('bbox')) given.set('bbox', asked.bbox.join(','));
  if ((asked.from || asked.to) && !without.includes('datetime') && register.time_field) {
    given.set('datetime', `${asked.from || '..'}/${asked.to || '..'}`);
  }
  return given;
}

/** The codes and areas of a question as CQL2 text; empty where nothing is narrowed. */
export function filterText(asked: Question, register: Register, without: readonly Part[] = []): string {
  const conditions = Object.keys(asked.codes).sort().flatMap((name) => {
    const field = fieldOf(register.form, name);
    const codes = asked.codes[name] ?? [];
    if (!field || codes.length === 0 || without.includes(`codes.${name}`)) return [];
    return [oneOf(name, codes, field.type === 'codes')];
  });
  const areas = without.includes('areas') ? '' : areaCondition(asked.areas, register.area_fields);
  return all(areas ? [...conditions, areas] : conditions);
}

/** The parts of `LEVEL:CODE`. */
export function areaOf(area: string): { level: number; code: string } | null {
  const match = /^([1-9]):(.+)$/.exec(area);
  return match?.[1] && match[2] ? { level: Number(match[1]), code: match[2] } : null;
}

/** `LEVEL:CODE` of an area. */
export function areaKey(area: { level: number; code: string }): string {
  return `${area.level}:${area.code}`;
}

function areaCondition(areas: readonly string[], fields: readonly string[]): string {
  const conditions = fields.flatMap((field, index) => {
    const of = areas.map(areaOf).filter((area) => area?.level === index + 1);
    const codes = of.flatMap((area) => (area ? [area.code] : []));
    return codes.length > 0 ? [oneOf(field, codes)] : [];
  });
  return any(conditions);
}

function day(text: string | null): string {
  return text && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';
}

function bounds(text: string | null): Bounds | null {
  const numbers = text?.split(',').map((part) => (part.trim() ? Number(part) : Number.NaN)) ?? [];
  const [west, south, east, north] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) return null;
  if (west === undefined || south === undefined || east === undefined || north === undefined) return null;
  const inside = Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90;
  return inside && south <= north ? [west, south, east, north] : null;
}
