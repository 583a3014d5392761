// Expressions and answers from a seed: the same corpus for the same seed, everywhere.

/** Numbers from a seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (bound) => Math.floor(next() * bound);
  const of = (list) => list[below(list.length)];
  return { next, below, of };
}

export const CHOICES = [
  { name: 'gao', label: 'Gao', kind: 'north' },
  { name: 'kidal', label: 'Kidal', kind: 'north' },
  { name: 'sikasso', label: 'Sikasso', kind: 'south' },
  { name: 'segou', label: 'Ségou', kind: 'south' },
];

/** The questions of the form, each with its type in a sheet and in an XForm. */
export const QUESTIONS = [
  { name: 'word', sheet: 'text', bind: 'string' },
  { name: 'words', sheet: 'text', bind: 'string' },
  { name: 'nothing', sheet: 'text', bind: 'string' },
  { name: 'whole', sheet: 'integer', bind: 'int' },
  { name: 'other', sheet: 'integer', bind: 'int' },
  { name: 'part', sheet: 'decimal', bind: 'decimal' },
  { name: 'day', sheet: 'date', bind: 'date' },
  { name: 'moment', sheet: 'datetime', bind: 'dateTime' },
  { name: 'one', sheet: 'select_one town', bind: 'string' },
  { name: 'many', sheet: 'select_multiple town', bind: 'string' },
  { name: 'place', sheet: 'geopoint', bind: 'geopoint' },
];

/** The questions of a row. */
export const COLUMNS = [
  { name: 'label', sheet: 'text', bind: 'string' },
  { name: 'size', sheet: 'integer', bind: 'int' },
  { name: 'since', sheet: 'date', bind: 'date' },
];

const WORDS = ['', 'a', 'b c', 'Hello World', 'é€ô', '12', '-3.5', '007', 'yes', 'x-y_z', 'AB12', '  pad  ', '2018-03-01'];
const DAYS = ['2018-03-01', '2020-02-29', '1999-12-31', '2026-11-22'];
const MOMENTS = ['2018-03-01T14:30:00.000+01:00', '2020-02-29T00:00:00.000+01:00', '1999-12-31T23:59:59.123+01:00'];
const PLACES = ['16.27 -0.04 0 0', '-12.5 178.25 0 0', '1.5 2.25 0 0'];
const PATTERNS = ['^[0-9]+$', '[a-z]{2,}', '^\\d{2,3}$', '\\w+\\s\\w+', '^$', 'l+o|12', '^[^a-z]*$', '^.{3}$'];
const FORMATS = ['%Y-%m-%d', '%d/%m/%y', '%e %b %Y', '%n', 'on %d.'];

/** Answers, some of them missing. */
export function answers(source) {
  const maybe = (list) => (source.next() < 0.2 ? '' : source.of(list));
  const codes = () => CHOICES.map((choice) => choice.name).filter(() => source.next() < 0.4).sort().join(' ');
  const number = () => String(source.below(40) - 10);
  const rows = Array.from({ length: source.below(5) }, () => ({
    label: maybe(WORDS).trim(), size: source.next() < 0.1 ? '' : number(), since: maybe(DAYS),
  }));
  return {
    word: maybe(WORDS).trim(), words: maybe(WORDS).trim(), nothing: '', whole: number(), other: maybe([number()]),
    part: source.of(['2.5', '-0.125', '1000000.5', '0.1']), day: maybe(DAYS), moment: maybe(MOMENTS),
    one: maybe(CHOICES).name ?? '', many: codes(), place: maybe(PLACES), rows,
  };
}

/** An expression in which every part is of the kind it should be. */
export function expression(source, inRow, rows) {
  return new Writer(source, inRow, rows).any(3);
}

class Writer {
  constructor(source, inRow, rows) {
    this.source = source;
    this.inRow = inRow;
    this.rows = rows;
  }

  any(depth) {
    return this.source.of([() => this.text(depth), () => this.number(depth), () => this.truth(depth)])();
  }

  pick(depth, leaves, branches) {
    const deeper = depth > 0 && this.source.next() < 0.8;
    return this.source.of(deeper ? branches : leaves)();
  }

  quoted(list) {
    return `'${this.source.of(list)}'`;
  }

  named(...names) {
    return `\${${this.source.of(names)}}`;
  }

  text(depth) {
    const t = () => this.text(depth - 1);
    const n = () => this.number(depth - 1);
    const b = () => this.truth(depth - 1);
    const small = () => String(this.source.below(7) - 2);
    const leaves = [
      () => this.quoted(WORDS), () => this.named('word', 'words', 'nothing', 'one', 'many', 'day', 'moment'),
      () => this.named('whole', 'part'), ...(this.inRow ? [() => this.named('label', 'size', 'since')] : []),
    ];
    return this.pick(depth, leaves, [
      () => `concat(${t()}, ${t()})`, () => `join(${this.quoted(['-', ', ', ''])}, ${t()}, ${t()})`,
      () => `join(' ', ${this.set(depth - 1)})`, () => `concat(${this.set(depth - 1)})`,
      () => `substr(${t()}, ${small()})`, () => `substr(${t()}, ${small()}, ${small()})`,
      () => `substring(${t()}, ${this.source.below(5)}, ${this.source.below(5) + 1})`,
      () => `substring-before(${t()}, ${this.quoted(['-', ' ', 'l'])})`,
      () => `substring-after(${t()}, ${this.quoted(['-', ' ', 'l'])})`,
      () => `translate(${t()}, 'abcdel', 'ABC')`, () => `normalize-space(${t()})`, () => `coalesce(${t()}, ${t()})`,
      () => `if(${b()}, ${t()}, ${t()})`, () => `string(${n()})`, () => `string(${b()})`,
      () => `selected-at(${t()}, ${this.source.below(3)})`,
      () => `format-date(${this.day()}, ${this.quoted(FORMATS)})`,
      () => `format-date-time(${this.named('moment')}, '%Y%m%d %H:%M:%S.%3 %h')`,
      () => `date(${this.day()})`, () => `date(date(${this.quoted(DAYS)}) + ${this.source.below(60)})`,
      () => `string(number(${this.quoted(DAYS)}))`,
      () => `instance('town')/root/item[name = ${this.current('one')}]/label`,
      () => `instance('town')/root/item[kind = 'north'][${this.source.below(3) + 1}]/label`,
      () => `pulldata('town', 'label', 'name', ${this.named('one')})`,
      () => `indexed-repeat(\${label}, \${row}, ${this.source.below(4)})`,
      () => `jr:choice-name(${this.named('one')}, '\${one}')`,
    ]);
  }

  number(depth) {
    const t = () => this.text(depth - 1);
    const n = () => this.number(depth - 1);
    const leaves = [
      () => this.source.of(['0', '1', '2', '2.5', '7', '100', '0.1', '.5', '12.']),
      () => this.named('whole', 'other', 'part'),
      ...(this.inRow ? [() => '../size', () => 'position(..)', () => '${size}'] : []),
    ];
    return this.pick(depth, leaves, [
      () => `(${n()} + ${n()})`, () => `(${n()} - ${n()})`, () => `(${n()} * ${n()})`, () => `(${n()} div ${n()})`,
      () => `(${n()} mod ${n()})`, () => `${n()} + ${n()} * 2`, () => `-(${n()})`, () => `number(${t()})`,
      () => `string-length(${t()})`, () => `round(${n()})`, () => `round(${n()}, ${this.source.below(4) - 1})`,
      () => `int(${n()})`, () => `floor(${n()})`, () => `ceiling(${n()})`, () => `abs(${n()})`,
      () => `pow(${this.source.of(['2', '3', '1.5', '-2'])}, ${this.source.below(5)})`, () => `min(${n()}, ${n()})`,
      () => `max(${n()}, ${n()}, ${n()})`, () => `max(${this.set(0)})`, () => `count(${this.set(depth - 1)})`,
      () => `count-non-empty(${this.set(depth - 1)})`, () => `count-selected(${this.named('many', 'one')})`,
      () => (this.inRow ? '(number(${size}) + 0)' : '(max(${size}) + 0)'),
      // Of no rows at all the sum differs: differences.json.
      () => (this.rows > 0 ? 'sum(${size})' : 'sum(${whole})'), () => `count(instance('town')/root/item[kind = 'south'])`,
      () => `if(${this.truth(depth - 1)}, ${n()}, ${n()})`, () => `decimal-date-time(${this.day()})`,
      () => `decimal-time('13:45:10.500+01:00')`, () => `(date(${this.day()}) - date('2018-01-01'))`,
      () => `round(distance(${this.quoted(PLACES)}, '10 20 0 0'), 1)`, () => 'round(area(\'0 0;0 1;1 1;1 0;0 0\'), -3)',
      () => `round(sqrt(abs(${n()})), 6)`, () => `round(exp(min(${n()}, 3)), 6)`,
    ]);
  }

  truth(depth) {
    const t = () => this.text(depth - 1);
    const n = () => this.number(depth - 1);
    const b = () => this.truth(depth - 1);
    const compared = () => this.source.of(['=', '!=', '<', '<=', '>', '>=']);
    return this.pick(depth, [() => 'true()', () => 'false()', () => `${this.named('whole')} > 3`], [
      () => `(${n()} ${compared()} ${n()})`, () => `(${t()} ${this.source.of(['=', '!='])} ${t()})`,
      () => `(${t()} ${compared()} ${n()})`, () => `(${this.day()} ${compared()} ${this.day()})`,
      () => `(${this.set(depth - 1)} ${compared()} ${n()})`, () => `(${this.set(0)} = ${t()})`,
      () => `(${b()} and ${b()})`, () => `(${b()} or ${b()})`, () => `not(${b()})`, () => `(${b()} = ${b()})`,
      () => `selected(${this.named('many', 'one')}, ${this.quoted(['gao', 'kidal', ''])})`,
      () => `contains(${t()}, ${t()})`, () => `starts-with(${t()}, ${t()})`, () => `ends-with(${t()}, ${t()})`,
      () => `regex(${t()}, ${this.quoted(PATTERNS)})`, () => `boolean(${n()})`, () => `boolean(${t()})`,
      () => `boolean-from-string(${t()})`, () => `checklist(1, ${this.source.of(['2', '-1'])}, ${b()}, ${b()}, ${b()})`,
      () => `weighted-checklist(2, 5, ${b()}, 2, ${b()}, 3)`,
      () => `geofence(${this.named('place')}, '-20 -20;-20 20;20 20;20 -20;-20 -20')`,
    ]);
  }

  day() {
    return this.source.of([() => this.named('day', 'moment'), () => this.quoted(DAYS),
      ...(this.inRow ? [() => '../since'] : [])])();
  }

  /** Nodes: columns of all rows from outside, of the same row within it. */
  set(depth) {
    const inside = ['${size}', '${label}', '../size'];
    const outside = ['${size}', '${label}', '${row}/size', '${row}[position() > 1]/size', '/data/row[2]/label',
      `\${row}[size > 3]/label`, `\${row}[since > '2010-01-01']/size`, '../row/size', '//size'];
    const common = ['instance(\'town\')/root/item/label', '/data/whole'];
    return this.source.of([...(this.inRow ? inside : outside), ...(depth > 0 ? common : [])]);
  }

  /** A question of the form from within a predicate. */
  current(name) {
    return `\${${name}}`;
  }
}
