import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';
import type { Register, ShownRecord } from '../../lib/types';
import Merged from './Merged.svelte';
import Similar from './Similar.svelte';

const field = (name: string, type: string) => ({ kind: 'field', name, label: name, type, required: false, list: null });
const register = { name: 'incident', title: 'Incident', form: [field('summary', 'text'), field('deaths', 'integer')], lists: {}, workflow: null, title_field: 'summary' } as unknown as Register;
const record = {
  id: 'A', register: 'incident', values: { summary: 'Mine', deaths: 4 }, conflicts: {}, comments: [], attachments: [], links: [],
  created: null, changed: null, batch: null, can: { edit: true }, is_merged: false,
} as unknown as ShownRecord;
const alike = { threshold: 0.7, look_alikes: [{ id: 'B', title: 'A mine', score: 0.83, values: {}, reasons: [{ part: 'place', score: 0.9, weight: 3, metres: 900 }] }] };

const sent: { url: string; body: unknown }[] = [];
function answering(): void {
  sent.length = 0;
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (init?.method === 'POST') sent.push({ url: String(url), body: JSON.parse(String(init.body)) });
    const body = String(url).endsWith('/alike') ? alike : { ...record, id: 'B', values: { summary: 'A mine', deaths: 4 } };
    return new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json', etag: '"1"' } });
  });
}
afterEach(() => vi.unstubAllGlobals());

test('a look-alike is told with its score, its reasons and its link, and can be said to be another thing', async () => {
  answering();
  const done = vi.fn(async () => {});
  render(Similar, { register, record, etag: '"1"', done });
  const link = await screen.findByRole('link', { name: 'A mine' });
  expect(link.getAttribute('href')).toBe('/r/incident/B');
  expect(document.body.textContent).toContain('alike-metres');
  const buttons = screen.getAllByRole('button');
  await fireEvent.click(buttons[1] as HTMLElement);
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(sent).toEqual([{ url: '/api/registers/incident/records/A/distinct', body: { other: 'B' } }]);
});

test('nothing is like a record that was deleted meanwhile', async () => {
  answering();
  const { rerender } = render(Similar, { register, record, etag: '"1"', done: async () => {} });
  await screen.findByRole('link', { name: 'A mine' });
  await rerender({ record: { ...record, deleted: true } as unknown as ShownRecord, etag: '"2"' });
  await waitFor(() => expect(screen.queryByRole('link')).toBeNull());
});

test('a record that was merged says so and leads to the one that is kept', () => {
  const away = { ...record, is_merged: true, merged_into: 'C' } as ShownRecord;
  render(Merged, { record: away, etag: '"1"', done: async () => {} });
  expect(screen.getByRole('link').getAttribute('href')).toBe('/r/incident/C');
  expect(screen.getAllByRole('button')).toHaveLength(1);
});
