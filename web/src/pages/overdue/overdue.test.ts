import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { durationText } from '../../lib/duration';
import { wordFor } from '../../lib/leftOut.svelte';
import { settle, transit } from '../../lib/record';
import { loadSession } from '../../lib/session.svelte';
import type { Overdue, ShownRecord } from '../../lib/types';
import { useLanguage } from '../../lib/words.svelte';
import { register } from '../../../dev/register';
import Workflow from '../record/Workflow.svelte';
import OverduePage from './OverduePage.svelte';

const DEADLINE = { name: 'check', label: 'Checked in time', states: ['reported'], within: '1h', within_s: 3600 };
const transitions = register.workflow?.transitions.map((step) => ({ ...step, roles: ['joc-chief', 'watch'] })) ?? [];
const described = { ...register, workflow: { name: 'verification', field: 'verification', transitions, deadlines: [DEADLINE] } };
const late: Overdue = {
  register: 'incident', record: '01J', title: 'A shot', state: 'reported', deadline: 'check',
  due: '2026-11-22T08:00:00Z', overdue_s: 93_784, escalated_to: [], area: 'ML05',
};
let asked: string[] = [];
let found: Overdue[] = [];

beforeEach(async () => {
  [asked, found] = [[], [late, { ...late, record: '02J', title: null, escalated_to: ['joc-chief'] }]];
  vi.stubGlobal('fetch', (address: string) => {
    asked.push(address);
    const answers: Record<string, unknown> = {
      '/api/session': { user: { name: 'amina', roles: [] }, mission: { roles: [{ name: 'watch', title: 'Watch officer' }, { name: 'joc-chief', title: 'Chief JOC' }] } },
      '/api/registers': [{ name: 'incident', title: 'Incident', count: 2, can: {} }],
      '/api/registers/incident': described,
    };
    const body = address.startsWith('/api/overdue') ? found : (answers[address] ?? []);
    return Promise.resolve(new Response(JSON.stringify(body)));
  });
  await useLanguage('en');
  await loadSession();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('says what is overdue, by how much, and who is to act', async () => {
  render(OverduePage, {});
  const link = await screen.findByRole('link', { name: 'A shot' });
  expect(link.getAttribute('href')).toBe('/r/incident/01J');
  const [first, second] = screen.getAllByRole('row').slice(1);
  for (const text of ['Reported', 'Checked in time', '2026-11-22 08:00Z', '1 day 2 hr', 'Chief JOC, Watch officer']) {
    expect(first?.textContent).toContain(text);
  }
  expect(second?.textContent).toContain('Chief JOC');
  expect(second?.textContent).not.toContain('Watch officer');
  expect(screen.getByText('2 records are overdue, the longest first.')).toBeTruthy();
});

test('asks for what is this person\'s, and for everything when told', async () => {
  render(OverduePage, {});
  await screen.findByRole('link', { name: 'A shot' });
  expect(asked).toContain('/api/overdue?mine=true');
  found = [];
  await fireEvent.click(screen.getByRole('checkbox'));
  await screen.findByText('Nothing is overdue.');
  await fireEvent.change(screen.getByRole('combobox'), { target: { value: 'incident' } });
  await waitFor(() => expect(asked).toContain('/api/overdue?mine=false&register=incident'));
});

test('a record tells the clock that runs for it', async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 10, 30), toFake: ['Date'] });
  const clock = { state: 'reported', deadline: 'check', entered: '2026-11-22T10:00:00Z', due: '2026-11-22T11:00:00Z', overdue: false, escalated_to: [] };
  const record = { id: '01J', register: 'incident', values: { verification: 'reported' }, can: {}, clock } as unknown as ShownRecord;
  render(Workflow, { register: described, record, etag: '"1"', done: async () => {} });
  expect(screen.getByText('30 min left')).toBeTruthy();
  cleanup();
  const over = { ...record, clock: { ...clock, due: '2026-11-22T09:00:00Z', overdue: true, escalated_to: ['joc-chief'] } };
  render(Workflow, { register: described, record: over, etag: '"1"', done: async () => {} });
  expect(screen.getByText('Overdue by 1 hr 30 min')).toBeTruthy();
  expect(screen.getByText('Passed up to').nextElementSibling?.textContent).toBe('Chief JOC');
});

test.each([[0, '0 min'], [59, '0 min'], [60, '1 min'], [3600, '1 hr'], [3660, '1 hr 1 min'], [90_000, '1 day 1 hr'], [86_460, '1 day'], [-5, '0 min']])(
  '%d seconds are %s', (seconds, text) => expect(durationText(seconds, 'en')).toBe(text),
);

test('a step says which version of the record it was taken on, and what is said when another came between', async () => {
  const taken: (string | null)[] = [];
  const ask = globalThis.fetch;
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
    if (init.method !== 'POST') return ask(address, init);
    taken.push(new Headers(init.headers).get('If-Match'));
    return Promise.resolve(new Response(JSON.stringify({ title: 'Somebody changed the record' }), { status: 412 }));
  });
  const record = { id: '01J', register: 'incident', values: { verification: 'reported' }, can: { transition: true }, clock: null } as unknown as ShownRecord;
  const seen = vi.fn(async () => {});
  HTMLDialogElement.prototype.showModal = vi.fn();
  render(Workflow, { register: described, record, etag: '"v1"', done: seen });
  await fireEvent.click(screen.getByRole('button', { name: 'Confirm as verified' }));
  await fireEvent.submit(document.querySelector('dialog form') as HTMLFormElement);
  await screen.findByText('Somebody changed the record');
  expect(taken).toEqual(['"v1"']);
  expect(seen).toHaveBeenCalledOnce();
});

test('what the form left out at a step or a settled conflict is said on the page of the record', async () => {
  const warning = { code: 'answer-not-asked', severity: 'warning', column: 'deaths', text: 'is left out', fix: null };
  const answers = [{ id: '01J', warnings: [warning] }, { id: '01J' }, { id: '01J', warnings: [warning] }];
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(answers.shift()))));
  const aim = { register: 'incident', id: '01J', etag: '"v1"' };
  await settle(aim, 'deaths', { value: 3 }, 'counted');
  expect(wordFor('01J')).toEqual([warning]);
  await transit(aim, 'verify', {}, '');
  expect(wordFor('01J')).toEqual([]);
  await transit(aim, 'verify', {}, '');
  expect([wordFor('01J'), wordFor('02J')]).toEqual([[warning], []]);
});
