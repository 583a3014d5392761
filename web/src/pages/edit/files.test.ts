import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hashOf } from '../../lib/hash';
import { Attempt } from '../../lib/attempt.svelte';
import { takeIn } from '../../lib/files';
import { draftKey, draftsOf, dropDraft, keepDraft, tidyFiles } from '../../lib/drafts.svelte';
import { send } from '../../lib/outbox.svelte';
import { describe, loadSession, signOut } from '../../lib/session.svelte';
import { useLanguage } from '../../lib/words.svelte';
import { photo } from '../../../dev/photo';
import { register } from '../../../dev/register';
import SignOut from '../../components/SignOut.svelte';
import Drafts from '../drafts/DraftsPage.svelte';
import Edit from '../Edit.svelte';

/** The browser's database, which this stand-in for a browser does not have. */
const shelves = vi.hoisted(() => ({ content: new Map<string, unknown>(), isFull: false }));
vi.mock('../../lib/database', () => ({
  put: async (shelf: string, key: string, value: unknown) => {
    if (shelves.isFull) throw new DOMException('', 'QuotaExceededError');
    shelves.content.set(`${shelf} ${key}`, value);
  },
  get: async (shelf: string, key: string) => shelves.content.get(`${shelf} ${key}`),
  keysWith: async (shelf: string, start: string) =>
    [...shelves.content.keys()].flatMap((key) => (key.startsWith(`${shelf} ${start}`) ? [key.slice(shelf.length + 1)] : [])),
  remove: async (shelf: string, keys: string[]) => keys.forEach((key) => shelves.content.delete(`${shelf} ${key}`)),
}));

interface Sent {
  what: string;
  body: unknown;
}
type Answer = (address: URL, body: unknown) => Promise<Response> | Response;

const BYTES_MAX = 1000;
const RECORDS = '/api/registers/incident/records';
let sent: Sent[] = [];
let isDead = false;
let attach: Answer;

beforeEach(async () => {
  localStorage.clear();
  shelves.content.clear();
  [sent, isDead, shelves.isFull] = [[], false, false];
  attach = async (address, body) => json(201, { blob: await hashOf(body as Blob), name: address.searchParams.get('name') });
  vi.stubGlobal('fetch', node);
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} }));
  await useLanguage('en');
  await loadSession();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status });
}

async function node(path: string, init: RequestInit): Promise<Response> {
  const address = new URL(path, 'http://node');
  const body = init.body instanceof Blob ? init.body : init.body ? JSON.parse(String(init.body)) : null;
  const session = { user: { name: 'amina' }, mission: { time_zone: 'Africa/Bamako' }, limits: { attachment_bytes: BYTES_MAX } };
  if (path === '/api/session') return json(200, session);
  if (path === '/api/registers') return json(200, [{ name: 'incident', title: 'Incident', count: 0, can: {} }]);
  if (path === '/api/registers/incident') return json(200, register);
  if (isDead) throw new TypeError('no such node');
  sent.push({ what: `${init.method} ${path}`, body });
  if (init.method === 'POST' && address.pathname === RECORDS) return json(201, { id: '01J' });
  return attach(address, body);
}

async function opened(): Promise<HTMLInputElement> {
  render(Edit, { register: 'incident', id: null });
  await fireEvent.change(await screen.findByLabelText(/^Type/), { target: { value: 'AC-CLASH' } });
  await fireEvent.input(screen.getByLabelText('Day'), { target: { value: '2019-05-04' } });
  return input();
}

const input = (): HTMLInputElement => document.querySelector('#field-photo') as HTMLInputElement;
const save = (): Promise<boolean> => fireEvent.click(screen.getByRole('button', { name: 'Save' }));
const choose = (...files: File[]): Promise<boolean> => fireEvent.change(input(), { target: { files } });
const text = (name: string, content: string): File => new File([content], name, { type: 'text/plain' });
const kept = (): number => [...shelves.content.keys()].filter((key) => key.startsWith('files ')).length;

test('the record goes first and names its file, then its files go, and nothing of them stays', async () => {
  await opened();
  await choose(text('one.txt', 'one'), text('two.txt', 'two'));
  await screen.findByText('two.txt is kept in this browser until it is sent.');
  const hash = await hashOf(text('', 'one'));
  expect(draftsOf('amina')[0]?.draft.files).toHaveLength(2);
  await save();
  await waitFor(() => expect(draftsOf('amina')).toEqual([]));
  expect(sent.map(({ what }) => what)).toEqual([
    `POST ${RECORDS}`, `POST ${RECORDS}/01J/attachments?name=one.txt&field=photo`, `POST ${RECORDS}/01J/attachments?name=two.txt&field=photo`,
  ]);
  expect(sent[0]?.body).toMatchObject({ values: { photo: hash } });
  await waitFor(() => expect(kept()).toBe(0));
});

test('what is sent while the node dies between a record and its file goes on where it was', async () => {
  await opened();
  await choose(text('one.txt', 'one'), text('two.txt', 'two'));
  await screen.findByText(/^two.txt is kept/);
  const whole = attach;
  attach = (address, body) => {
    if (address.searchParams.get('name') === 'two.txt') throw new TypeError('gone');
    return whole(address, body);
  };
  await save();
  await screen.findByText(/sent by itself/);
  expect(sent).toHaveLength(3);
  cleanup();
  attach = whole;
  await send(true);
  expect(draftsOf('amina')).toEqual([]);
  expect(sent.slice(3).map(({ what }) => what)).toEqual([`POST ${RECORDS}/01J/attachments?name=two.txt&field=photo`]);
});

test('a file that the node refuses is kept with its finding, beside a record that is filed', async () => {
  await opened();
  await choose(text('bad.txt', 'x'));
  await screen.findByText(/^bad.txt is kept/);
  const whole = attach;
  attach = () => json(422, { title: 'Not right', findings: [{ code: 'attachment-kind', text: 'It is no text.', fix: 'Attach another.' }] });
  await save();
  await waitFor(() => expect(draftsOf('amina')[0]?.draft.sending).toMatchObject({ record: '01J', refused: {} }));
  cleanup();
  render(Drafts);
  expect((await screen.findByText('It is no text. – Attach another.')).closest('li')?.textContent).toContain('bad.txt');
  const list = document.querySelector('ul.panel') as HTMLElement;
  expect(within(list).getByRole('link', { name: /See the record/ }).getAttribute('href')).toBe('/r/incident/01J');
  expect(kept()).toBe(1);
  attach = whole;
  await fireEvent.click(screen.getByRole('button', { name: 'Send again' }));
  await waitFor(() => expect(draftsOf('amina')).toEqual([]));
  expect(sent.filter(({ what }) => what === `POST ${RECORDS}`)).toHaveLength(1);
});

test('a file that arrives as another is not taken for sent', async () => {
  await opened();
  await choose(text('one.txt', 'one'));
  await screen.findByText(/^one.txt is kept/);
  attach = () => json(201, { blob: '00'.repeat(32) });
  await save();
  await waitFor(() => expect(draftsOf('amina')[0]?.draft.files?.[0]?.refused?.title).toContain('damaged'));
});

test('what is too large, empty, or finds no room is said at once and not sent', async () => {
  await opened();
  await choose(text('large.txt', 'x'.repeat(BYTES_MAX + 1)), text('empty.txt', ''), text('fits.txt', 'x'.repeat(BYTES_MAX)));
  await screen.findByText(/large.txt has 1 kB. Files of up to 1 kB are taken./);
  await screen.findByText(/^fits.txt is kept/);
  expect(screen.getByText(/^empty.txt is empty/)).toBeTruthy();
  shelves.isFull = true;
  await choose(text('other.txt', 'other'));
  await screen.findByText(/no room to keep other.txt/);
  expect(draftsOf('amina')[0]?.draft.files?.map((file) => file.name)).toEqual(['fits.txt']);
});

test('files are there again with their draft, and gone when it is thrown away', async () => {
  await opened();
  await choose(text('one.txt', 'one'));
  await screen.findByText(/^one.txt is kept/);
  cleanup();
  render(Edit, { register: 'incident', id: null });
  await screen.findByText('one.txt', { selector: 'strong' });
  await fireEvent.click(screen.getByRole('button', { name: 'Throw it away' }));
  await waitFor(() => expect(screen.queryByText('one.txt', { selector: 'strong' })).toBeNull());
  await waitFor(() => expect(kept()).toBe(0));
});

test('what a camera claims is shown, and goes into the record only where somebody says so', async () => {
  await opened();
  const shot = photo({ taken: '2019:05:03 23:30:00', lat: [16, 16, 18.12], lon: [0, 2, 40.92], west: true });
  await choose(new File([shot], 'well.jpg', { type: 'image/jpeg' }));
  await screen.findByText(/16.27170° N, 0.04470° W/);
  expect(screen.getByText(/2019-05-03 23:30 on its own clock, which says no zone; read in Africa\/Bamako: 2019-05-03 23:30Z/)).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('Latitude').value).toBe('');
  expect(screen.getByLabelText<HTMLInputElement>('Day').value).toBe('2019-05-04');
  await fireEvent.click(screen.getByRole('button', { name: 'Use as “Place”' }));
  expect(screen.getByLabelText<HTMLInputElement>('Latitude').value).toBe('16.27170');
  const time = screen.getByRole('button', { name: /Use as “Occurred at”/ });
  await fireEvent.click(time);
  expect(screen.getByLabelText<HTMLInputElement>('Day').value, 'what is there is asked about').toBe('2019-05-04');
  await fireEvent.click(screen.getByRole('button', { name: /put it in place of what is there/ }));
  expect(screen.getByLabelText<HTMLInputElement>('Day').value).toBe('2019-05-03');
});

test('a file taken out leaves its place to the next one', async () => {
  await opened();
  await choose(text('one.txt', 'one'), text('two.txt', 'two'));
  await screen.findByText(/^two.txt is kept/);
  const first = screen.getByText('one.txt', { selector: 'strong' }).closest('li') as HTMLElement;
  await fireEvent.click(within(first).getByRole('button', { name: /Take out/ }));
  await save();
  await waitFor(() => expect(draftsOf('amina')).toEqual([]));
  expect(sent[0]?.body).toMatchObject({ values: { photo: await hashOf(text('', 'two')) } });
  expect(sent).toHaveLength(2);
});

test('what is thrown away is off the disk before its author leaves, and so are files without a draft', async () => {
  const name = draftKey('amina', 'incident', null);
  keepDraft(name, { answers: { summary: 'secret' }, before: {}, etag: null, at: '2026-11-22T10:00:00Z' });
  await dropDraft(name);
  expect([...shelves.content.keys()].filter((key) => key.startsWith('drafts '))).toEqual([]);
  await takeIn('amina', text('taken-out.txt', 'x'), null, BYTES_MAX);
  await tidyFiles('amina');
  expect(kept(), 'a form may be about to name it').toBe(1);
  vi.stubGlobal('location', { ...location, assign: vi.fn() });
  attach = () => json(200, {});
  render(SignOut, { attempt: new Attempt() });
  await fireEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  await waitFor(() => expect(location.assign).toHaveBeenCalledWith('/sign-in'));
  expect(kept()).toBe(0);
});

test('a draft that only the database had room for can be thrown away', async () => {
  const name = draftKey('amina', 'incident', null);
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('', 'QuotaExceededError');
  });
  expect(keepDraft(name, { answers: { summary: 'secret' }, before: {}, etag: null, at: '2026-11-22T10:00:00Z' })).toBe(false);
  full.mockRestore();
  await waitFor(() => expect(shelves.content.has(`drafts ${name}`)).toBe(true));
  await dropDraft(name);
  expect(shelves.content.has(`drafts ${name}`)).toBe(false);
});

test('what a register is like is not written down once its reader has left', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  vi.stubGlobal('location', { ...location, assign: vi.fn() });
  attach = () => json(200, {});
  await describe('incident');
  await signOut();
  vi.runAllTimers();
  vi.useRealTimers();
  expect([...shelves.content.keys()].filter((key) => key.startsWith('known '))).toEqual([]);
});

test('what is known for one person is forgotten when another one signs in', async () => {
  const known = (): string[] => [...shelves.content.keys()].filter((key) => key.startsWith('known '));
  await waitFor(() => expect(known()).toContain('known session'));
  shelves.content.set('known session', { session: { user: { name: 'omar' } } });
  shelves.content.set('known register\0omar\0incident', {});
  await loadSession();
  await waitFor(() => expect(known()).toEqual(['known session']));
  expect(shelves.content.get('known session')).toMatchObject({ session: { user: { name: 'amina' } } });
});
