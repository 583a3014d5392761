// The mandate, and leaving.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { asked, close, open, picture, sent, signedIn, sound } from './browser.mjs';

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
  for (const { id, text } of diff.added) await page.getByText(`${id} ${text}`, { exact: true }).first().waitFor();
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

test('whoever cannot be signed out is told so', async () => {
  const page = await signedIn();
  await page.goto('/account');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/sign-in**');
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
