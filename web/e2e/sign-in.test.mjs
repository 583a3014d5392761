// Signing in: by keyboard alone, refused in plain words, in two languages.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { base, close, credentials, open, picture, sound, visitor } from './browser.mjs';

before(open);
after(close);

test('whoever has not signed in is brought to the sign-in page, and back to where they wanted to go', async () => {
  const page = await visitor();
  await page.goto('/mandate');
  assert.equal(new URL(page.url()).pathname, '/sign-in');
  await sound(page, 'sign-in');
  await picture(page, 'sign-in');
  await page.getByLabel('User name').focus();
  await page.keyboard.type(credentials.name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(credentials.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/mandate');
  await page.getByRole('heading', { level: 1 }).waitFor();
});

test('a wrong password and an unknown name are refused in the same words', async () => {
  const told = [];
  for (const name of [credentials.name, 'nobody-of-this-name']) {
    const page = await visitor();
    await page.goto('/sign-in');
    await page.getByLabel('User name').fill(name);
    await page.getByLabel('Password').fill('wrong wrong wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    const failure = page.getByRole('alert');
    await failure.waitFor();
    told.push(await failure.textContent());
    assert.equal(await page.getByLabel('User name').inputValue(), name, 'what was typed stays');
  }
  assert.equal(told[0], told[1]);
  assert.match(told[0], /wrong/);
});

test('a browser that keeps nothing for us serves as well', async () => {
  const page = await visitor();
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'localStorage', { get: () => { throw new DOMException('', 'SecurityError'); } });
  });
  await page.goto('/sign-in');
  await page.getByLabel('User name').fill(credentials.name);
  await page.getByLabel('Password').fill(credentials.password);
  await page.keyboard.press('Enter');
  await page.getByRole('grid').waitFor();
  assert.deepEqual(page.faults, []);
});

test('the sign-in page speaks French to a French browser', async () => {
  const page = await visitor({ language: 'fr', theme: 'dark' });
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Se connecter' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  await sound(page, 'sign-in in French');
});

test('nothing but the sign-in page, its assets and the health check answers a stranger', async () => {
  const page = await visitor();
  const loaded = [];
  page.on('response', (answer) => loaded.push(new URL(answer.url()).pathname));
  await page.goto('/sign-in');
  await page.getByLabel('Password').waitFor();
  assert.ok(loaded.length < 8, `the sign-in page loads little: ${loaded.join(' ')}`);
  const request = page.context().request;
  assert.equal((await request.get(`${base}/health`)).status(), 200);
  for (const path of ['/api/session', '/api/registers', '/ogc/collections', '/tiles/basemap.json']) {
    assert.equal((await request.get(base + path)).status(), 401, path);
  }
});
