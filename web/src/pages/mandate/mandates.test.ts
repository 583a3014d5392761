import { describe, expect, test } from 'vitest';
import { byDate, byKind, earlier, inOrder, keyOf, roman, type Summary, type Task } from './mandates';
import { compared, isRewritten, side } from './words';

const summary = (number: number, adopted: string): Summary => {
  const year = Number(adopted.slice(0, 4));
  return { key: `${number}-${year}`, number, year, fictional: false, title: '', adopted, until: null };
};

describe('resolutions', () => {
  const all = [summary(2100, '2013-04-25'), summary(2364, '2017-06-29'), summary(2164, '2014-06-25')];

  test('are listed by date, the newest first', () => {
    expect(byDate(all).map((one) => one.number)).toEqual([2364, 2164, 2100]);
  });

  test('are compared with the one before', () => {
    expect(earlier(all, '2364-2017')?.key).toBe('2164-2014');
    expect(earlier(all, '2100-2013')).toBeNull();
    expect(earlier(all, 'none')).toBeNull();
  });

  test('have a key of number and year', () => {
    expect(keyOf({ number: 2295, year: 2016 })).toBe('2295-2016');
  });

  test('act under chapters in Roman numbers', () => {
    expect([roman(6), roman(7), roman(99)]).toEqual(['VI', 'VII', '99']);
  });
});

test('tasks stand by kind, in the order of the pack', () => {
  const task = (id: string, kind: Task['kind']): Task => ({ id, kind, priority: false, text: '', continues: [], modules: [], duplicate_of: null });
  const groups = byKind([task('b', 'task'), task('o', 'objective'), task('a', 'task')]);
  expect(groups.map(({ kind, tasks }) => [kind, tasks.map(({ id }) => id)])).toEqual([['objective', ['o']], ['task', ['b', 'a']]]);
});

test('ceilings stand in a fixed order, unknown ones last', () => {
  expect(inOrder({ police: 2, zebra: 9, military: 1, apes: 8 }).map(([name]) => name)).toEqual(['military', 'police', 'apes', 'zebra']);
});

describe('two texts', () => {
  const joined = (parts: { text: string }[]) => parts.map(({ text }) => text).join('');
  const [before, after] = ['Protect civilians under threat of violence', 'Protect civilians, in particular women, under threat of physical violence'];

  test('are both there again, each on its side', () => {
    const parts = compared(before, after);
    expect(joined(side(parts, 'before'))).toBe(before);
    expect(joined(side(parts, 'after'))).toBe(after);
  });

  test('differ only in the words that changed', () => {
    const parts = compared(before, after);
    expect(parts.filter(({ kind }) => kind === 'dropped').map(({ text }) => text.trim())).toEqual(['civilians']);
    expect(parts.filter(({ kind }) => kind === 'added').map(({ text }) => text.trim())).toEqual(['civilians, in particular women,', 'physical']);
  });

  test('with little in common are not marked word by word', () => {
    expect(isRewritten(compared(before, after))).toBe(false);
    expect(isRewritten(compared('Support the dialogue', 'Protect civilians and the towns'))).toBe(true);
    expect(isRewritten(compared('', ''))).toBe(false);
  });

  test('that are the same have nothing marked', () => {
    expect(compared(before, before)).toEqual([{ kind: 'kept', text: before }]);
    expect(compared('', '')).toEqual([]);
    expect(compared('', 'new')).toEqual([{ kind: 'added', text: 'new' }]);
  });
});
