// What expressions come to, and how one kind is read as another: the rules of XPath 1.0 with ODK's days.

import { daysOf, looksLikeMoment, type Moment } from './moment';

/** The texts of the answers that a reference means: one, or that of every row. */
export interface Nodes {
  nodes: string[];
}
export type Single = string | number | boolean | Moment;
export type Datum = Single | Nodes;

/** A number without an exponent up to a certain size, as XPath writes it; no number is no text. */
export function numberText(number: number): string {
  if (Number.isNaN(number)) return '';
  return String(number === 0 ? 0 : number);
}

export function textOf(datum: Datum): string {
  if (typeof datum === 'object') return 'nodes' in datum ? (datum.nodes[0] ?? '') : datum.text;
  return typeof datum === 'number' ? numberText(datum) : String(datum);
}

export function numberOf(datum: Datum, offsetMinutes: number): number {
  if (typeof datum === 'number') return datum;
  if (typeof datum === 'boolean') return datum ? 1 : 0;
  if (typeof datum === 'object' && 'days' in datum) return datum.days;
  const text = textOf(datum);
  if (looksLikeMoment(text)) return daysOf(text, offsetMinutes);
  const trimmed = text.trim();
  if (/^[+-]?Infinity$/.test(trimmed)) return Number(trimmed);
  return /^[\d+\-.eE]+$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** Nodes are true where there are any, texts that are not empty, numbers but zero. */
export function truthOf(datum: Datum): boolean {
  if (typeof datum === 'object') return 'nodes' in datum ? datum.nodes.length > 0 : datum.days !== 0 && !Number.isNaN(datum.days);
  return Boolean(datum);
}

/** A value by itself, or the text of each node. */
export function singles(datum: Datum): Single[] {
  return typeof datum === 'object' && 'nodes' in datum ? datum.nodes : [datum];
}

/** Whole numbers that a text begins with, as form clients read places. */
export function leadingInteger(text: string): number {
  return Number.parseInt(text, 10);
}
