// The functions of expressions that these pages know. What is not here is for the node.

import { daysOf, daysOfMs, looksLikeMoment, midnightBefore, momentOf } from './moment';
import { Unknown } from './tokens';
import { leadingInteger, numberOf, numberText, singles, textOf, truthOf, type Datum } from './values';

/** What functions need to know beside their arguments. */
export interface World {
  /** Milliseconds since 1970. */
  now: number;
  /** Of the mission's clocks. */
  offsetMinutes: number;
}

interface Known {
  least: number;
  most: number;
  call: (given: Given) => Datum;
}

/** The arguments of a call, read as whatever the function wants. */
class Given {
  readonly all: Datum[];
  readonly world: World;

  constructor(all: Datum[], world: World) {
    this.all = all;
    this.world = world;
  }

  at(place: number): Datum {
    return this.all[place] ?? '';
  }

  text(place: number): string {
    return textOf(this.at(place));
  }

  number(place: number): number {
    return numberOf(this.at(place), this.world.offsetMinutes);
  }

  numbers(): number[] {
    return this.all.flatMap(singles).map((single) => numberOf(single, this.world.offsetMinutes));
  }

  nodes(): string[] {
    const first = this.at(0);
    if (typeof first !== 'object' || !('nodes' in first)) throw new Unknown();
    return first.nodes;
  }
}

const KNOWN = new Map<string, Known>([
  ['true', of(0, () => true)],
  ['false', of(0, () => false)],
  ['not', of(1, (given) => !truthOf(given.at(0)))],
  ['boolean', of(1, (given) => truthOf(given.at(0)))],
  ['boolean-from-string', of(1, (given) => ['1', 'true'].includes(given.text(0)))],
  ['if', of(3, (given) => given.at(truthOf(given.at(0)) ? 1 : 2))],
  ['coalesce', of(2, (given) => given.text(0) || given.text(1))],

  ['selected', of(2, (given) => isSelected(given.text(0), given.text(1).trim()))],
  ['selected-at', of(2, (given) => codes(given.text(0))[leadingInteger(given.text(1))] ?? '')],
  ['count-selected', of(1, (given) => codes(given.text(0)).length)],

  ['count', of(1, (given) => given.nodes().length)],
  ['count-non-empty', of(1, (given) => given.nodes().filter(Boolean).length)],
  ['sum', of(1, (given) => given.numbers().reduce((sum, number) => sum + number, 0))],
  ['max', from(1, (given) => folded(given, Math.max))],
  ['min', from(1, (given) => folded(given, Math.min))],

  ['number', of(1, asNumber)],
  ['abs', of(1, (given) => Math.abs(given.number(0)))],
  ['ceiling', of(1, (given) => Math.ceil(given.number(0)))],
  ['floor', of(1, (given) => Math.floor(given.number(0)))],
  ['int', of(1, (given) => Math.trunc(given.number(0)))],
  ['pow', of(2, (given) => given.number(0) ** given.number(1))],
  ['round', between(1, 2, rounded)],
  ['sqrt', of(1, (given) => Math.sqrt(given.number(0)))],

  ['string', of(1, (given) => given.text(0))],
  ['string-length', of(1, (given) => given.text(0).length)],
  ['concat', from(1, (given) => joined(given.all, ''))],
  ['join', from(1, (given) => joined(given.all.slice(1), given.text(0)))],
  ['contains', of(2, (given) => given.text(0).includes(given.text(1)))],
  ['starts-with', of(2, (given) => given.text(0).startsWith(given.text(1)))],
  ['ends-with', of(2, (given) => given.text(0).endsWith(given.text(1)))],
  ['normalize-space', of(1, (given) => codes(given.text(0)).join(' '))],
  ['regex', of(2, (given) => pattern(given.text(1)).test(given.text(0)))],
  ['substr', between(2, 3, part)],
  ['substring-before', of(2, (given) => beside(given)[0])],
  ['substring-after', of(2, (given) => beside(given)[1])],

  ['now', of(0, ({ world }) => momentOf(daysOfMs(world.now), world.offsetMinutes))],
  ['today', of(0, ({ world }) => momentOf(midnightBefore(world.now, world.offsetMinutes), world.offsetMinutes))],
  ['date', of(1, instant)],
  ['date-time', of(1, instant)],
]);

/** Calls a function by name; throws where these pages do not know it. */
export function call(name: string, given: Datum[], world: World): Datum {
  const known = KNOWN.get(name);
  if (!known || given.length < known.least || given.length > known.most) throw new Unknown(name);
  return known.call(new Given(given, world));
}

function of(count: number, call: (given: Given) => Datum): Known {
  return { least: count, most: count, call };
}

function between(least: number, most: number, call: (given: Given) => Datum): Known {
  return { least, most, call };
}

function from(least: number, call: (given: Given) => Datum): Known {
  return { least, most: Number.POSITIVE_INFINITY, call };
}

function codes(text: string): string[] {
  return text.split(/[ \t\n\f\r]+/).filter(Boolean);
}

function isSelected(list: string, code: string): boolean {
  return codes(list).includes(code) || (code === '' && list.trim() === '');
}

function folded(given: Given, fold: (...numbers: number[]) => number): number {
  const numbers = given.numbers();
  return numbers.length > 0 ? fold(...numbers) : Number.NaN;
}

/** `number('2018-03-01')` counts days and is written as a whole number of them. */
function asNumber(given: Given): Datum {
  const [value, number] = [given.at(0), given.number(0)];
  if (typeof value === 'object' && 'days' in value) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return number;
  const isMoment = looksLikeMoment(textOf(value)) && !Number.isNaN(number);
  return isMoment ? { days: number, text: numberText(Math.floor(number)) } : number;
}

/** Halves go away from zero. */
function rounded(given: Given): number {
  const number = given.number(0);
  const factor = 10 ** (given.all.length > 1 ? given.number(1) : 0);
  return (Math.floor(Math.abs(number) * factor + 0.5) / factor) * (number < 0 ? -1 : 1);
}

function joined(given: readonly Datum[], separator: string): string {
  return given.flatMap(singles).map(textOf).join(separator);
}

/** From a place to before another, in UTF-16; negative ones count from the end. */
function part(given: Given): string {
  const text = given.text(0);
  const place = (at: number): number => (at < 0 ? Math.max(0, text.length + at) : at);
  const [start, end] = [leadingInteger(given.text(1)), given.all.length > 2 ? leadingInteger(given.text(2)) : text.length];
  return Number.isNaN(start) || Number.isNaN(end) || place(end) <= place(start) ? '' : text.slice(place(start), place(end));
}

function beside(given: Given): [string, string] {
  const [text, mark] = [given.text(0), given.text(1)];
  const at = text.indexOf(mark);
  return at < 0 ? ['', ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** The node runs patterns in linear time; a browser may not come back from one that repeats what repeats. */
const REPEATS_TWICE = /[+*}]\)?[^()]*\)[+*{]/;
function pattern(text: string): RegExp {
  if (REPEATS_TWICE.test(text)) throw new Unknown(text);
  try {
    return new RegExp(text);
  } catch {
    throw new Unknown(text);
  }
}

function instant(given: Given): Datum {
  const [value, { offsetMinutes }] = [given.at(0), given.world];
  if (typeof value === 'boolean') return '';
  if (typeof value === 'number') return momentOf(value, offsetMinutes);
  if (typeof value === 'object' && 'days' in value) return momentOf(value.days, offsetMinutes);
  return momentOf(daysOf(padded(textOf(value)), offsetMinutes), offsetMinutes);
}

/** `2018-3-1` with the zeros that are missing. */
function padded(text: string): string {
  const [day = '', ...rest] = text.split('T');
  return [day.split('-').map((one) => one.padStart(2, '0')).join('-'), ...rest].join('T');
}
