// What phones sent and somebody has to look at: it comes over HTTP with a phone's key, and is listed,
// opened, tried again and closed by whoever administers.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { base, casque, close, credentials, open, picture, sent, signedIn, sound } from './browser.mjs';

before(open);
after(close);

/** Sends a document as a phone does; the status. */
async function submitted(server, xml) {
  const body = new FormData();
  body.append('xml_submission_file', new Blob([xml], { type: 'text/xml' }), 'submission.xml');
  body.append('canary.txt', new Blob(['seen'], { type: 'text/plain' }), 'canary.txt');
  const headers = { 'X-OpenRosa-Version': '1.0', Date: new Date().toUTCString() };
  const answer = await fetch(`${server}/submission?deviceID=collect%3Aabc`, { method: 'POST', headers, body });
  return answer.status;
}

/** An incident that says nothing but its summary. */
function bad(instance) {
  return `<?xml version='1.0'?><data id="incident" version="1" xmlns:orx="http://openrosa.org/xforms">`
    + `<summary>A canary</summary><orx:meta><orx:instanceID>${instance}</orx:instanceID></orx:meta></data>`;
}

test('what a phone sent and does not fit is listed, opened, tried again and closed, by keyboard', async () => {
  const { url } = JSON.parse(casque('phone', 'invite', '--user', credentials.name, '--url', base, '--json'));
  const instance = `uuid:${crypto.randomUUID()}`;
  assert.equal(await submitted(url, bad(instance)), 202);
  const page = await signedIn();
  await page.goto('/phones');
  await page.getByRole('link', { name: /^Phones \(\d+\)$/ }).waitFor();
  const row = page.getByRole('row').filter({ hasText: credentials.name }).filter({ hasText: 'In no record' }).first();
  await row.waitFor();
  assert.match(await row.innerText(), /: this field must have a value/);
  await sound(page, 'what phones sent');
  await picture(page, 'phones');
  await row.getByRole('link').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /sent by admin$/ }).waitFor();
  await page.getByText(instance, { exact: true }).waitFor();
  await page.getByRole('region', { name: 'Document as it came' }).last().getByText('A canary').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'canary.txt' }).click()]);
  assert.equal(download.suggestedFilename(), 'canary.txt');
  await sound(page, 'one thing that a phone sent');
  await picture(page, 'phone-sent');
  for (const [button, reason] of [['Try again', 'perhaps now'], ['Close it', 'a test of the phone']]) {
    await page.getByRole('button', { name: button }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: button });
    await dialog.getByLabel('Reason').fill(reason);
    await sound(page, button);
    await page.keyboard.press('Enter');
    await page.getByText(button === 'Try again' ? /^It still makes no record/ : /^It is closed\./).waitFor();
    await page.getByText(reason, { exact: true }).waitFor();
  }
  await page.getByRole('button', { name: 'Close it' }).waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
  await sound(page, 'one that is closed');
  const address = new URL(page.url()).pathname;
  await page.getByRole('link', { name: /Back to what phones sent/ }).click();
  await page.getByRole('heading', { level: 1, name: 'What phones sent and somebody has to look at' }).waitFor();
  await page.getByText('Nothing that a phone sent waits for somebody.').waitFor();
  assert.equal(await page.locator(`a[href="${address}"]`).count(), 0);
  await sound(page, 'nothing that a phone sent');
});

test('whoever may see nothing of it does not find it in the frame; the page is read in French', async () => {
  const who = { name: `phoneless-${Date.now()}`, password: 'nothing-from-phones-1' };
  const made = await sent(await signedIn(), 'POST', '/api/users', { ...who, roles: ['conduct-officer'] });
  assert.equal(made.status(), 201, await made.text());
  const page = await signedIn({ language: 'fr' }, who);
  await page.goto('/overdue');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(await page.getByRole('link', { name: /^Téléphones/ }).count(), 0);
  await page.goto('/phones');
  await page.getByText('Aucun envoi de téléphone n’attend d’être examiné.').waitFor();
  await sound(page, 'what phones sent in French');
});
