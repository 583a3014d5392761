// What is overdue, on its page and in the frame; the clock that runs for a record.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asked, close, open, picture, sent, signedIn, sound } from './browser.mjs';

before(open);
after(close);

const FORM = '/api/registers/alert';
const HOUR_MS = 3_600_000;

/** An alert that came in so long ago, and that nobody has graded. */
async function alert(page, hours, summary) {
  const { lists, form } = await asked(page, FORM);
  const fields = form.flatMap(function flat(item) { return item.kind === 'field' ? [item] : item.children.flatMap(flat); });
  const needed = fields.filter((field) => field.required && field.list);
  const codes = Object.fromEntries(needed.map((field) => [field.name, lists[field.list].find((code) => !code.retired).code]));
  const values = { ...codes, received_at: new Date(Date.now() - hours * HOUR_MS).toISOString(), alert_no: summary, summary };
  const answer = await sent(page, 'POST', `${FORM}/records`, { values });
  assert.equal(answer.status(), 201, await answer.text());
  return answer.json();
}

test('what is overdue is counted in the frame, listed with who is to act, and reached by keyboard', async () => {
  const page = await signedIn();
  await alert(page, 3, 'Nobody graded this');
  await page.goto('/overdue');
  const link = page.getByRole('link', { name: 'Nobody graded this' });
  await link.waitFor();
  await page.getByRole('link', { name: /^Overdue \(\d+\)$/ }).waitFor();
  await page.getByRole('row').filter({ hasText: 'Nobody graded this' }).getByText(/^2 hr 3\d min$/).waitFor();
  await sound(page, 'overdue');
  await picture(page, 'overdue');
  await link.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Nobody graded this' }).waitFor();
  await page.getByText(/^Overdue by 2 hr/).waitFor();
  await sound(page, 'a record that is overdue');
  await picture(page, 'record-overdue');
});

test('a clock that still runs says how much is left, in French too', async () => {
  const page = await signedIn({ language: 'fr' });
  const { id } = await alert(page, 0, 'Vient d’arriver');
  await page.goto(`/r/alert/${id}`);
  await page.getByText(/^Reste (29|30)\s+min$/).waitFor();
  await page.goto('/overdue');
  await page.getByRole('heading', { level: 1, name: 'En retard' }).waitFor();
  await page.getByText(/en retard/).last().waitFor();
  assert.equal(await page.getByRole('link', { name: 'Vient d’arriver' }).count(), 0);
  await sound(page, 'overdue in French');
});
