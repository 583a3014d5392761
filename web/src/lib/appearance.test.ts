import { expect, test } from 'vitest';
import { choiceOf, dayOf, dayShown, dayTyped, keysOf } from './appearance';
import type { Field, FieldType } from './types';

const field = (appearance: string | null, type: FieldType = 'code'): Field => ({ appearance, type }) as Field;

test('what is asked for is done, and what is not known looks as always', () => {
  expect(['likert', 'columns-2', 'horizontal-compact', 'w3 quick', 'minimal', 'image-map', null].map((one) => choiceOf(field(one)))).toEqual([
    'scale', 'radios', 'radios', 'radios', 'list', 'list', 'list',
  ]);
  expect(['month-year', 'year', 'no-calendar', null].map((one) => dayOf(field(one, 'date')))).toEqual(['month', 'year', 'day', 'day']);
  expect(keysOf(field('numbers', 'text'))).toBe('numeric');
  expect(keysOf(field('url', 'text'))).toBe('url');
  expect(keysOf(field(null, 'decimal'))).toBe('decimal');
  expect(keysOf(field(null, 'text'))).toBeUndefined();
});

test('a month is its first day, and nothing that is typed on the way is lost', () => {
  for (const typed of ['2', '2018', '2018-0', '2018-03', '2018-031', '2018-03-05', '']) {
    expect(dayShown('month', dayTyped('month', typed))).toBe(typed);
    expect(dayShown('year', dayTyped('year', typed))).toBe(typed);
    expect(dayShown('day', dayTyped('day', typed))).toBe(typed);
  }
  expect(dayTyped('month', '2018-03')).toBe('2018-03-01');
  expect(dayTyped('year', '2018')).toBe('2018-01-01');
  expect(dayShown('month', '2018-03-05'), 'a day that is none of the first is not hidden').toBe('2018-03-05');
});
