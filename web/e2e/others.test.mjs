// Mandate, account and users.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asked, close, credentials, open, picture, sent, signedIn, sound } from './browser.mjs';

before(open);
after(close);

test('a resolution shows its tasks and ceilings, and what it changed', async () => {
  const page = await signedIn();
  await page.goto('/mandate');
  const all = await asked(page, '/api/mandates');
  const { key } = all.find(({ number }) => number === 2164);
  const mandate = await asked(page, `/api/mandates/${key}`);
  await page.goto(`/mandate/${key}`);
  for (const { id } of mandate.tasks) await page.getByText(id, { exact: true }).first().waitFor();
  await sound(page, 'mandate');
  await picture(page, 'mandate');
  const later = all.find(({ number }) => number === 2364);
  const diff = await asked(page, `/api/mandates/${key}/diff/${later.key}`);
  assert.ok(diff.added.length > 0);
  await page.goto(`/mandate/${key}/diff/${later.key}`);
  for (const { id } of diff.added) await page.getByText(id, { exact: true }).first().waitFor();
  await sound(page, 'mandate diff');
  await picture(page, 'mandate-diff');
});

test('the mandate is read in French', async () => {
  const page = await signedIn({ language: 'fr' });
  await page.goto('/mandate');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await sound(page, 'mandate in French');
});

test('a token is made, shown once, good for what it says, and revoked', async () => {
  const page = await signedIn();
  await page.goto('/account');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await sound(page, 'account');
  await picture(page, 'account');
  const made = await sent(page, 'POST', '/api/tokens', { name: 'browser test', scope: 'read', days: 1 });
  assert.equal(made.status(), 201, await made.text());
  const { id } = await made.json();
  await page.reload();
  await page.getByText('browser test').first().waitFor();
  assert.equal((await sent(page, 'DELETE', `/api/tokens/${id}`)).status(), 204);
});

test('an administrator adds a user who sees less', async () => {
  const page = await signedIn();
  await page.goto('/users');
  await page.getByText(credentials.name, { exact: true }).first().waitFor();
  await sound(page, 'users');
  await picture(page, 'users');
  const password = 'a password of the tests';
  const added = await sent(page, 'POST', '/api/users', {
    name: 'reader', display: 'Reader', roles: ['observer'], areas: [], compartments: [], clearance: 'unclassified', password,
  });
  const { roles } = await asked(page, '/api/rights');
  if (added.status() !== 201) assert.fail(`${await added.text()} ${roles.map(({ name }) => name)}`);
  const reader = await signedIn({}, { name: 'reader', password });
  await reader.goto('/');
  await reader.getByRole('heading', { level: 1 }).waitFor();
  await reader.waitForLoadState('networkidle');
  assert.equal(await reader.getByRole('link', { name: 'Users' }).count(), 0);
  await reader.goto('/users');
  assert.equal(await reader.getByText(credentials.name, { exact: true }).count(), 0);
  await sound(reader, 'users of somebody who may not');
});

test('signing out ends the session for good', async () => {
  const page = await signedIn();
  await page.goto('/account');
  const cookies = await page.context().cookies();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in**');
  await page.context().addCookies(cookies);
  assert.equal((await sent(page, 'GET', '/api/session')).status(), 401);
});
