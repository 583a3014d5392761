// The form of a register: what is wrong is said at its field, and nothing typed is ever lost.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asked, close, open, patrolNeeds, picture, sent, signedIn, sound } from './browser.mjs';

before(open);
after(close);

const FORM = '/api/registers/incident';

async function filled(page, summary) {
  await page.goto('/r/incident/new');
  const { records } = await asked(page, `${FORM}/records?limit=1&fields=type`);
  await page.locator('#field-type').selectOption(records[0].values.type);
  await page.locator('#field-summary').fill(summary);
}

/** The inputs of the time of the event: a date, and a time beside it where there is one. */
async function fillTime(page, day) {
  const field = page.locator('#field-occurred_at');
  const kind = await field.getAttribute('type');
  await field.fill(kind === 'date' ? day : `${day}T10:30`);
}

test('what is missing is listed, named at its field, and nothing typed is lost', async () => {
  const page = await signedIn();
  await page.goto('/r/incident/new');
  await page.locator('#field-summary').fill('A shot heard north of the bridge');
  await page.getByRole('button', { name: 'Save' }).click();
  const summary = page.getByRole('alert');
  await summary.waitFor();
  const links = summary.getByRole('link');
  assert.ok((await links.count()) > 0, 'findings lead to their fields');
  assert.equal(await page.locator('#field-summary').inputValue(), 'A shot heard north of the bridge');
  await sound(page, 'refused form');
  await picture(page, 'form-refused');
  await links.first().click();
  const focused = await page.evaluate(() => document.activeElement?.closest('[id^=field-]')?.id ?? '');
  assert.match(focused, /^field-/);
});

test('a form that was left is there again after a reload, and is gone once it is saved', async () => {
  const page = await signedIn();
  await filled(page, 'Left in the middle');
  await page.getByText(/kept/i).first().waitFor();
  await page.reload();
  await page.locator('#field-summary').waitFor();
  assert.equal(await page.locator('#field-summary').inputValue(), 'Left in the middle');
  await fillTime(page, '2019-05-04');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/\/r\/incident\/(?!new)[^/]+$/);
  await page.getByRole('heading', { level: 1, name: 'Left in the middle' }).waitFor();
  await page.goto('/r/incident/new');
  await page.locator('#field-summary').waitFor();
  assert.equal(await page.locator('#field-summary').inputValue(), '');
});

test('what is saved while the node does not answer waits, and becomes one record by itself', async () => {
  const page = await signedIn();
  await filled(page, 'The link is down');
  await fillTime(page, '2019-05-04');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('sent by itself').waitFor();
  assert.equal(await page.locator('#field-summary').inputValue(), 'The link is down');
  await page.getByRole('link', { name: 'To send (1)' }).click();
  await page.getByText('Waits to be sent').waitFor();
  await page.getByText('The node does not answer at the moment').waitFor();
  await sound(page, 'things to send');
  await picture(page, 'drafts');
  await page.context().setOffline(false);
  await page.getByRole('link', { name: 'See the record' }).click();
  await page.getByRole('heading', { level: 1, name: 'The link is down' }).waitFor();
  const found = await asked(page, `${FORM}/records?count=true&limit=1&q=${encodeURIComponent('"The link is down"')}`);
  assert.equal(found.matched, 1);
  assert.equal(await page.getByRole('link', { name: /To send/ }).count(), 0);
});

test('who signs out is asked about what was not sent', async () => {
  const page = await signedIn();
  const other = await page.context().newPage();
  await other.goto('/drafts');
  await filled(page, 'Not for the next person');
  await other.getByRole('link', { name: 'To send (1)' }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('whoever uses this browser can read them').waitFor();
  await sound(page, 'asked when signing out');
  await dialog.getByRole('button', { name: 'Throw them away and sign out' }).click();
  await page.waitForURL(/\/sign-in/);
  const kept = await page.evaluate(() => Object.values({ ...localStorage }).join(''));
  assert.ok(!kept.includes('Not for the next person'));
  assert.deepEqual(await onDisk(page), [], 'nothing is left in the database of the browser');
  await other.waitForURL(/\/sign-in/);
});

/** What is in the browser's database. */
function onDisk(page) {
  const told = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return page.evaluate(`(async () => {
    const told = ${told};
    const database = await told(indexedDB.open('casque'));
    const keys = await Promise.all([...database.objectStoreNames].map((name) => told(database.transaction(name).objectStore(name).getAllKeys())));
    return keys.flat();
  })()`);
}

test('what the keyboard comes to is never behind the bar of the form', async () => {
  const page = await signedIn();
  await page.goto('/r/incident/new');
  await page.locator('#field-summary').waitFor();
  await page.locator('h1').click();
  const covered = [];
  for (let at = ''; at !== 'bar';) {
    await page.keyboard.press('Tab');
    at = await page.evaluate(() => {
      const [bar, here] = [document.querySelector('form > .buttons'), document.activeElement];
      if (bar.contains(here)) return 'bar';
      // Of a text of several lines the browser shows the one that is written in.
      const { top, bottom } = here.getBoundingClientRect();
      return Math.min(bottom, top + 24) > bar.getBoundingClientRect().top + 1 ? here.outerHTML.slice(0, 80) : '';
    });
    if (at && at !== 'bar') covered.push(at);
  }
  assert.deepEqual(covered, []);
});

test('of two editors the second sees what the first wrote, beside their own, and decides', async () => {
  const [first, second] = [await signedIn(), await signedIn()];
  await filled(first, 'Two people write');
  await fillTime(first, '2019-05-04');
  await first.getByRole('button', { name: 'Save' }).click();
  await first.waitForURL(/\/r\/incident\/(?!new)[^/]+$/);
  const id = new URL(first.url()).pathname.split('/').pop();
  await second.goto(`/r/incident/${id}/edit`);
  await second.locator('#field-summary').fill('What the second wrote');
  const path = `${FORM}/records/${id}`;
  const change = await sent(first, 'PATCH', path, { values: { summary: 'What the first wrote' } }, { 'If-Match': '*' });
  assert.equal(change.status(), 200, await change.text());
  await second.getByRole('button', { name: 'Save' }).click();
  await second.getByText('What the first wrote').first().waitFor();
  await second.getByText('What the second wrote').first().or(second.locator('#field-summary')).first().waitFor();
  await sound(second, 'two editors');
  await picture(second, 'two-editors');
  assert.equal((await asked(second, path)).values.summary, 'What the first wrote', 'nothing was overwritten');
});

test('a place is given by its grid reference; one that is none is refused and stays', async () => {
  const page = await signedIn();
  await filled(page, 'Given by radio');
  await fillTime(page, '2019-05-04');
  await page.getByLabel('MGRS').fill('30q zd 15880');
  await page.keyboard.press('Enter');
  await page.getByText('with as many digits north as east').waitFor();
  await page.getByRole('alert').filter({ hasText: 'must be mended' }).waitFor();
  await page.getByLabel('MGRS').fill('30q zd 15880 01273');
  await page.keyboard.press('Tab');
  assert.match(await page.getByLabel('Latitude').inputValue(), /^16\.27169/);
  assert.match(await page.getByLabel('Longitude').inputValue(), /^-0\.044[67]/);
  assert.equal(await page.getByLabel('MGRS').inputValue(), '30Q ZD 15880 01273');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Given by radio' }).waitFor();
  await page.getByText('30Q ZD 15880 01273').waitFor();
});

test('a repeat is rows that the keyboard adds, fills, moves and takes away', async () => {
  const page = await signedIn();
  await filled(page, 'Several actors');
  await fillTime(page, '2019-05-04');
  const add = page.getByRole('button', { name: 'Add Actors' });
  await add.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('A first actor');
  await add.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('A second actor');
  await page.getByRole('button', { name: 'Move up Actors 2' }).press('Enter');
  await page.getByText('Row 2 is now row 1.').waitFor();
  await add.press('Enter');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByRole('link', { name: /^Actors 3, / }).waitFor();
  await sound(page, 'rows');
  await picture(page, 'form-rows');
  await page.getByRole('button', { name: 'Remove Actors 3' }).press('Enter');
  await page.getByText('Rows left: 2.').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Several actors' }).waitFor();
  const cells = page.getByRole('table', { name: 'Actors' }).getByRole('cell');
  await cells.first().waitFor();
  assert.equal(await cells.first().innerText(), 'A second actor');
  await sound(page, 'record with rows');
  await picture(page, 'record-rows');
});

test('the form is one of a person who reads French', async () => {
  const page = await signedIn({ language: 'fr' });
  await page.goto('/r/incident/new');
  await page.locator('#field-summary').waitFor();
  await page.getByRole('button', { name: 'Enregistrer' }).waitFor();
  await sound(page, 'form in French');
  await picture(page, 'form-fr');
});

test('a route is drawn with the keyboard, written by hand, and stands in its record', async () => {
  const page = await signedIn();
  await page.goto('/r/patrol/new');
  await page.locator('#field-destination').fill('Ansongo');
  const text = page.locator('#field-route_line');
  const said = page.locator('#field-route_line-read');
  await text.fill('16.2717 -0.0447\nbehind the well');
  await page.getByText('No place is named by “behind the well”').waitFor();
  await text.fill('16.2717 -0.0447\n30Q ZD 20000 10000');
  await page.getByText(/^2 corners. [\d.]+ km long.$/).waitFor();
  await page.getByRole('button', { name: 'Draw on the map Route on the map' }).click();
  const canvas = page.locator('figure canvas');
  await canvas.waitFor();
  await page.getByRole('button', { name: 'Add a corner in the middle' }).waitFor();
  await page.waitForFunction(() => !document.querySelector('figure .deeds button').disabled);
  await canvas.focus();
  await page.keyboard.press('Enter');
  await said.filter({ hasText: /3 corners/ }).waitFor();
  await page.keyboard.press('p');
  await page.getByText(/^Corner 2 of 3:/).waitFor({ state: 'attached' });
  await page.keyboard.press('Delete');
  await said.filter({ hasText: /2 corners/ }).waitFor();
  await page.keyboard.press('Control+z');
  await said.filter({ hasText: /3 corners/ }).waitFor();
  const box = await canvas.boundingBox();
  await page.mouse.click(box.x + 60, box.y + 60);
  await said.filter({ hasText: /4 corners/ }).waitFor();
  const before = await text.inputValue();
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 120, { steps: 4 });
  await page.mouse.up();
  await said.filter({ hasText: /4 corners/ }).waitFor();
  assert.notEqual(await text.inputValue(), before, 'a corner was dragged');
  await sound(page, 'form with a drawn route');
  await page.locator('figure').scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  await picture(page, 'form-route');
  const drawn = (await text.inputValue()).split('\n').map((line) => line.split(' ').map(Number).reverse());
  await patrolNeeds(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL(/\/r\/patrol\/(?!new)[^/]+$/);
  const id = new URL(page.url()).pathname.split('/').pop();
  const { values } = await asked(page, `/api/registers/patrol/records/${id}`);
  assert.deepEqual(values.route_line, { type: 'LineString', coordinates: drawn });
  await page.goto(`/r/patrol/${id}/edit`);
  await said.filter({ hasText: /4 corners/ }).waitFor();
});
