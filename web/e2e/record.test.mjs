// One record: what stands in it, what may be done to it, and that hostile text stays text.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { asked, casque, close, open, picture, sent, signedIn, sound } from './browser.mjs';

before(open);
after(close);

const HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}} \u202Eevil\u202C =1+1';
const FORM = '/api/registers/incident';
/** What the demo's incidents were imported from. */
const EVENTS = join(import.meta.dirname, '../../packs/minusma/demo/ucdp-mali-1990-2019.csv');

/** Values of a record that the form takes. */
async function values(page, change = {}) {
  const { records } = await asked(page, `${FORM}/records?limit=1&fields=type,occurred_at,summary`);
  const { type, occurred_at: at } = records[0].values;
  return { type, occurred_at: at, summary: 'A record of the browser tests', ...change };
}

async function made(page, change) {
  const answer = await sent(page, 'POST', `${FORM}/records`, { values: await values(page, change) });
  assert.equal(answer.status(), 201, await answer.text());
  const { id } = await answer.json();
  return { id, etag: answer.headers()['etag'], path: `${FORM}/records/${id}` };
}

test('a record shows its fields, its place, its history and its JSON', async () => {
  const page = await signedIn();
  const { records } = await asked(page, `${FORM}/records?limit=1&q=Madougou`);
  await page.goto(`/r/incident/${records[0].id}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('heading', { name: 'History' }).waitFor();
  await page.getByText('Madougou').first().waitFor();
  await page.waitForLoadState('networkidle');
  await sound(page, 'record');
  await picture(page, 'record');
});

test('a record moves along its workflow and says so in its history', async () => {
  const page = await signedIn();
  const { id, path } = await made(page);
  const { workflow } = await asked(page, FORM);
  const step = workflow.transitions.find(({ from, requires }) => from.includes('reported') && requires.length === 0);
  await page.goto(`/r/incident/${id}`);
  await page.getByRole('button', { name: step.label }).click();
  await page.getByRole('dialog', { name: step.label }).getByRole('button', { name: step.label }).click();
  await page.waitForFunction(
    async ([path, field, to]) => (await (await fetch(path)).json()).values[field] === to,
    [path, workflow.field, step.to],
  );
  const steps = await asked(page, `${path}/history`);
  assert.ok(steps.some(({ act }) => act === 'transition'));
  const next = workflow.transitions.find(({ from, requires }) => from.includes(step.to) && requires.includes('verified_on'));
  await page.getByRole('button', { name: next.label }).click();
  const dialog = page.getByRole('dialog', { name: next.label });
  await dialog.getByRole('button', { name: next.label }).click();
  const day = dialog.locator('#step-verified_on');
  await dialog.locator('#step-verified_on-wrong').waitFor();
  assert.equal(await day.getAttribute('aria-invalid'), 'true', 'what is missing is said at its field');
  await sound(page, 'a step that lacks something');
});

test('a comment is written and a file attached and read back', async () => {
  const page = await signedIn();
  const { id, path } = await made(page);
  await page.goto(`/r/incident/${id}`);
  const comments = page.getByRole('region', { name: 'Comments' });
  await comments.getByRole('textbox').fill(HOSTILE);
  await comments.getByRole('button').last().click();
  await comments.getByText('{{7*7}}').waitFor();
  const files = page.getByRole('region', { name: 'Attachments' });
  const content = 'one,two\n1,2\n';
  await files.locator('input[type=file]').setInputFiles({
    name: 'notes.csv', mimeType: 'text/csv', buffer: Buffer.from(content),
  });
  await files.getByRole('link', { name: /notes\.csv/ }).waitFor();
  await files.locator('input[type=file]').setInputFiles({
    name: 'the same.csv', mimeType: 'text/csv', buffer: Buffer.from(content),
  });
  await files.getByRole('link', { name: 'the same.csv' }).waitFor();
  assert.equal(await files.getByRole('link').count(), 2, 'one content under two names');
  await sound(page, 'record with files');
  const [file] = await asked(page, `${path}/attachments`);
  const back = await sent(page, 'GET', `${path}/attachments/${file.blob}`);
  assert.equal(await back.text(), content);
  assert.equal(back.headers()['x-content-type-options'], 'nosniff');
  assert.match(back.headers()['content-disposition'], /^attachment/);
});

test('hostile text is shown as the text it is, in every page that shows it', async () => {
  const page = await signedIn();
  const form = await asked(page, FORM);
  const fields = form.form.flatMap(({ children = [], ...field }) => (field.kind === 'group' ? children : [field]));
  const texts = fields.filter(({ type, name }) => type === 'text' && name !== 'source_id').map(({ name }) => name);
  const { id } = await made(page, Object.fromEntries(texts.map((name) => [name, HOSTILE])));
  for (const path of [`/r/incident/${id}`, `/r/incident/${id}/edit`, `/?q=7&selected=${id}`]) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    assert.equal(await page.locator('img[src=x]').count(), 0, path);
    await sound(page, `hostile text in ${path.split('?')[0]}`);
  }
});

/** A record whose deaths somebody corrected here while the source changed them too: its address. */
async function inConflict(page) {
  const [head, ...events] = readFileSync(EVENTS, 'utf8').trim().split('\n').map((row) => row.split(','));
  const event = events.find((cells) => cells.length === head.length);
  const { records } = await asked(page, `${FORM}/records?filter=${encodeURIComponent(`source_id = '${event[head.indexOf('id')]}'`)}`);
  const path = `${FORM}/records/${records[0].id}`;
  const known = records[0].values.deaths_best;
  const [ours, theirs] = [known + 901, known + 902];
  const edit = await sent(page, 'PATCH', path, { values: { deaths_best: ours } }, { 'If-Match': '*' });
  assert.equal(edit.status(), 200, await edit.text());
  event[head.indexOf('best')] = `${theirs}`;
  const file = join(mkdtempSync(join(tmpdir(), 'casque-e2e-')), 'next-release.csv');
  writeFileSync(file, `${head}\n${event}\n`);
  casque('import', '--register', 'incident', '--mapping', 'ucdp', file, '--yes');
  return { path, id: records[0].id, ours, theirs };
}

test('values that did not see each other are both shown until somebody settles which stands', async () => {
  const page = await signedIn();
  const { path, id, ours, theirs } = await inConflict(page);
  await page.goto(`/r/incident/${id}`);
  const conflict = page.getByRole('region', { name: 'Values in conflict' });
  const value = (number) => conflict.getByRole('radio', { name: number.toLocaleString('en') });
  await value(theirs).waitFor();
  await sound(page, 'record in conflict');
  await picture(page, 'conflict');
  await value(ours).check();
  await conflict.getByLabel('Reason').fill('The graves were counted');
  await page.keyboard.press('Enter');
  await conflict.waitFor({ state: 'detached' });
  const record = await asked(page, path);
  assert.deepEqual([record.values.deaths_best, record.conflicts], [ours, {}]);
  await page.getByText('The graves were counted').first().waitFor();
});

test('a record is deleted with a reason, which its history tells', async () => {
  const page = await signedIn();
  const { id, path } = await made(page);
  await page.goto(`/r/incident/${id}`);
  const button = page.getByRole('button', { name: 'Delete' });
  await button.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete this record?' });
  await dialog.getByLabel('Reason').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await button.and(page.locator(':focus')).waitFor();
  const change = await sent(page, 'PATCH', path, { values: { summary: 'Changed meanwhile' } }, { 'If-Match': '*' });
  assert.equal(change.status(), 200, await change.text());
  await button.press('Enter');
  await page.keyboard.type('Filed twice');
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Changed meanwhile' }).waitFor();
  await sound(page, 'deleting a record');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Deleted', { exact: true }).waitFor();
  await page.getByText('Filed twice').waitFor();
  assert.equal((await asked(page, path)).deleted, true);
});

test('a record that is not there and one that may not be seen look the same', async () => {
  const page = await signedIn();
  await page.goto('/r/incident/00000000000000000000000000');
  await page.getByRole('alert').or(page.getByText('There is nothing here')).first().waitFor();
  await sound(page, 'absent record');
});

test('a record prints, and no text of it is cut off', async () => {
  const page = await signedIn();
  const { id } = await made(page, { summary: 'Line after line\n'.repeat(100) });
  await page.goto(`/r/incident/${id}`);
  await page.getByRole('heading', { name: 'History' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  const cut = await page.locator('dd').evaluateAll((all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1).length);
  assert.equal(cut, 0);
  const { records } = await asked(page, `${FORM}/records?limit=1&q=Madougou`);
  await page.goto(`/r/incident/${records[0].id}`);
  await page.getByRole('heading', { name: 'History' }).waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0, 'no navigation on paper');
  await picture(page, 'record-print');
});

test('a record speaks French, with the buttons of its map', async () => {
  const page = await signedIn({ language: 'fr' });
  const { records } = await asked(page, `${FORM}/records?limit=1&q=Madougou`);
  await page.goto(`/r/incident/${records[0].id}`);
  await page.getByRole('heading', { name: 'Historique' }).waitFor();
  await page.getByRole('button', { name: 'Agrandir' }).waitFor();
  await sound(page, 'record in French');
});
