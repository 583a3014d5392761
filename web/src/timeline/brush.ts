// Choosing a stretch of columns, by pointer and by keyboard. Columns are counted from zero.

import { bucketOf, firstDay, lastDay, type By, type Column, type Span } from './buckets';

/** The columns from `anchor` to `head`, in either order, both included. The head is what moves. */
export interface Brush {
  anchor: number;
  head: number;
}

export interface State {
  /** Where the keyboard is. */
  cursor: number;
  brush: Brush | null;
}

export interface Keys {
  key: string;
  shiftKey: boolean;
}

/** What PageUp and PageDown jump: a year of months, a dozen of anything else. */
const PAGE = 12;

/** First and last column of a brush. */
export function ends({ anchor, head }: Brush): [number, number] {
  return [Math.min(anchor, head), Math.max(anchor, head)];
}

/** The state after a key; `null` where the key means nothing here. */
export function pressed(state: State, { key, shiftKey }: Keys, length: number): State | null {
  if (key === 'Escape') return state.brush ? { ...state, brush: null } : null;
  if (key === 'Enter' || key === ' ') return { ...state, brush: { anchor: state.cursor, head: state.cursor } };
  const by = distance(key, state, length);
  if (by === null || length === 0) return null;
  if (shiftKey) return extended(state, by, length);
  return state.brush ? moved(state.brush, by, length) : { cursor: clamped(state.cursor + by, length), brush: null };
}

/** The column at a place from 0 to 1 across the timeline. */
export function columnAt(share: number, length: number): number {
  return clamped(Math.floor(share * length), length);
}

/** The days of a brush. */
export function spanOfBrush(brush: Brush, all: readonly Column[]): Span | null {
  const [first, last] = ends(brush);
  const [from, to] = [all[first], all[last]];
  return from && to ? { from: firstDay(from.at), to: lastDay(to.at) } : null;
}

/** The columns that days fall into; an open end goes as far as there are columns. `null`: none of them. */
export function brushOf(from: string, to: string, all: readonly Column[], by: By): Brush | null {
  if (!from && !to) return null;
  const [first, last] = [from && bucketOf(from, by), to && bucketOf(to, by)];
  const inside = all.flatMap(({ at }, index) => ((!first || at >= first) && (!last || at <= last) ? [index] : []));
  const [anchor] = inside;
  const head = inside.at(-1);
  return anchor === undefined || head === undefined ? null : { anchor, head };
}

function distance(key: string, state: State, length: number): number | null {
  const at = state.brush?.head ?? state.cursor;
  const distances: Record<string, number> = {
    ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -PAGE, PageUp: PAGE, Home: -at, End: length - 1 - at,
  };
  return distances[key] ?? null;
}

function extended(state: State, by: number, length: number): State {
  const { anchor, head } = state.brush ?? { anchor: state.cursor, head: state.cursor };
  const moved = clamped(head + by, length);
  return { cursor: moved, brush: { anchor, head: moved } };
}

/** The whole stretch moves and keeps its length: it stops at the ends. */
function moved(brush: Brush, by: number, length: number): State {
  const [first, last] = ends(brush);
  const step = Math.max(-first, Math.min(length - 1 - last, by));
  const { anchor, head } = brush;
  return { cursor: head + step, brush: { anchor: anchor + step, head: head + step } };
}

function clamped(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}
