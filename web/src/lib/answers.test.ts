import { describe, expect, test } from 'vitest';
import { answerOf, answersOf, changedValues, newValues, valueOf, type Answers } from './answers';
import { Asking } from './asking';
import { fieldOf, fieldsOf, groupsOf } from './form';
import type { Field, Register, Values } from './types';
import { register } from '../../dev/register';

const field = (name: string): Field => {
  const found = fieldOf(register.form, name);
  if (!found) throw new Error(name);
  return found;
};

const WORLD = { now: 0, offsetMinutes: 0 };
const RECORD: Values = {
  type: 'AC-CLASH', summary: ' Two lines\nof text ', weapons: ['rifle', 'mortar'], occurred_at: '2018-03-01T12:00:00Z',
  verified_on: '2018-03-05', place: { type: 'Point', coordinates: [-0.0447, 16.2717] },
  track: { type: 'LineString', coordinates: [[0, 0], [1, 1]] }, deaths: 0, cost: 12.5, confirmed: false,
  verification: 'reported', classification: 'confidential', duplicate_of: '01J', source_id: 'ML-1',
};

describe('a form', () => {
  test('gives its fields in order, and its groups', () => {
    expect(fieldsOf(register.form).map((one) => one.name).slice(0, 5)).toEqual(['type', 'summary', 'ied_type', 'weapons', 'occurred_at']);
    expect(groupsOf(register.form).map((one) => one.name)).toEqual(['what', 'when', 'where', 'effects', 'handling']);
    expect(groupsOf([field('type')])[0]?.children).toEqual([field('type')]);
  });

  test('begins with its defaults, or with the record', () => {
    expect(answersOf(register, null)).toEqual({ verification: 'reported' });
    expect(answersOf(register, RECORD)['place']).toBe('16.2717 -0.0447');
    expect(answersOf(register, RECORD)['occurred_at']).toBe('2018-03-01T12:00');
    expect(answersOf(register, RECORD)['deaths']).toBe('0');
    expect(answersOf(register, RECORD)['confirmed']).toBe('false');
  });

  test('that nobody touched changes nothing', () => {
    expect(changedValues(register, answersOf(register, RECORD), answersOf(register, RECORD), WORLD)).toEqual({});
  });

  test('sends only what changed, and null for what was emptied', () => {
    const before = answersOf(register, RECORD);
    const answers: Answers = { ...before, deaths: '3', summary: '', weapons: [] };
    expect(changedValues(register, before, answers, WORLD)).toEqual({ deaths: '3', summary: null, weapons: null });
  });

  test('never sends a field that may only be read', () => {
    const before = answersOf(register, RECORD);
    expect(changedValues(register, before, { ...before, source_id: 'other' }, WORLD)).toEqual({});
  });

  test('of a new record sends what is filled in and asked', () => {
    const answers: Answers = { type: 'AC-CLASH', ied_type: 'vehicle', summary: 'x', deaths: ' ' };
    expect(newValues(register, answers, WORLD)).toEqual({ type: 'AC-CLASH', summary: 'x' });
    expect(newValues(register, { ...answers, type: 'TE-IED' }, WORLD)).toMatchObject({ ied_type: 'vehicle' });
  });
});

describe('an answer', () => {
  test('of text is sent exactly as typed', () => {
    expect(valueOf(field('summary'), " <b>'x'</b>\n ")).toBe(" <b>'x'</b>\n ");
  });

  test.each([
    ['2018-03-01T12:00', '2018-03-01T12:00:00Z'],
    ['2018-03-01T9:05', '2018-03-01T09:05:00Z'],
    ['2018-03-01', '2018-03-01T00:00:00Z'],
    ['T12:00', 'T12:00'],
    ['2018-03-01Tnoon', '2018-03-01Tnoon'],
  ])('of time %s is sent as %s', (typed, sent) => {
    expect(valueOf(field('occurred_at'), typed)).toBe(sent);
  });

  test('of time keeps seconds it cannot show in two inputs', () => {
    expect(answerOf(field('occurred_at'), '2018-03-01T12:00:30Z')).toBe('2018-03-01T12:00:30Z');
    expect(valueOf(field('occurred_at'), '2018-03-01T12:00:30Z')).toBe('2018-03-01T12:00:30Z');
  });

  test('that is wrong is sent all the same: the node says what is wrong', () => {
    expect(valueOf(field('deaths'), 'three')).toBe('three');
    expect(valueOf(field('place'), '16.2 ')).toBe('16.2');
  });

  test('of a line that is half typed stays a text', () => {
    expect(valueOf(field('track'), '{"type": "LineStr')).toBe('{"type": "LineStr');
  });

  test('of a line goes back as the shape it was', () => {
    expect(valueOf(field('track'), answerOf(field('track'), RECORD['track'] ?? null))).toEqual(RECORD['track']);
  });
});

const FORM = [...register.form, ...['a', 'b', 'c'].map((name) => ({ ...field('summary'), name }))];

describe('a condition', () => {
  const asked = (relevant: string, answers: Answers): boolean => new Asking(FORM, answers, WORLD).isAsked({ ...field('ied_type'), relevant });

  test.each([
    ["${type} = 'TE-IED' or ${type} = 'TE-FIND'", { type: 'TE-FIND' }, true],
    ["${type} = 'TE-IED' or ${type} = 'TE-FIND'", { type: 'AC' }, false],
    ["${type} != 'x'", {}, true],
    ["${nobody} = 'x'", {}, true],
    ["${deaths} > 0 and not(${type} = 'x')", { deaths: '2', type: 'y' }, true],
    ["${deaths} > 0 and not(${type} = 'x')", { deaths: '2', type: 'x' }, false],
    ['${deaths} > 0', {}, false],
    ['${deaths} >= 10', { deaths: '9' }, false],
    ["selected(${weapons}, 'rifle')", { weapons: ['mortar', 'rifle'] }, true],
    ["selected(${weapons}, 'rifle')", { weapons: ['rifles'] }, false],
    ["(${a} = '1' or ${b} = '1') and ${c} = '1'", { a: '1', c: '2' }, false],
  ])('%s with %j is %s', (relevant, answers, expected) => {
    expect(asked(relevant, answers)).toBe(expected);
  });

  test.each(['count(${x}[1]) > 1', '${a} = ', "'", '${a} ${b}'])('that is not understood asks the field: %s', (relevant) => {
    expect(asked(relevant, {})).toBe(true);
  });
});

test('a new record stands where its workflow begins, unless the form says otherwise', () => {
  const field = { kind: 'field', name: 'status', type: 'code', default: null } as unknown as Field;
  const workflow = { name: 'w', field: 'status', start: 'planned', transitions: [] };
  const of = (more: object): Register => ({ ...register, workflow, form: [{ ...field, ...more }] });
  expect(answersOf(of({}), null)).toEqual({ status: 'planned' });
  expect(answersOf(of({ default: 'approved' }), null)).toEqual({ status: 'approved' });
  expect(answersOf(of({}), { status: null })).toEqual({});
});
