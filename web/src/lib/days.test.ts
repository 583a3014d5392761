import { expect, test } from 'vitest';
import { dayOf } from './days';

test.each([
  ['2018-03-01', 'first', '2018-03-01'],
  ['2018-3-1', 'last', '2018-03-01'],
  [' 2018/03/09 ', 'first', '2018-03-09'],
  ['2018', 'first', '2018-01-01'],
  ['2018', 'last', '2018-12-31'],
  ['2016-02', 'first', '2016-02-01'],
  ['2016-02', 'last', '2016-02-29'],
  ['', 'first', ''],
] as const)('%j as the %s day is %s', (typed, end, day) => {
  expect(dayOf(typed, end)).toBe(day);
});

test.each(['2018-02-30', '2018-13', '01-03-2018', '3/1/2018', '18', 'yesterday', '0201-01-01', '2018-03-01-01'])('%j is no day', (typed) => {
  expect(dayOf(typed, 'first')).toBeNull();
});
