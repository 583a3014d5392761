import { expect, test } from 'vitest';
import { changesOf, previousOf } from './history';
import type { Step } from './types';

const STEPS: Step[] = [
  { entry: 'e1', at: '2026-01-01T00:00:00Z', act: 'set', user: 'amina', detail: { register: 'incident', fields: { deaths: { value: 1, overwrites: [] } } } },
  { entry: 'e2', at: '2026-01-02T00:00:00Z', act: 'set', user: 'boris', detail: { register: 'incident', fields: { deaths: { value: 2, overwrites: [] } } } },
  { entry: 'e3', at: '2026-01-03T00:00:00Z', act: 'set', user: 'chen', detail: { register: 'incident', fields: { deaths: { value: null, overwrites: ['e1', 'e2', 'gone'] } } } },
  { entry: 'e4', at: '2026-01-04T00:00:00Z', act: 'comment', user: 'chen', detail: { text: 'x', fields: null } },
];

test('a step names every value it replaced, and whose each was', () => {
  const [change] = changesOf(STEPS[2] as Step);
  expect(change).toMatchObject({ field: 'deaths', value: null });
  expect(previousOf(STEPS, change!)).toEqual([{ value: 1, user: 'amina' }, { value: 2, user: 'boris' }]);
});

test('other steps change no field', () => {
  expect(changesOf(STEPS[3] as Step)).toEqual([]);
  expect(changesOf({ entry: 'e5', at: '', act: 'erased' })).toEqual([]);
});
