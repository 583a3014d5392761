// What stands in the fields of a form while somebody fills it in. Everything is kept as it was typed;
// the node reads it and says what is wrong, so that no text is ever lost to a check in between.

import { Asking, type Step } from './asking';
import type { World } from './expression/functions';
import { fieldsOf, isRows } from './form';
import { pointOf } from './format';
import { geometryOf, shapeText, type ShapeKind } from './shapes';
import type { Field, Geometry, Register, RowValues, Value, Values } from './types';

/** A text as typed, codes as chosen, or the rows of a repeat. */
export type Answer = string | string[] | Answers[];
/** A field that is not here was not touched and had no value. */
export interface Answers {
  [name: string]: Answer;
}

/** An instant on its two inputs. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{1,2}:\d{2})$/;

/** The answers a form begins with: the values of a record, or the defaults of the form. A new record stands
    where its workflow begins, and what is asked hangs on that. */
export function answersOf(register: Register, values: Values | null): Answers {
  const answers: Answers = {};
  const { field: state, start = null } = register.workflow ?? { field: '' };
  for (const field of fieldsOf(register.form)) {
    const value = values === null ? (field.default ?? (field.name === state ? start : null)) : values[field.name];
    const answer = answerOf(field, value ?? null);
    if (answer.length > 0) answers[field.name] = answer;
  }
  return answers;
}

/** A value as it stands in its field. */
export function answerOf(field: Field, value: Value): Answer {
  if (field.type === 'rows') return isRows(value) ? value.map((row) => rowOf(field, row)) : [];
  if (value === null) return field.type === 'codes' ? [] : '';
  if (Array.isArray(value)) return value.map(String);
  if (field.type === 'codes') return String(value).split(/[\s,;]+/).filter(Boolean);
  const at = pointOf(value);
  if (at) return `${at.lat} ${at.lon}`;
  if (typeof value === 'object') return 'coordinates' in value ? shapeText(value as Geometry) : JSON.stringify(value);
  if (field.type === 'time') return typed(String(value));
  return String(value);
}

/** What a new row of a repeat begins with. */
export function startOf(field: Field): Answers {
  const columns = fieldsOf(field.fields ?? []);
  return rowOf(field, Object.fromEntries(columns.map((column) => [column.name, column.default])));
}

function rowOf(field: Field, row: RowValues): Answers {
  const columns = fieldsOf(field.fields ?? []);
  const filled = columns.flatMap((column) => {
    const answer = answerOf(column, row[column.name] ?? null);
    return answer.length > 0 ? [[column.name, answer] as const] : [];
  });
  return Object.fromEntries(filled);
}

/** What is sent for an answer: a text for the node to read, codes as a list, nothing as null. */
export function valueOf(field: Field, answer: Answer | undefined): Value {
  if (answer === undefined || answer.length === 0) return null;
  if (Array.isArray(answer)) return field.type === 'rows' ? rowsOf(field, answer as Answers[]) : (answer as string[]);
  if (answer.trim() === '') return null;
  if (field.type === 'text') return answer;
  if (field.type === 'time') return sent(answer.trim());
  return field.type === 'line' || field.type === 'area' ? shapeOf(field.type, answer.trim()) : answer.trim();
}

/** The rows of a repeat: of each what is filled in and not computed. A row that is empty counts: somebody added it. */
function rowsOf(field: Field, rows: readonly Answers[]): RowValues[] {
  const columns = fieldsOf(field.fields ?? []).filter((column) => !column.calculation);
  return rows.map((row) => {
    const values = columns.map((column) => [column.name, valueOf(column, row[column.name])] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== null));
  });
}

/** A shape, or the text that is none yet: the node says what is wrong with it. */
function shapeOf(kind: ShapeKind, text: string): Value {
  const shape = geometryOf(kind, text);
  if (shape) return shape;
  try {
    return text.startsWith('{') ? (JSON.parse(text) as Value) : text;
  } catch {
    return text;
  }
}

/** The values of a new record: every field that is asked and filled in, and not computed. */
export function newValues(register: Register, answers: Answers, world: World): Values {
  const asking = new Asking(register.form, answers, world);
  const given: Values = {};
  for (const field of fieldsOf(register.form)) {
    const value = valueOf(field, askedOnly(asking, field, answers[field.name], []));
    if (value !== null && !field.calculation && asking.isAsked(field)) given[field.name] = value;
  }
  return given;
}

/** An answer without what is not asked within its rows. */
function askedOnly(asking: Asking, field: Field, answer: Answer | undefined, steps: readonly Step[]): Answer | undefined {
  if (field.type !== 'rows' || !Array.isArray(answer)) return answer;
  return (answer as Answers[]).map((row, index) => {
    const within = [...steps, { field, row, index }];
    const columns = fieldsOf(field.fields ?? []).filter((column) => asking.isAsked(column, within));
    const kept = columns.map((column) => [column.name, askedOnly(asking, column, row[column.name], within)] as const);
    return Object.fromEntries(kept.filter((pair): pair is [string, Answer] => pair[1] !== undefined));
  });
}

/** The fields whose answers differ from those the form began with. */
export function changedValues(register: Register, before: Answers, answers: Answers, world: World): Values {
  const asking = new Asking(register.form, answers, world);
  const given: Values = {};
  for (const field of fieldsOf(register.form)) {
    const now = valueOf(field, askedOnly(asking, field, answers[field.name], []));
    const then = valueOf(field, before[field.name]);
    if (JSON.stringify(now) !== JSON.stringify(then) && !field.read_only) given[field.name] = now;
  }
  return given;
}

/** `2018-03-01T12:00:00Z` as `2018-03-01T12:00`; anything finer or in another zone stays as it is. */
function typed(instant: string): string {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::00(?:\.0+)?)?Z$/.exec(instant);
  return match?.[1] ?? instant;
}

function sent(text: string): string {
  const match = INSTANT.exec(text);
  if (match) return `${match[1]}T${match[2]?.padStart(5, '0')}:00Z`;
  return /^\d{4}-\d{2}-\d{2}T?$/.test(text) ? `${text.slice(0, 10)}T00:00:00Z` : text;
}
