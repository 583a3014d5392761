import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { describe, expect, test, vi } from 'vitest';
import { register } from '../../dev/register';
import { question, useRegister } from '../lib/question.svelte';
import { navigate, route } from '../lib/route.svelte';
import { brushOf, columnAt, pressed, spanOfBrush, type State } from './brush';
import { bucketOf, columns, days, firstDay, lastDay, next, spanOf, stepFor } from './buckets';
import { columnName, spanName, ticks } from './names';
import Timeline from './Timeline.svelte';

const counted = (at: string, count: number, deaths = 0) => ({ at, count, sums: { deaths } });

describe('buckets', () => {
  test('have a first and a last day, in leap years too', () => {
    expect([firstDay('2018'), lastDay('2018')]).toEqual(['2018-01-01', '2018-12-31']);
    expect([firstDay('2016-02'), lastDay('2016-02'), lastDay('2018-02')]).toEqual(['2016-02-01', '2016-02-29', '2018-02-28']);
    expect([firstDay('2018-03-05'), lastDay('2018-03-05')]).toEqual(['2018-03-05', '2018-03-05']);
  });

  test('follow each other over the ends of months and years', () => {
    expect([next('2018-12-31'), next('2018-12'), next('1999')]).toEqual(['2019-01-01', '2019-01', '2000']);
    expect(next('2024-02-28')).toBe('2024-02-29');
  });

  test('are as fine as there is room for', () => {
    expect(stepFor({ from: '2018-01-01', to: '2018-03-31' })).toBe('day');
    expect(stepFor({ from: '2013-01-01', to: '2023-12-31' })).toBe('month');
    expect(stepFor({ from: '1990-01-01', to: '2019-12-31' })).toBe('year');
  });

  test('without a record are there, so that a gap is seen', () => {
    const all = columns([counted('2018-01', 2, 5), counted('2018-04', 1)], { from: '2018-01-01', to: '2018-04-30' }, 'month', 'deaths');
    expect(all).toEqual([
      { at: '2018-01', count: 2, figure: 5 }, { at: '2018-02', count: 0, figure: 0 },
      { at: '2018-03', count: 0, figure: 0 }, { at: '2018-04', count: 1, figure: 0 },
    ]);
  });

  test('span all that was counted, whatever the order', () => {
    expect(spanOf([counted('2018', 1), counted('2012', 3), counted('2020', 0)])).toEqual({ from: '2012-01-01', to: '2018-12-31' });
    expect(spanOf([])).toBeNull();
  });

  test('of a day and days of a span', () => {
    expect([bucketOf('2018-03-05', 'year'), bucketOf('2018-03-05', 'month')]).toEqual(['2018', '2018-03']);
    expect(days({ from: '2018-01-01', to: '2018-12-31' })).toBe(365);
  });
});

describe('the brush', () => {
  const length = 10;
  const at = (cursor: number, brush: State['brush'] = null): State => ({ cursor, brush });
  const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });

  test('arrows move the place of the keyboard and choose nothing yet', () => {
    expect(pressed(at(3), key('ArrowRight'), length)).toEqual(at(4));
    expect(pressed(at(0), key('ArrowLeft'), length)).toEqual(at(0));
    expect(pressed(at(3), key('End'), length)).toEqual(at(9));
  });

  test('Enter takes the column', () => {
    expect(pressed(at(3), key('Enter'), length)).toEqual(at(3, { anchor: 3, head: 3 }));
  });

  test('Shift extends from where one is, either way', () => {
    expect(pressed(at(3), key('ArrowRight', true), length)).toEqual(at(4, { anchor: 3, head: 4 }));
    expect(pressed(at(4, { anchor: 3, head: 4 }), key('ArrowLeft', true), length)).toEqual(at(3, { anchor: 3, head: 3 }));
    expect(pressed(at(4, { anchor: 3, head: 4 }), key('Home', true), length)).toEqual(at(0, { anchor: 3, head: 0 }));
  });

  test('arrows move a stretch as a whole and stop at the ends', () => {
    expect(pressed(at(4, { anchor: 2, head: 4 }), key('ArrowRight'), length)).toEqual(at(5, { anchor: 3, head: 5 }));
    expect(pressed(at(8, { anchor: 6, head: 8 }), key('PageUp'), length)).toEqual(at(9, { anchor: 7, head: 9 }));
    expect(pressed(at(1, { anchor: 3, head: 1 }), key('PageDown'), length)).toEqual(at(0, { anchor: 2, head: 0 }));
  });

  test('Escape clears, and without a stretch is left to others', () => {
    expect(pressed(at(4, { anchor: 2, head: 4 }), key('Escape'), length)).toEqual(at(4));
    expect(pressed(at(4), key('Escape'), length)).toBeNull();
    expect(pressed(at(4), key('x'), length)).toBeNull();
  });

  test('a pointer is over one column, at the edges too', () => {
    expect([columnAt(0, 10), columnAt(0.55, 10), columnAt(1, 10), columnAt(-0.2, 10)]).toEqual([0, 5, 9, 0]);
  });

  const all = columns([], { from: '2018-01-01', to: '2018-06-30' }, 'month', null);

  test('is whole buckets as days', () => {
    expect(spanOfBrush({ anchor: 2, head: 1 }, all)).toEqual({ from: '2018-02-01', to: '2018-03-31' });
  });

  test('covers every bucket that the days of a question touch', () => {
    expect(brushOf('2018-02-10', '2018-03-02', all, 'month')).toEqual({ anchor: 1, head: 2 });
    expect(brushOf('', '2018-02-10', all, 'month')).toEqual({ anchor: 0, head: 1 });
    expect(brushOf('2018-05-10', '', all, 'month')).toEqual({ anchor: 4, head: 5 });
    expect(brushOf('', '', all, 'month')).toBeNull();
    expect(brushOf('2020-01-01', '2020-02-01', all, 'month')).toBeNull();
  });
});

describe('names', () => {
  test('of columns, in the language of the reader', () => {
    expect([columnName('2018', 'fr'), columnName('2018-03', 'fr'), columnName('2018-03-01', 'en-GB')]).toEqual(['2018', 'mars 2018', '1 March 2018']);
  });

  test('of spans: one bucket by its name, any other by its ends', () => {
    expect(spanName({ from: '2018-03-01', to: '2018-03-31' }, 'en-GB')).toBe('March 2018');
    expect(spanName({ from: '2018-01-01', to: '2018-12-31' }, 'en-GB')).toBe('2018');
    expect(spanName({ from: '2018-03-01', to: '2018-04-02' }, 'en-GB')).toBe('1 March 2018 – 2 April 2018');
  });

  test('below the columns leave room for each other', () => {
    const all = columns([], { from: '2000-01-01', to: '2019-12-31' }, 'month', null);
    const shown = ticks(all, 'month', 'en');
    expect(shown.length).toBeLessThanOrEqual(9);
    expect(shown[0]).toEqual({ index: 0, label: '2000' });
  });
});

test('who has gone to another page is not brought back by the stretch of time they chose', async () => {
  vi.stubGlobal('fetch', (address: string) => {
    const by = new URL(address, 'http://node').searchParams.get('by');
    return Promise.resolve(new Response(JSON.stringify({ by, buckets: [counted(by === 'year' ? '2018' : '2018-03', 4)] })));
  });
  useRegister('incident');
  navigate('/?register=incident');
  render(Timeline, { register });
  const strip = await screen.findByRole('slider');
  vi.useFakeTimers();
  await fireEvent.keyDown(strip, { key: 'Enter' });
  navigate('/mandate');
  cleanup();
  vi.runAllTimers();
  expect([route.path, question.from]).toEqual(['/mandate', '']);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
