// Whether a record holds what was answered, value by value.

import assert from 'node:assert/strict';

/**
 * Demands that every answer stands in the record: a text as it was typed or sent, codes as a list or with blanks
 * between, a file by its name, rows as a list.
 */
export function assertHeld(items, answers, record) {
  const wrong = differences(items, withContents(answers, record.attachments), record.values);
  assert.deepEqual(wrong, [], 'answers that the record does not hold');
}

/** Where somebody named a file, the record has its content. */
function withContents(answers, attachments) {
  return Object.fromEntries(Object.entries(answers).map(([name, answer]) => {
    if (Array.isArray(answer)) return [name, answer.map((row) => (typeof row === 'object' ? withContents(row, attachments) : row))];
    return [name, attachments.find((one) => one.name === answer)?.blob ?? answer];
  }));
}

/** Each answer that is not what the record has, with its place. */
function differences(items, answers, values, at = '') {
  return items.flatMap((item) => {
    if (item.kind === 'group') return differences(item.children, answers, values, at);
    const [given, kept] = [answers[item.name], values[item.name]];
    if (given === undefined) return [];
    const place = `${at}${item.name}`;
    if (item.type !== 'rows') return sameAs(item.type, given, kept) ? [] : [`${place}: ${JSON.stringify(given)} is kept as ${JSON.stringify(kept)}`];
    if (given.length !== (kept ?? []).length) return [`${place}: of ${given.length} rows ${(kept ?? []).length} are kept`];
    return given.flatMap((row, index) => differences(item.fields, row, kept[index], `${place}[${index + 1}].`));
  });
}

function sameAs(type, given, kept) {
  if (kept === undefined || kept === null) return false;
  return (READ[type] ?? String)(given) === (KEPT[type] ?? String)(kept);
}

const corner = (text) => text.trim().split(/\s+/).slice(0, 2).map(Number).reverse();
const closed = (ring) => (String(ring[0]) === String(ring.at(-1)) ? ring : [...ring, ring[0]]);
const cornersOf = (text) => text.split(/[;\n]/).filter((one) => one.trim()).map(corner);
const moment = (text) => Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);

/** An answer in a form in which it can be compared. */
const READ = {
  integer: Number, decimal: Number, time: moment,
  boolean: (text) => ['OK', 'yes', 'true', '1'].includes(text),
  codes: (codes) => [codes].flat().flatMap((one) => one.split(' ')).sort().join(' '),
  point: (text) => String(corner(text)),
  line: (text) => String(cornersOf(text)),
  area: (text) => String(closed(cornersOf(text))),
};

/** A value of the node in the same form. */
const KEPT = {
  integer: Number, decimal: Number, time: moment, boolean: Boolean,
  codes: (codes) => codes.toSorted().join(' '),
  point: (shape) => String(shape.coordinates),
  line: (shape) => String(shape.coordinates),
  area: (shape) => String(shape.coordinates[0]),
};
