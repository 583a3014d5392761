import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadSession } from '../../lib/session.svelte';
import { levelOfSent, mayClose, type PhoneSent } from '../../lib/phoneSent.svelte';
import { useLanguage } from '../../lib/words.svelte';
import { register } from '../../../dev/register';
import PhonesPage from './PhonesPage.svelte';
import PhoneSentPage from './PhoneSentPage.svelte';

const ONE = '/api/phone/refused/01J';
const sent: PhoneSent = {
  id: '01J', form: 'incident', instance: 'uuid:1', user: 'omar', device: 'tablet-3', received: '2026-11-22T10:00:00Z', state: 'refused',
  record: null, files: [{ name: 'a.jpg', bytes: 2000, blob: 'b3', media_type: 'image/jpeg' }],
  findings: [{ code: 'required', column: 'title', text: 'this is needed', fix: 'fill it in' }], notes: null, content: true,
};
const closed: PhoneSent = {
  ...sent, id: '02J', state: 'partly', content: false, files: [{ name: null, bytes: 1, blob: null, media_type: 'image/png' }],
  findings: [{ code: 'phone-answers-unplaced', text: 'the form no longer asks …' }],
};
let administers = true;
let replies: Record<string, unknown> = {};
let deeds: [string, unknown][] = [];

beforeEach(async () => {
  HTMLDialogElement.prototype.showModal = vi.fn();
  HTMLDialogElement.prototype.close = function close() { this.dispatchEvent(new Event('close')); };
  [administers, deeds] = [true, []];
  replies = {
    '/api/registers': [{ name: 'incident', title: 'Incident', count: 2, can: { create: true } }],
    '/api/registers/incident': register,
    '/api/phone/refused': [sent, closed],
    [ONE]: { ...sent, xml: '<data>\u202e<script>1</' + 'script></data>' },
    '/api/phone/refused/02J': closed,
  };
  vi.stubGlobal('fetch', (address: string, init?: RequestInit) => {
    if (init?.method === 'POST') deeds.push([address, JSON.parse(String(init.body))]);
    const session = { user: { name: 'amina', roles: [], administers }, mission: { roles: [] } };
    const body = address === '/api/session' ? session : (replies[address] ?? []);
    return Promise.resolve(new Response(JSON.stringify(body)));
  });
  await useLanguage('en');
  await loadSession();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('what phones sent is listed in words, with a way to each', async () => {
  render(PhonesPage, {});
  const [first, second] = await screen.findAllByRole('link');
  expect(first?.getAttribute('href')).toBe('/phones/01J');
  expect(second?.getAttribute('href')).toBe('/phones/02J');
  const [row, other] = screen.getAllByRole('row').slice(1);
  for (const text of ['2026-11-22 10:00Z', 'omar', 'Incident', 'In no record', 'this is needed – fill it in']) expect(row?.textContent).toContain(text);
  for (const text of ['Partly in a record', 'the form no longer asks …']) expect(other?.textContent).toContain(text);
  expect(screen.getByText('2 things that phones sent, the latest first.')).toBeTruthy();
});

test('an empty list says what it would be of', async () => {
  replies['/api/phone/refused'] = [];
  render(PhonesPage, {});
  await screen.findByText('Nothing that a phone sent waits for somebody.');
  expect(screen.queryByRole('table')).toBeNull();
});

test('one shows its document as text and its files; trying again says what is still wrong, or what came of it', async () => {
  render(PhoneSentPage, { id: '01J' });
  const file = await screen.findByRole('link', { name: 'a.jpg' });
  expect(file.getAttribute('href')).toBe(`${ONE}/files/b3`);
  expect(document.querySelector('pre')?.textContent).toContain('<script>');
  for (const [record, words] of [[null, /^It still makes no record/], ['01R', 'It is in a record now.']] as const) {
    replies[`${ONE}/retry`] = { id: '01J', record, findings: [] };
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    const form = document.querySelector('dialog form') as HTMLFormElement;
    const reason = form.querySelector('input') as HTMLInputElement;
    expect(reason.required).toBe(true);
    await fireEvent.input(reason, { target: { value: ' mended ' } });
    await fireEvent.submit(form);
    await screen.findByText(words);
    await waitFor(() => expect(document.querySelector('dialog')).toBeNull());
  }
  expect(deeds).toEqual([[`${ONE}/retry`, { reason: 'mended' }], [`${ONE}/retry`, { reason: 'mended' }]]);
});

test('what is in one may be closed to whoever closes it', async () => {
  render(PhoneSentPage, { id: '02J' });
  await screen.findByText(/^What is in it is for those/);
  expect(document.querySelector('pre')).toBeNull();
  expect(screen.getByText('A file')).toBeTruthy();
  replies['/api/phone/refused/02J'] = { ...closed, state: 'dismissed', notes: [{ act: 'dismissed', user: 'amina', at: '2026-11-22T11:00:00Z', reason: 'twice' }] };
  await fireEvent.click(screen.getByRole('button', { name: 'Close it' }));
  await fireEvent.submit(document.querySelector('dialog form') as HTMLFormElement);
  await screen.findByText('It is closed. It stays on the node and is listed no more.');
  expect(screen.getByText('twice')).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Close it' })).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 })));
});

test('whoever does not administer may do so where they file and see what is in it', async () => {
  administers = false;
  await loadSession();
  expect([sent, closed, { ...sent, form: '' }, { ...sent, state: 'made' as const }].map(mayClose)).toEqual([true, false, false, false]);
});

test('the screen is marked as what is shown: by its register, by what it says itself, as the highest where nobody can tell', async () => {
  const said = (xml: string): PhoneSent => ({ ...sent, xml });
  const unknown = { ...sent, form: '' };
  const confidential = said('<d><classification> confidential </classification></d>');
  const levels = await Promise.all([closed, sent, confidential, said('<d><classification>odd</classification></d>'), unknown].map(levelOfSent));
  expect(levels).toEqual(['unclassified', register.classification, 'confidential', 'strictly-confidential', 'strictly-confidential']);
});
