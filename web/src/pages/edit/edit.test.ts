import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { followPerson, loadSession } from '../../lib/session.svelte';
import { useLanguage } from '../../lib/words.svelte';
import { register } from '../../../dev/register';
import { draftAddress, draftKey, draftsOf, type KeptDraft } from '../../lib/drafts.svelte';
import { wordFor } from '../../lib/leftOut.svelte';
import { enqueue, outbox, send } from '../../lib/outbox.svelte';
import type { Item } from '../../lib/types';
import Drafts from '../drafts/DraftsPage.svelte';
import Edit from '../Edit.svelte';

type Reply = [status: number, body: unknown, etag?: string];
interface Sent {
  method: string;
  path: string;
  body: unknown;
  etag: string | null;
  key?: string;
}

let sent: Sent[] = [];
let replies: Record<string, Reply | (() => Reply)> = {};

/** A node of which a test says what it answers, by method and path. */
function node(address: string, init: RequestInit): Promise<Response> {
  const method = init.method ?? 'GET';
  const headers = new Headers(init.headers);
  if (method !== 'GET') {
    const key = headers.get('Idempotency-Key');
    sent.push({ method, path: address, body: JSON.parse(String(init.body)), etag: headers.get('If-Match'), ...(key ? { key } : {}) });
  }
  const reply = replies[`${method} ${address}`];
  if (!reply) return Promise.reject(new TypeError('no such node'));
  const [status, body, etag] = typeof reply === 'function' ? reply() : reply;
  return Promise.resolve(new Response(JSON.stringify(body), { status, headers: etag ? { ETag: etag } : {} }));
}

const RECORDS = '/api/registers/incident/records';
const record = (values: object, user = 'amina'): object => ({
  id: '01J', register: 'incident', values, conflicts: {}, comments: [], attachments: [], links: [],
  created: null, changed: { at: '2026-11-21T08:00:00Z', user }, batch: null, can: {},
});
const refused = (...findings: object[]): Reply => [422, { type: 'tag:casque:2026:invalid', title: 'Not right', findings }];

beforeEach(async () => {
  localStorage.clear();
  sent = [];
  replies = {
    'GET /api/session': [200, { user: { name: 'amina' }, mission: { time_zone: 'UTC' }, limits: { attachment_bytes: 1000 } }],
    'GET /api/registers': [200, [{ name: 'incident', title: 'Incident', count: 0, can: {} }]],
    'GET /api/registers/incident': [200, register],
  };
  vi.stubGlobal('fetch', node);
  await useLanguage('en');
  await loadSession();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function opened(id: string | null): Promise<void> {
  render(Edit, { register: 'incident', id });
  await screen.findByLabelText(/^Summary/);
}

/** A new form with what every record needs. */
async function begun(): Promise<void> {
  await opened(null);
  await fireEvent.change(screen.getByLabelText(/^Type/), { target: { value: 'AC-CLASH' } });
  await fireEvent.input(screen.getByLabelText('Day'), { target: { value: '2019-05-04' } });
}

const BEGUN = { type: 'AC-CLASH', occurred_at: '2019-05-04T00:00:00Z', verification: 'reported' };
const summary = (): HTMLTextAreaElement => screen.getByLabelText(/^Summary/);
const save = (): Promise<boolean> => fireEvent.click(screen.getByRole('button', { name: 'Save' }));

describe('a new record', () => {
  test('that the node refuses keeps every text, and says what is wrong where it is wrong', async () => {
    replies[`POST ${RECORDS}`] = refused({ code: 'answer-missing', column: 'type', text: 'Type is needed', fix: 'choose one' });
    await begun();
    await fireEvent.input(summary(), { target: { value: "<b>it's</b>\n" } });
    await save();
    const alert = await screen.findByRole('alert');
    expect(alert.querySelector('a')?.getAttribute('href')).toBe('#field-type');
    const field = screen.getByLabelText(/^Type/);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent).toContain('Type is needed');
    expect(summary().value).toBe("<b>it's</b>\n");
    expect(sent[0]?.body).toEqual({ values: { ...BEGUN, summary: "<b>it's</b>\n" } });
    await waitFor(() => expect(document.activeElement?.contains(alert)).toBe(true));
  });

  test('is asked and sent by the time of the exercise', async () => {
    const began = Date.UTC(1999, 4, 4) - Date.now();
    const mission = { time_zone: 'UTC', exercise_loaded: { offset_ms: began } };
    replies['GET /api/session'] = [200, { user: { name: 'amina' }, mission, limits: { attachment_bytes: 1000 } }];
    const then = (items: readonly Item[]): Item[] => items.map((item) => {
      if (item.kind === 'group') return { ...item, children: then(item.children) };
      return item.name === 'summary' ? { ...item, relevant: "today() < date('2000-01-01')" } : item;
    });
    replies['GET /api/registers/incident'] = [200, { ...register, form: then(register.form) }];
    replies[`POST ${RECORDS}`] = [201, record({})];
    await loadSession();
    await begun();
    await fireEvent.input(summary(), { target: { value: 'on day 4' } });
    await save();
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toEqual({ values: { ...BEGUN, summary: 'on day 4' } });
  });

  test('that the node does not answer to is kept, leaves room for the next one, and becomes one record', async () => {
    await begun();
    await fireEvent.input(summary(), { target: { value: 'kept' } });
    await save();
    await screen.findByText(/sent by itself/);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(summary().value).toBe('kept');
    cleanup();
    await opened(null);
    expect(summary().value).toBe('');
    replies[`POST ${RECORDS}`] = [201, record({})];
    await send(true);
    expect(outbox.sent.at(-1)).toMatchObject({ register: 'incident', id: '01J' });
    expect(sent.map((one) => one.body)).toEqual([sent[0]?.body, sent[0]?.body]);
    expect(sent[0]?.key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(sent[1]?.key).toBe(sent[0]?.key);
    expect(draftsOf('amina')).toEqual([]);
  });

  test('that waits to be sent can be opened, changed and saved at once', async () => {
    await begun();
    await fireEvent.input(summary(), { target: { value: 'first' } });
    await save();
    await screen.findByText(/sent by itself/);
    cleanup();
    const [waiting] = draftsOf('amina');
    const [, , , , key] = draftAddress(waiting as KeptDraft).split('/');
    expect(draftAddress(waiting as KeptDraft)).toBe(`/r/incident/new/${sent[0]?.key}`);
    render(Edit, { register: 'incident', id: null, draft: key ?? null });
    await screen.findByDisplayValue('first');
    expect(draftsOf('amina')[0]?.draft.sending, 'looking at it does not stop it').toBeTruthy();
    await fireEvent.input(summary(), { target: { value: 'second' } });
    expect(draftsOf('amina')[0]?.draft.sending, 'writing on does').toBeUndefined();
    replies[`POST ${RECORDS}`] = [201, record({})];
    await save();
    await waitFor(() => expect(draftsOf('amina')).toEqual([]));
    expect(sent[1]?.body).toMatchObject({ values: { summary: 'second' } });
    expect(sent[1]?.key).toBe(sent[0]?.key);
  });

  test('that is refused later is kept with what the node said, and shows it when it is opened', async () => {
    await begun();
    await fireEvent.input(summary(), { target: { value: 'kept' } });
    await save();
    await screen.findByText(/sent by itself/);
    cleanup();
    replies[`POST ${RECORDS}`] = refused({ code: 'answer-missing', column: 'type', text: 'Type is needed', fix: null });
    await send(true);
    await send(true);
    expect(sent, 'what is refused is not sent again by itself').toHaveLength(2);
    render(Drafts, {});
    expect(await screen.findByText('Type is needed')).toBeTruthy();
    const link = await screen.findByRole('link', { name: /Open kept/ });
    cleanup();
    render(Edit, { register: 'incident', id: null, draft: link.getAttribute('href')?.split('/')[4] ?? null });
    await screen.findByDisplayValue('kept');
    expect(screen.getByLabelText(/^Type/).getAttribute('aria-invalid')).toBe('true');
  });

  test('without what it needs is not sent; what is missing is named, and nothing is lost', async () => {
    await opened(null);
    await fireEvent.input(summary(), { target: { value: 'half' } });
    await save();
    const alert = await screen.findByRole('alert');
    expect([...alert.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual(['#field-type', '#field-occurred_at']);
    await waitFor(() => expect(document.activeElement?.contains(alert)).toBe(true));
    expect(screen.getByLabelText(/^Type/).getAttribute('aria-invalid')).toBe('true');
    expect(summary().value).toBe('half');
    expect(sent).toEqual([]);
  });

  test('asks a field only where it matters', async () => {
    await opened(null);
    expect(screen.queryByLabelText('Kind of IED')).toBeNull();
    await fireEvent.change(screen.getByLabelText(/^Type/), { target: { value: 'TE-IED' } });
    expect(screen.getByLabelText('Kind of IED')).toBeTruthy();
  });

  test('does not offer a code that was retired', async () => {
    await opened(null);
    expect(screen.queryByRole('option', { name: 'Old type' })).toBeNull();
  });
});

describe('a repeat', () => {
  const add = (): Promise<boolean> => fireEvent.click(screen.getByRole('button', { name: 'Add Victims' }));
  const rows = (): HTMLElement[] => screen.queryAllByRole('group', { name: /^Victims \d/ });
  const type = (row: number, label: string, value: string): Promise<boolean> =>
    fireEvent.input(within(rows()[row] as HTMLElement).getByLabelText(new RegExp(`^${label}`)), { target: { value } });

  test('grows and shrinks by rows, with the keyboard where the work is', async () => {
    await begun();
    await add();
    await waitFor(() => expect(rows()[0]?.contains(document.activeElement)).toBe(true));
    await type(0, 'Name', 'Awa');
    await add();
    await waitFor(() => expect(rows()[1]?.contains(document.activeElement)).toBe(true));
    await type(1, 'Name', 'Bakary');
    expect(screen.getByText('Row 2 added.')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Move up Victims 2' }));
    await screen.findByText('Row 2 is now row 1.');
    expect(rows().map((row) => within(row).getByLabelText<HTMLInputElement>(/^Name/).value)).toEqual(['Bakary', 'Awa']);
    await waitFor(() => expect(rows()[0]?.contains(document.activeElement)).toBe(true));
    await fireEvent.click(screen.getByRole('button', { name: 'Remove Victims 1' }));
    await fireEvent.click(screen.getByRole('button', { name: /^Yes, remove it/ }));
    await screen.findByText('Row 1 removed. Rows left: 1.');
    replies[`POST ${RECORDS}`] = [201, record({})];
    await save();
    await waitFor(() => expect(sent[0]?.body).toEqual({ values: { ...BEGUN, victims: [{ name: 'Awa', count: '1' }] } }));
  });

  test('asks, checks and computes in each of its rows', async () => {
    await begun();
    await add();
    await add();
    await type(0, 'Age', '12');
    await type(1, 'Age', '130');
    expect(within(rows()[0] as HTMLElement).getByLabelText('Guardian')).toBeTruthy();
    expect(within(rows()[1] as HTMLElement).queryByLabelText('Guardian')).toBeNull();
    expect(screen.getByText('Nobody is that old.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Number of victims').value).toBe('2');
    expect(screen.getByLabelText<HTMLInputElement>('Years of all victims').value).toBe('142');
    await save();
    const alert = await screen.findByRole('alert');
    expect([...alert.querySelectorAll('a')].map((link) => link.textContent)).toEqual([
      'Victims 1, Name: An answer is needed.', 'Victims 2, Name: An answer is needed.', 'Victims 2, Age: Nobody is that old.',
    ]);
    expect(sent).toEqual([]);
  });

  test('sends no answer that its row does not ask for, and shows what the node says of one', async () => {
    await begun();
    await add();
    await type(0, 'Name', 'Awa');
    await type(0, 'Age', '12');
    await type(0, 'Guardian', 'Fanta');
    await type(0, 'Age', '40');
    replies[`POST ${RECORDS}`] = refused({ code: 'x', column: 'victims[1].name', text: 'No such name', fix: null });
    await save();
    await screen.findByRole('alert');
    expect(sent[0]?.body).toEqual({ values: { ...BEGUN, victims: [{ name: 'Awa', age: '40', count: '1' }] } });
    expect(within(rows()[0] as HTMLElement).getByText('No such name')).toBeTruthy();
    expect(within(rows()[0] as HTMLElement).getByLabelText(/^Name/).getAttribute('aria-invalid')).toBe('true');
  });

  test('that nobody touched stays as it is in a record', async () => {
    replies[`GET ${RECORDS}/01J`] = [200, record({ ...BEGUN, summary: 'before', victims: [{ name: 'Awa', age: 40 }] }), '"v1"'];
    replies[`PATCH ${RECORDS}/01J`] = [200, record({}), '"v2"'];
    await opened('01J');
    expect(within(rows()[0] as HTMLElement).getByLabelText<HTMLInputElement>(/^Age/).value).toBe('40');
    await fireEvent.input(summary(), { target: { value: 'after' } });
    await save();
    await waitFor(() => expect(sent[0]?.body).toEqual({ values: { summary: 'after' } }));
  });
});

test('what the form left out of a record is said on its page', async () => {
  const warning = { code: 'answer-not-asked', severity: 'warning', column: 'deaths', text: 'is left out', fix: null };
  replies[`POST ${RECORDS}`] = [201, { ...record({}), warnings: [warning] }];
  await begun();
  await save();
  await waitFor(() => expect(wordFor('01J')).toEqual([warning]));
  expect(wordFor('02J')).toEqual([]);
});

describe('a change', () => {
  test('sends what was changed and nothing else, on top of what was seen', async () => {
    replies[`GET ${RECORDS}/01J`] = [200, record({ ...BEGUN, summary: 'before', deaths: 3 }), '"v1"'];
    replies[`PATCH ${RECORDS}/01J`] = [200, record({}), '"v2"'];
    await opened('01J');
    await fireEvent.input(screen.getByLabelText(/^Deaths/), { target: { value: '4' } });
    await save();
    await waitFor(() => expect(sent).toEqual([{ method: 'PATCH', path: `${RECORDS}/01J`, body: { values: { deaths: '4' } }, etag: '"v1"' }]));
  });

  test('that meets another one shows both, and saves what was chosen on top of the other', async () => {
    const current = (): Reply => [200, record({ ...BEGUN, summary: 'theirs', deaths: 9 }, 'boris'), '"v2"'];
    replies[`GET ${RECORDS}/01J`] = [200, record({ ...BEGUN, summary: 'before', deaths: 3, cost: 1 }), '"v1"'];
    replies[`PATCH ${RECORDS}/01J`] = [412, { type: 'tag:casque:2026:stale', title: 'Changed meanwhile' }];
    await opened('01J');
    await fireEvent.input(summary(), { target: { value: 'mine' } });
    await fireEvent.input(screen.getByLabelText(/^Deaths/), { target: { value: '4' } });
    await fireEvent.input(screen.getByLabelText(/^Region/), { target: { value: 'ML05' } });
    replies[`GET ${RECORDS}/01J`] = current;
    await save();
    await screen.findByText(/boris saved this record/);
    expect(screen.getByRole('radio', { name: 'theirs' })).toBeTruthy();
    expect(screen.queryByRole('radio', { name: 'ML05' })).toBeNull();
    await fireEvent.click(screen.getByRole('radio', { name: 'theirs' }));
    await fireEvent.click(screen.getByRole('radio', { name: '4' }));
    replies[`PATCH ${RECORDS}/01J`] = [200, record({}), '"v3"'];
    await fireEvent.click(screen.getByRole('button', { name: /Save with these/ }));
    await waitFor(() => expect(sent).toHaveLength(2));
    expect(sent[1]).toMatchObject({ etag: '"v2"', body: { values: { deaths: '4', admin1: 'ML05' } } });
    expect(Object.keys((sent[1]?.body as { values: object }).values)).toEqual(['admin1', 'deaths']);
  });
});

describe('a change whose answer was lost', () => {
  /** Waits, and is sent again to a record that has so many deaths now. */
  async function changedTo4(deaths: number): Promise<void> {
    replies[`GET ${RECORDS}/01J`] = [200, record({ ...BEGUN, deaths: 3 }), '"v1"'];
    await opened('01J');
    await fireEvent.input(screen.getByLabelText(/^Deaths/), { target: { value: '4' } });
    await save();
    await screen.findByText(/sent by itself/);
    cleanup();
    replies[`GET ${RECORDS}/01J`] = [200, record({ ...BEGUN, deaths }), '"v2"'];
    replies[`PATCH ${RECORDS}/01J`] = [412, { type: 'tag:casque:2026:stale', title: 'Changed meanwhile' }];
    await send(true);
  }

  test('is not made twice, and not held against its author', async () => {
    await changedTo4(4);
    expect(draftsOf('amina')).toEqual([]);
    expect(outbox.sent.at(-1)).toMatchObject({ id: '01J' });
  });

  test('waits for its author where somebody else was there meanwhile', async () => {
    await changedTo4(9);
    expect(draftsOf('amina')[0]?.draft.sending?.refused?.title).toBe('Changed meanwhile');
  });
});

describe('what waits', () => {
  /** One that was written at this minute of an hour, and has been saved. */
  function waits(minute: number, summary: string, key = `k${minute}`): KeptDraft {
    const draft = { answers: { summary }, before: {}, etag: null, at: `2026-11-22T10:0${minute}:00Z`, key };
    const kept = { name: draftKey('amina', 'incident', null, key), register: 'incident', id: null, draft };
    enqueue(kept, { summary });
    return kept;
  }

  test('goes as it is when it goes, not as it was when another one before it went', async () => {
    waits(1, 'first');
    waits(2, 'second');
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
      const reply = node(address, init);
      if (sent.length === 1) await answered;
      return reply;
    });
    replies[`POST ${RECORDS}`] = [201, record({})];
    const sending = send(true);
    await waitFor(() => expect(sent).toHaveLength(1));
    waits(2, 'second, mended');
    answer();
    await sending;
    expect(sent.map(({ body }) => body)).toEqual([{ values: { summary: 'first' } }, { values: { summary: 'second, mended' } }]);
    expect(draftsOf('amina')).toEqual([]);
  });

  test('stays where it was saved again while it went', async () => {
    const { name } = waits(1, 'first');
    replies[`POST ${RECORDS}`] = () => {
      const kept = draftsOf('amina')[0] as KeptDraft;
      enqueue({ ...kept, draft: { ...kept.draft, at: '2026-11-22T10:09:00Z' } }, { summary: 'mended' });
      return [201, record({})];
    };
    await send(true);
    expect(draftsOf('amina').map((one) => [one.name, one.draft.sending?.values])).toEqual([[name, { summary: 'mended' }]]);
  });

  test('does not go under the name of another person who signed in beside its author', async () => {
    const reload = vi.fn();
    vi.stubGlobal('location', { ...location, reload });
    replies[`POST ${RECORDS}`] = [201, record({})];
    waits(1, 'of amina');
    const of = (name: string): Reply => [200, { user: { name } }];
    replies['GET /api/session'] = of('omar');
    await send(true);
    expect(sent).toEqual([]);
    expect(reload).toHaveBeenCalledOnce();
    expect(draftsOf('amina')).toHaveLength(1);
    replies['GET /api/session'] = of('amina');
    await send(true);
    expect(sent).toHaveLength(1);
  });

  test('is left to the window that is sending it', async () => {
    let isFree = false;
    const request = (_name: string, _options: object, act: (lock: object | null) => unknown): unknown => act(isFree ? {} : null);
    Object.defineProperty(navigator, 'locks', { configurable: true, value: { request } });
    replies[`POST ${RECORDS}`] = [201, record({})];
    waits(1, 'in hand');
    await send(true);
    expect(sent).toEqual([]);
    isFree = true;
    await send(true);
    expect(sent).toHaveLength(1);
    Reflect.deleteProperty(navigator, 'locks');
  });
});

describe('a window', () => {
  test('begins anew when its person is not the one who is signed in at this browser', () => {
    const reload = vi.fn();
    vi.stubGlobal('location', { ...location, reload });
    const unfollow = followPerson();
    const heard = (newValue: string | null): boolean => dispatchEvent(new StorageEvent('storage', { key: 'casque-who', newValue }));
    heard('amina');
    dispatchEvent(new StorageEvent('storage', { key: 'casque-draft', newValue: null }));
    expect(reload).not.toHaveBeenCalled();
    heard('omar');
    heard(null);
    expect(reload).toHaveBeenCalledTimes(2);
    unfollow();
  });
});

describe('what is typed', () => {
  test('into a day stays there, a T as well; a moment pasted whole is parted', async () => {
    await opened(null);
    const input = (name: string): HTMLInputElement => screen.getByLabelText(name);
    for (const day of ['2', 'T', '2019-05-04T', '']) {
      await fireEvent.input(input('Day'), { target: { value: day } });
      expect([input('Day').value, document.activeElement === document.body, input('Time (UTC)').value]).toEqual([day, true, '']);
    }
    await fireEvent.input(input('Time (UTC)'), { target: { value: 'T9' } });
    expect([input('Day').value, input('Time (UTC)').value]).toEqual(['', 'T9']);
    await fireEvent.input(input('Time (UTC)'), { target: { value: '' } });
    await fireEvent.input(input('Day'), { target: { value: '2019-05-04T10:30' } });
    expect([input('Day').value, input('Time (UTC)').value]).toEqual(['2019-05-04', '10:30']);
  });

  test('into a field of another compartment is said not to come back', async () => {
    await opened(null);
    const field = screen.getByLabelText(/^Who told it/);
    const said = document.getElementById(field.getAttribute('aria-describedby') ?? '');
    expect(said?.textContent).toContain('not read it back');
  });

  test('is kept with the reason of the change', async () => {
    replies[`GET ${RECORDS}/01J`] = [200, record({ ...BEGUN, deaths: 3 }), '"v1"'];
    await opened('01J');
    await fireEvent.input(screen.getByLabelText(/^Reason/), { target: { value: 'graves counted' } });
    cleanup();
    await opened('01J');
    expect(screen.getByLabelText<HTMLInputElement>(/^Reason/).value).toBe('graves counted');
  });

  test('is kept at once: the page may be gone with the next keystroke', async () => {
    await opened(null);
    await fireEvent.input(summary(), { target: { value: 'half a sent' } });
    const kept = Object.values({ ...localStorage }).join('');
    expect(kept).toContain('half a sent');
    expect(screen.getByText(/Kept in this browser/)).toBeTruthy();
  });

  test('is not said to be kept where the browser has no room, and a warning says so', async () => {
    await opened(null);
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    await fireEvent.input(summary(), { target: { value: 'x' } });
    expect((await screen.findByRole('alert')).textContent).toContain('no room');
    expect(screen.queryByText(/Kept in this browser/)).toBeNull();
    full.mockRestore();
  });
});
