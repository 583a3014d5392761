// The picture: map, table, timeline and filters are views of one question, which stands in the address.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asked, close, open, picture, sent, signedIn, sound } from './browser.mjs';

before(open);
after(close);

/** The number of records the page says it found. */
async function found(page) {
  const count = page.getByTestId('count');
  await page.waitForFunction(() => /\d/.test(document.querySelector('[data-testid=count]')?.textContent ?? ''));
  return Number((await count.textContent()).replace(/[^\d]/g, ''));
}

/** Waits until the page says it found so many. */
async function finds(page, number) {
  await page.waitForFunction(
    (wanted) => Number((document.querySelector('[data-testid=count]')?.textContent ?? '').replace(/[^\d]/g, '')) === wanted,
    number,
  );
}

const all = '/api/registers/incident/records?limit=1&count=true';

test('the picture shows what the node holds: count, rows, map and timeline', async () => {
  const page = await signedIn();
  await page.goto('/');
  const { matched } = await asked(page, all);
  assert.equal(await found(page), matched);
  const grid = page.getByRole('grid');
  assert.equal(await grid.getAttribute('aria-rowcount'), String(matched + 1));
  assert.ok((await grid.getByRole('row').count()) > 10);
  await page.locator('canvas.maplibregl-canvas').waitFor();
  await page.getByRole('slider').first().waitFor();
  await page.waitForLoadState('networkidle');
  await sound(page, 'picture');
  await picture(page, 'picture');
});

test('a type, an area and dates narrow everything; the address keeps them; back undoes', async () => {
  const page = await signedIn();
  await page.goto('/');
  const before = await found(page);
  const filters = page.getByRole('complementary', { name: 'Filters' });
  await filters.getByLabel('From', { exact: true }).fill('2018-01-01');
  await filters.getByLabel('To', { exact: true }).fill('2018-12-31');
  await page.keyboard.press('Enter');
  const { matched } = await asked(page, `${all}&datetime=2018-01-01T00:00:00Z/2018-12-31T23:59:59Z`);
  assert.ok(matched > 0 && matched < before);
  await finds(page, matched);
  await page.getByRole('grid').getByText(/2018/).first().waitFor();
  await page.reload();
  await finds(page, matched);
  await filters.getByRole('checkbox').first().check();
  await page.waitForURL(/f\./);
  const [field, code] = [...new URL(page.url()).searchParams].find(([name]) => name.startsWith('f.'));
  const filter = encodeURIComponent(`${field.slice(2)} = '${code}'`);
  const narrower = await asked(page, `${all}&datetime=2018-01-01/2018-12-31&filter=${filter}`);
  assert.ok(narrower.matched > 0 && narrower.matched < matched);
  await finds(page, narrower.matched);
  await page.goBack();
  await finds(page, matched);
});

test('words are searched from the keyboard and rows are walked without a mouse', async () => {
  const page = await signedIn();
  await page.goto('/');
  await found(page);
  await page.keyboard.press('/');
  await page.keyboard.type('Madougou');
  await page.keyboard.press('Enter');
  const { matched } = await asked(page, `${all}&q=Madougou`);
  assert.ok(matched > 0);
  await finds(page, matched);
  await page.getByRole('grid').focus();
  await page.keyboard.press('j');
  await page.getByRole('row', { selected: true }).waitFor();
  await page.getByRole('grid').getByRole('button').press('Enter');
  await page.waitForURL(/order=oldest/);
  await page.getByRole('grid').press('Enter');
  await page.waitForURL('**/r/incident/*');
  await page.getByRole('main').and(page.locator(':focus')).waitFor();
  await page.getByRole('link', { name: 'Back to the picture' }).click();
  await page.waitForURL(/q=Madougou.*order=oldest/);
});

test('the map tells where the pointer is, in degrees and on the grid, and whose data it shows', async () => {
  const page = await signedIn();
  await page.goto('/');
  const map = page.getByRole('region', { name: 'Map and key' });
  await map.locator('canvas.maplibregl-canvas').hover();
  await map.getByText(/^\d+\.\d+° N, \d+\.\d+° [EW] · \d\d[C-X] [A-Z]{2} \d+ \d+$/).waitFor();
  await map.getByText(/Natural Earth/).waitFor();
});

test('a map whose tiles do not come says so; so does a record that cannot be asked for', async () => {
  const page = await signedIn();
  await page.route('**/tiles/incident/**', (route) => route.abort());
  await page.goto('/');
  const words = page.getByText('Parts of the map could not be loaded.');
  await words.waitFor();
  await page.waitForLoadState('networkidle');
  assert.ok(await words.isVisible());
  await page.context().setOffline(true);
  await page.getByRole('grid').press('j');
  await page.getByRole('region', { name: 'Selected record' }).getByRole('alert').filter({ hasText: 'does not answer' }).waitFor();
});

test('a browser without WebGL says so, and the table is there all the same', async () => {
  const page = await signedIn();
  await page.addInitScript(() => {
    const made = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return kind.startsWith('webgl') ? null : made.call(this, kind, ...rest);
    };
  });
  await page.goto('/');
  await page.getByText('it has no WebGL 2').waitFor();
  const { matched } = await asked(page, all);
  assert.equal(await found(page), matched);
  await sound(page, 'picture without WebGL');
});

test('the keys are listed, and Escape closes the list', async () => {
  const page = await signedIn();
  await page.goto('/');
  await found(page);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog');
  await keys.waitFor();
  await keys.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await keys.waitFor({ state: 'hidden' });
  await page.keyboard.press('n');
  await page.keyboard.press('?');
  await page.reload();
  await found(page);
  await page.keyboard.press('?');
  assert.equal(await keys.count(), 0, 'keys that were switched off stay off');
  await page.getByRole('button', { name: 'Keys' }).click();
  await keys.getByRole('checkbox').check();
  await keys.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('n');
  await page.waitForURL('**/r/incident/new');
});

test('the map draws what the filter leaves, and its tiles carry the filter', async () => {
  const page = await signedIn();
  const tiles = [];
  page.on('response', (answer) => {
    const url = new URL(answer.url());
    if (url.pathname.startsWith('/tiles/incident/')) tiles.push([url, answer.status()]);
  });
  const first = page.waitForResponse(/\/tiles\/incident\/\d/);
  await page.goto('/?register=incident&from=2018-01-01&to=2018-12-31');
  await first;
  await page.waitForLoadState('networkidle');
  assert.ok(tiles.length > 0, 'tiles of the register were asked for');
  for (const [url, status] of tiles) {
    assert.ok(status === 200 || status === 204 || status === 304, `${url.pathname}: ${status}`);
    assert.match(decodeURIComponent(url.search), /2018-01-01/);
  }
});

test('every register can be shown, also one without records', async () => {
  const page = await signedIn();
  for (const { name, count } of await asked(page, '/api/registers')) {
    await page.goto(`/?register=${name}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (count === 0) await page.getByText('There is no record yet.').first().waitFor();
    else assert.equal(await found(page), count);
    await page.waitForLoadState('networkidle');
    await sound(page, `register ${name}`);
  }
});

test('the picture holds in French, in the dark, and at twice the size', async () => {
  const page = await signedIn({ language: 'fr', theme: 'dark' });
  await page.goto('/');
  await page.getByRole('complementary', { name: 'Filtres' }).waitFor();
  await page.waitForLoadState('networkidle');
  await sound(page, 'picture in French');
  await picture(page, 'picture-fr');
  const small = await signedIn({ screen: { width: 683, height: 768 } });
  await small.goto('/');
  await found(small);
  await sound(small, 'picture at 200 %');
});

test('the marking counts what the map draws around the area searched', async () => {
  const page = await signedIn();
  const { records } = await asked(page, '/api/registers/incident/records?limit=1&fields=type,occurred_at');
  const { type, occurred_at: at } = records[0].values;
  const values = { type, occurred_at: at, summary: 'Quixotic', place: '16.2717 -0.0447', classification: 'confidential' };
  const made = await sent(page, 'POST', '/api/registers/incident/records', { values });
  assert.equal(made.status(), 201, await made.text());
  await page.goto('/?register=incident&q=Quixotic&bbox=-8,12,-7,13');
  await page.getByText('No record answers.').waitFor();
  await page.getByRole('banner').getByText('United Nations Confidential').waitFor();
});
