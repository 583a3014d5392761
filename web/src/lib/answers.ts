// What stands in the fields of a form while somebody fills it in. Everything is kept as it was typed;
// the node reads it and says what is wrong, so that no text is ever lost to a check in between.

import { fieldsOf } from './form';
import { pointOf } from './format';
import { holds } from './relevant';
import type { Field, Register, Value, Values } from './types';

/** Texts as typed, codes as chosen. A field that is not here was not touched and had no value. */
export type Answers = Record<string, string | string[]>;

/** An instant on its two inputs. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{1,2}:\d{2})$/;

/** The answers a form begins with: the values of a record, or the defaults of the form. */
export function answersOf(register: Register, values: Values | null): Answers {
  const answers: Answers = {};
  for (const field of fieldsOf(register.form)) {
    const value = values === null ? field.default : values[field.name];
    const answer = answerOf(field, value ?? null);
    if (answer.length > 0) answers[field.name] = answer;
  }
  return answers;
}

/** A value as it stands in its field. */
export function answerOf(field: Field, value: Value): string | string[] {
  if (value === null) return field.type === 'codes' ? [] : '';
  if (Array.isArray(value)) return [...value];
  if (field.type === 'codes') return String(value).split(/[\s,;]+/).filter(Boolean);
  const at = pointOf(value);
  if (at) return `${at.lat} ${at.lon}`;
  if (typeof value === 'object') return JSON.stringify(value);
  if (field.type === 'time') return typed(String(value));
  return String(value);
}

/** What is sent for an answer: a text for the node to read, codes as a list, nothing as null. */
export function valueOf(field: Field, answer: string | string[] | undefined): Value {
  if (answer === undefined || answer.length === 0) return null;
  if (Array.isArray(answer)) return answer;
  if (answer.trim() === '') return null;
  if (field.type === 'text') return answer;
  if (field.type === 'time') return sent(answer.trim());
  return field.type === 'line' || field.type === 'area' ? shapeOf(answer.trim()) : answer.trim();
}

/** A shape, or the text that is none yet: the node says what is wrong with it. */
function shapeOf(text: string): Value {
  try {
    return text.startsWith('{') ? (JSON.parse(text) as Value) : text;
  } catch {
    return text;
  }
}

/** The values of a new record: every field that is asked and filled in. */
export function newValues(register: Register, answers: Answers): Values {
  const given: Values = {};
  for (const field of fieldsOf(register.form)) {
    const value = valueOf(field, answers[field.name]);
    if (value !== null && isAsked(field, answers)) given[field.name] = value;
  }
  return given;
}

/** The fields whose answers differ from those the form began with. */
export function changedValues(register: Register, before: Answers, answers: Answers): Values {
  const given: Values = {};
  for (const field of fieldsOf(register.form)) {
    const now = valueOf(field, answers[field.name]);
    const then = valueOf(field, before[field.name]);
    if (JSON.stringify(now) !== JSON.stringify(then) && !field.read_only) given[field.name] = now;
  }
  return given;
}

/** Whether a field is shown, given what stands in the others. */
export function isAsked(field: Field, answers: Answers): boolean {
  return !field.relevant || holds(field.relevant, (name) => answers[name] ?? '');
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
