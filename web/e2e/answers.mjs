// What somebody would answer to the questions of a form: a value for a type and for a constraint, codes that
// open further questions. It knows no register and no question by name; what cannot be guessed from a form stands
// in answers.json, by `register.question`: what a pattern asks for, and what does not ask for another record.

import { readFileSync } from 'node:fs';

const HINTS = Object.entries(JSON.parse(readFileSync(new URL('answers.json', import.meta.url), 'utf8')));

/** What is written down for a question of a register. */
export function hintsFor(register, name) {
  return HINTS.filter(([pattern]) => new RegExp(pattern).test(`${register}.${name}`)).flatMap(([, values]) => values);
}

/** Every question of a form as the node describes it, the columns of its repeats too. */
export function questionsOf(items) {
  return items.flatMap((item) => {
    const inside = questionsOf(item.children ?? item.fields ?? []);
    return item.kind === 'group' ? inside : [item, ...inside];
  });
}

/** The registers with the longest forms, the longest first. */
export async function longest(ask, count) {
  const known = await ask('/api/registers');
  const registers = [];
  for (const { name } of known) registers.push(await ask(`/api/registers/${name}`));
  const length = ({ form }) => questionsOf(form).length;
  return registers.sort((one, other) => length(other) - length(one) || (one.name < other.name ? -1 : 1)).slice(0, count);
}

/**
 * Codes in the order in which somebody tries them who wants to be asked as much as there is: those that
 * conditions ask for (`${name} = 'code'`, `selected(/data/name, 'code')`) first, those that they rule out last.
 */
export function codesToTry(codes, conditions, name) {
  const pattern = new RegExp(`\\b${name}\\b\\s*\\}?\\s*(!?=|,)\\s*'([^']*)'`, 'g');
  const weights = new Map();
  for (const condition of conditions) {
    for (const [, sign, code] of condition.matchAll(pattern)) weights.set(code, (weights.get(code) ?? 0) + (sign === '!=' ? -1 : 1));
  }
  return codes.toSorted((one, other) => (weights.get(other) ?? 0) - (weights.get(one) ?? 0));
}

/** A day of the exercise, later by so many days. */
const dayOf = (days) => new Date(Date.UTC(2021, 10, 2 + days)).toISOString().slice(0, 10);

/**
 * What to try as an answer, the best first. `at` tells the questions of a form apart, so that no answer may
 * stand in another's place unseen; numbers and days fall back to what bounds allow.
 */
export function toTry(type, at) {
  return USUAL[type]?.(at) ?? [];
}

const numbers = (at) => [1000 - at, 95 - (at % 70), 24 - (at % 12), 5, 3, 1, 0, 60, 100, 1500, 2021, 5000];
const days = (at) => [at % 28, 28, 60, 400, -1, -30, 0].map(dayOf);
const clock = (at) => `${String(6 + (at % 12)).padStart(2, '0')}:${String((at * 7) % 60).padStart(2, '0')}`;
const lat = (at) => (-0.5 - at / 1000).toFixed(4);
const lon = (at) => (-5.5 - at / 1000).toFixed(4);
const corners = (at) => [0, 1, 2].map((step) => `${lat(at + step)} ${lon(at + (step % 2) * 3)}`).join('\n');

const USUAL = {
  text: (at) => [`R${at} “é” <&>`, `R${at}`],
  integer: (at) => numbers(at).map(String),
  decimal: (at) => [...numbers(at).map((number) => `${number}.5`), '0.5', '0'],
  date: (at) => days(at),
  time: (at) => days(at).map((day) => `${day}T${clock(at)}`),
  point: (at) => [`${lat(at)} ${lon(at)}`],
  line: (at) => [corners(at)],
  area: (at) => [corners(at)],
};

/** A picture of one pixel that differs from every other. */
export function photo(at) {
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  return Buffer.concat([Buffer.from(pixel, 'base64'), Buffer.from(`casque ${at}`)]);
}
