import { afterEach, describe, expect, test, vi } from 'vitest';
import { classificationsOf, requests, ranked } from './facets.svelte';
import { Found } from './found.svelte';
import { highestOf } from './marking.svelte';
import { blank } from './question.svelte';
import { register } from '../../dev/register';

type Reply = { records: unknown[]; matched?: number; returned: number; more: boolean };

/** A node that answers when it is told to, in any order. */
function slowNode(): { asked: URL[]; answer: (at: number, reply: Reply) => void } {
  const asked: URL[] = [];
  const waiting: ((reply: Reply) => void)[] = [];
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => new Promise((resolve, reject) => {
    asked.push(new URL(address, 'http://node'));
    waiting.push((reply) => resolve(new Response(JSON.stringify(reply), { status: 200 })));
    init.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
  }));
  return { asked, answer: (at, reply) => waiting[at]?.(reply) };
}

const rows = (...ids: string[]): unknown[] => ids.map((id) => ({ id, conflict: false, values: {} }));
afterEach(() => vi.unstubAllGlobals());

describe('the records found', () => {
  test('are those of the latest question, in whatever order answers come', async () => {
    const node = slowNode();
    const found = new Found();
    const first = found.ask(register, new URLSearchParams({ q: 'old' }));
    const second = found.ask(register, new URLSearchParams({ q: 'new' }));
    node.answer(1, { records: rows('b'), matched: 1, returned: 1, more: false });
    node.answer(0, { records: rows('a'), matched: 9, returned: 1, more: true });
    await Promise.all([first, second]);
    expect(found.rows.map((row) => row.id)).toEqual(['b']);
    expect([found.matched, found.more, found.busy]).toEqual([1, false, false]);
  });

  test('go on after those that are here, and keep the exact count', async () => {
    const node = slowNode();
    const found = new Found();
    const first = found.ask(register, new URLSearchParams());
    node.answer(0, { records: rows('a', 'b'), matched: 3, returned: 2, more: true });
    await first;
    const more = found.askMore();
    node.answer(1, { records: rows('c'), returned: 1, more: false });
    await more;
    expect(found.rows.map((row) => row.id)).toEqual(['a', 'b', 'c']);
    expect(node.asked.map((url) => [url.searchParams.get('count'), url.searchParams.get('offset')])).toEqual([['true', null], [null, '2']]);
    expect(found.matched).toBe(3);
    await found.askMore();
    expect(node.asked).toHaveLength(2);
  });

  test('are each there once, also where somebody filed one while more were asked for', async () => {
    const node = slowNode();
    const found = new Found();
    const first = found.ask(register, new URLSearchParams());
    node.answer(0, { records: rows('b', 'a'), matched: 3, returned: 2, more: true });
    await first;
    const more = found.askMore();
    node.answer(1, { records: rows('a', 'z'), returned: 2, more: false });
    await more;
    expect(found.rows.map((row) => row.id)).toEqual(['b', 'a', 'z']);
  });

  test('of another register leave the screen at once', async () => {
    const node = slowNode();
    const found = new Found();
    const first = found.ask(register, new URLSearchParams());
    node.answer(0, { records: rows('a'), matched: 1, returned: 1, more: true });
    await first;
    void found.ask({ ...register, name: 'site' }, new URLSearchParams());
    expect([found.rows, found.matched, found.more]).toEqual([[], null, false]);
  });

  test('stay on the screen when the node is gone, with what went wrong', async () => {
    const node = slowNode();
    const found = new Found();
    const first = found.ask(register, new URLSearchParams());
    node.answer(0, { records: rows('a'), matched: 1, returned: 1, more: false });
    await first;
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('gone')));
    await found.again();
    expect(found.rows).toHaveLength(1);
    expect(found.problem).toMatchObject({ code: 'unreachable' });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"records": [')));
    await found.again();
    expect(found.problem, 'an answer that breaks off').toMatchObject({ code: 'unreachable' });
    expect(found.busy).toBe(false);
  });
});

test('the marking knows the classifications of the whole answer, also where a record has none', async () => {
  vi.stubGlobal('fetch', (address: string) => {
    const asked = new URL(address, 'http://node').searchParams;
    expect([asked.get('fields'), asked.get('q')]).toEqual(['classification', 'well']);
    const counts = [{ code: 'confidential', count: 2 }, { code: null, count: 1 }, { code: 'strictly-confidential', count: 0 }];
    return Promise.resolve(new Response(JSON.stringify({ classification: counts })));
  });
  const given = new URLSearchParams({ q: 'well' });
  const levels = await classificationsOf(register, given, new AbortController().signal);
  expect(levels).toEqual(['confidential', null]);
  expect([highestOf(levels), highestOf(['confidential', 'unclassified']), highestOf([])]).toEqual(['strictly-confidential', 'confidential', 'unclassified']);
});

describe('the counts beside choices', () => {
  test('leave out the own choice of a field, and of no other', () => {
    const asked = { ...blank('incident'), codes: { type: ['A'] }, areas: ['1:ML05'] };
    const all = requests(asked, register, ['type', 'verification', 'admin1']).map((given) => [given.get('fields'), given.get('filter')]);
    expect(all).toEqual([
      ['verification', "(type IN ('A')) AND (admin1 IN ('ML05'))"],
      ['type', "admin1 IN ('ML05')"],
      ['admin1', "type IN ('A')"],
    ]);
  });

  test('are one request where nothing is narrowed', () => {
    expect(requests(blank('incident'), register, ['type', 'verification'])).toHaveLength(1);
  });

  test('rank by frequency and keep what is chosen', () => {
    const counts = [{ code: 'a', count: 1 }, { code: 'b', count: 5 }, { code: null, count: 9 }];
    expect(ranked(counts, ['z']).map((one) => one.code)).toEqual(['b', 'a', 'z']);
  });
});
