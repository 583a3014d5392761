// Accounts, through the pages alone: adding people, shutting them out, passwords, codes and tokens.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { base, close, credentials, open, picture, signedIn, signIn, sound, visitor } from './browser.mjs';

before(open);
after(close);

/** A watch officer, added by the form; their name and the password that it shows once. */
async function added(name) {
  const page = await signedIn();
  await page.goto('/users');
  await page.getByRole('button', { name: 'Add a user' }).click();
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Name as shown').fill(`Officer ${name}`);
  await page.getByRole('group', { name: 'Roles' }).getByLabel('JOC watch officer').check();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  return { page, who: { name, password: await shownOnce(page, name) } };
}

/** A secret that is shown once: the keyboard is on it, and it goes when somebody has it. */
async function shownOnce(page, name) {
  const shown = page.getByRole('group', { name: `Password of ${name}` });
  await shown.and(page.locator(':focus')).waitFor();
  const secret = await shown.locator('bdi').textContent();
  await shown.getByRole('button', { name: 'I have passed it on' }).click();
  await shown.waitFor({ state: 'detached' });
  return secret;
}

/** Presses a button that asks once more, and the answer, by keyboard. */
async function surely(page, name) {
  await page.getByRole('button', { name }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
}

/** The six digits that a telephone shows for a secret, so many steps of 30 seconds from now. */
function oneTimeCode(secret, steps = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', key).update(counter).digest();
  const code = (digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff) % 1_000_000;
  return `${code}`.padStart(6, '0');
}

test('an administrator adds somebody, who signs in and sees less', async () => {
  const { page, who } = await added('awa');
  await page.getByRole('rowheader', { name: 'Officer awa' }).waitFor();
  await sound(page, 'users');
  await picture(page, 'users');
  const officer = await signedIn({}, who);
  await officer.goto('/');
  await officer.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await officer.getByRole('link', { name: 'Users' }).count(), 0);
  await officer.goto('/users');
  await officer.getByRole('alert').waitFor();
  assert.equal(await officer.getByText(credentials.name, { exact: true }).count(), 0);
  await sound(officer, 'users of somebody who may not');
});

test('rights are changed by the form, a new password is made, somebody is shut out and let in', async () => {
  const { page, who } = await added('boris');
  await page.getByRole('button', { name: 'Change boris' }).click();
  await page.getByRole('heading', { name: 'Change boris' }).and(page.locator(':focus')).waitFor();
  await sound(page, 'the form of a user');
  await page.getByLabel('Clearance').selectOption('confidential');
  await page.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'boris' }) });
  await row.getByText('Confidential').waitFor();

  await surely(page, 'New password boris');
  const fresh = { ...who, password: await shownOnce(page, 'boris') };
  assert.equal(await signIn(await visitor(), who), 401);
  const officer = await signedIn({}, fresh);
  await officer.goto('/account');
  await officer.getByRole('link', { name: 'Mandate' }).waitFor();

  await surely(page, 'Shut out boris');
  await row.getByText('shut out').waitFor();
  await officer.getByRole('link', { name: 'Mandate' }).click();
  await officer.getByText('Your session has ended').waitFor();
  assert.equal(await signIn(await visitor(), fresh), 401);
  await page.getByRole('button', { name: 'Let in boris' }).click();
  await row.getByText('may sign in').waitFor();
  assert.equal(await signIn(await visitor(), fresh), 200);
});

test('a person changes their password; the old one is good no more', async () => {
  const { who } = await added('chen');
  const page = await signedIn({}, who);
  await page.goto('/account');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await sound(page, 'account');
  await picture(page, 'account');
  const wanted = 'a longer one of their own';
  const change = page.getByRole('button', { name: 'Change password' });
  await page.getByLabel('Present password').fill('wrong wrong wrong');
  await page.getByLabel('New password', { exact: true }).fill(wanted);
  await page.getByLabel('New password again').fill('something else');
  await page.getByText('The two are not the same.').waitFor();
  assert.ok(await change.isDisabled());
  await page.getByLabel('New password again').fill(wanted);
  await change.click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Present password').fill(who.password);
  await page.keyboard.press('Enter');
  await page.getByText('Your password is changed').waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
  assert.equal(await page.getByLabel('Present password').inputValue(), '');
  assert.equal(await signIn(await visitor(), who), 401);
  assert.equal(await signIn(await visitor(), { ...who, password: wanted }), 200);
});

test('a code generator is taken into use by its picture or key, asked for at sign-in, and given up', async () => {
  const { who } = await added('dina');
  const page = await signedIn({}, who);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Set up a code generator' }).press('Enter');
  const typed = page.getByLabel('Code it shows now');
  await typed.and(page.locator(':focus')).waitFor();
  const qr = page.getByRole('img', { name: 'QR code' });
  assert.ok(await qr.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)), 'the picture is drawn');
  const secret = (await page.locator('bdi.key').textContent()).replaceAll(' ', '');
  await typed.fill(oneTimeCode(secret));
  await page.keyboard.press('Enter');
  await page.getByText('From now on signing in asks for a code.').waitFor();
  await sound(page, 'account with codes');

  const other = await visitor();
  assert.equal(await signIn(other, who), 401);
  await other.goto('/sign-in');
  await other.getByLabel('User name').fill(who.name);
  await other.getByLabel('Password').fill(who.password);
  await other.getByLabel('Code').fill(oneTimeCode(secret, 1));
  await other.keyboard.press('Enter');
  await other.getByRole('link', { name: 'Officer dina' }).waitFor();

  await page.getByRole('button', { name: 'Stop using codes' }).click();
  await page.getByLabel('Your password').fill(who.password);
  await page.keyboard.press('Enter');
  await page.getByText('Signing in no longer asks for a code.').waitFor();
  assert.equal(await signIn(await visitor(), who), 200);
});

test('a token is made, shown once, good for what it says, and revoked', async () => {
  const page = await signedIn();
  const asks = async (token) => (await fetch(`${base}/api/registers`, { headers: { Authorization: `Bearer ${token}` } })).status;
  await page.goto('/account');
  await page.getByLabel('Name of the token').fill('a browser test');
  await page.getByLabel('Days it is valid').fill('1');
  await page.keyboard.press('Enter');
  const shown = page.getByRole('group', { name: 'Copy this token now' });
  await shown.and(page.locator(':focus')).waitFor();
  const token = await shown.locator('bdi').textContent();
  await sound(page, 'account with a token');
  assert.equal(await asks(token), 200);
  await shown.getByRole('button', { name: 'I have it' }).click();
  await page.reload();
  await page.getByRole('rowheader', { name: 'a browser test' }).waitFor();
  assert.equal(await page.getByText(token).count(), 0, 'shown once');
  await surely(page, 'Revoke a browser test');
  await page.getByText('The token a browser test is revoked.').waitFor();
  assert.equal(await asks(token), 401);
});
