// Records that may be about the same thing: seen while one is typed, merged, and parted again.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asked, close, open, picture, signedIn, sound } from './browser.mjs';

before(open);
after(close);

const RECORDS = '/api/registers/incident/records';
const [FIRST, SECOND] = ['Quicksand convoy stopped at the ford', 'Quicksand convoy stopped near the ford'];

async function typed(page, summary) {
  await page.goto('/r/incident/new');
  const type = page.locator('#field-type');
  await type.selectOption(await type.locator('option').nth(1).getAttribute('value'));
  await page.locator('#field-summary').fill(summary);
  await page.locator('#field-occurred_at').fill('2018-02-03');
  await page.getByLabel('Latitude').fill('17.5');
  await page.getByLabel('Longitude').fill('-1.5');
}

/** Saves what is typed; the id of the record. */
async function saved(page, summary) {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: summary }).waitFor();
  return new URL(page.url()).pathname.split('/').pop();
}

const matched = async (page) => (await asked(page, `${RECORDS}?count=true&limit=1&q=Quicksand`)).matched;

test('a look-alike is told of while it is typed, merged, and brought back', async () => {
  const page = await signedIn();
  await typed(page, FIRST);
  const first = await saved(page, FIRST);
  await typed(page, SECOND);
  await page.getByRole('button', { name: 'One record may be about the same' }).press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'similar');
  const link = page.locator('#similar').getByRole('link', { name: FIRST });
  assert.equal(await link.getAttribute('href'), `/r/incident/${first}`);
  assert.equal(await page.locator('#field-summary').inputValue(), SECOND, 'what is typed stays');
  await sound(page, 'form with a look-alike');
  await picture(page, 'form-alike');

  const second = await saved(page, SECOND);
  const panel = page.getByRole('region', { name: 'May be about the same' });
  await panel.getByRole('button', { name: `Merge into this one ${FIRST}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: FIRST }).check();
  await sound(page, 'asked when merging');
  await dialog.getByRole('button', { name: 'Merge into this one' }).click();
  await page.getByRole('heading', { level: 1, name: FIRST }).waitFor();
  await panel.waitFor({ state: 'detached' });
  assert.equal(await matched(page), 1, 'the other one left the lists');
  await sound(page, 'a record with a merged one');
  await picture(page, 'record-merged');

  await page.getByRole('region', { name: 'Merged into this record' }).getByRole('link', { name: FIRST }).click();
  await page.waitForURL(`**/r/incident/${first}`);
  await page.getByText('This record was merged into another.').waitFor();
  await sound(page, 'a record that was merged away');
  await page.getByRole('button', { name: 'Take the merge back' }).click();
  await dialog.getByRole('button', { name: 'Take the merge back' }).click();
  await page.getByText('This record was merged into another.').waitFor({ state: 'detached' });
  assert.equal(await matched(page), 2);
  const record = await asked(page, `${RECORDS}/${second}`);
  assert.equal(record.values.summary, SECOND, 'what was taken over has its former value');
});
