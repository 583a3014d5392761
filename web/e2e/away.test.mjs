// A node that is gone: the pages open without it, with everything that was written, and it has all of it
// once when it is back.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { asked, CHROMIUM, close, open, picture, QUIET, signedIn, sound } from './browser.mjs';
import { ownNode } from './node.mjs';

let node;
before(async () => {
  await open();
  node = await ownNode();
});
after(async () => {
  await close();
  await node?.remove();
});

const RECORDS = '/api/registers/incident/records';

/** The pages are kept some seconds after the first of them is shown. */
async function kept(page) {
  await page.evaluate(() => new Promise((done) => {
    const look = () => (navigator.serviceWorker.controller ? done() : setTimeout(look, 100));
    look();
  }));
}

async function filled(page, summary) {
  await page.goto('/r/incident/new');
  const type = page.locator('#field-type');
  await type.selectOption(await type.locator('option').nth(1).getAttribute('value'));
  await page.locator('#field-summary').fill(summary);
  await page.locator('#field-occurred_at').fill('2019-05-04');
}

test('a form and its file outlive a dead node and a reload, and are sent once when it is back', async () => {
  const page = await signedIn({ at: node.url }, node.who);
  await filled(page, 'The node is dead');
  await page.locator('#field-files').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('seen from the bridge') });
  await page.getByText('note.txt is kept in this browser').waitFor({ state: 'attached' });
  await kept(page);
  await node.stop();
  await page.reload();
  await page.locator('#field-summary').waitFor();
  assert.equal(await page.locator('#field-summary').inputValue(), 'The node is dead');
  await page.getByText(/The node does not answer. You work here as/).waitFor();
  await page.locator('strong', { hasText: 'note.txt' }).waitFor();
  await page.locator('#field-summary').fill('The node is dead, and this was written then');
  await sound(page, 'form without a node');
  await picture(page, 'form-without-node');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('sent by itself').waitFor();
  await page.goto('/drafts');
  await page.getByText('waits to be sent').first().waitFor();
  await sound(page, 'things to send without a node');
  await node.start();
  await page.getByRole('link', { name: 'See the record' }).click();
  await page.getByRole('heading', { level: 1, name: 'The node is dead, and this was written then' }).waitFor();
  const found = await asked(page, `${RECORDS}?count=true&limit=2&q=${encodeURIComponent('"written then"')}`);
  assert.equal(found.matched, 1, 'one record');
  const record = await asked(page, `${RECORDS}/${found.records[0].id}`);
  assert.deepEqual(record.attachments.map(({ name, bytes }) => [name, bytes]), [['note.txt', 20]]);
  assert.equal(await page.getByRole('link', { name: /To send/ }).count(), 0);
  assert.equal(await page.getByText('You work here as').count(), 0);
});

test('who signed out is not let in again by a dead node', async () => {
  const page = await signedIn({ at: node.url }, node.who);
  await page.goto('/drafts');
  await kept(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in/);
  await node.stop();
  await page.goto('/drafts');
  await page.getByText('No answer').or(page.getByRole('alert')).first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Sign out' }).count(), 0);
  await page.getByText('is there again when the node answers and you sign in').waitFor();
  await sound(page, 'nobody and no node');
  await node.start();
});

test('newer pages of the node are told of and loaded, and are those that open without it', async () => {
  const front = await renewable(node.url);
  const page = await signedIn({ at: front.url }, node.who);
  await page.goto('/drafts');
  await kept(page);
  front.renew();
  // As when the node was away for a while.
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await page.getByText('The node has newer pages').waitFor();
  await page.getByRole('button', { name: 'Load them' }).click();
  await page.waitForFunction(() => document.documentElement.outerHTML.includes('renewed build'));
  await front.close();
  await page.reload();
  await page.getByText('You work here as').waitFor();
  assert.ok((await page.content()).includes('renewed build'), 'the old pages are not opened again');
});

test('what was typed outlives a browser that is killed', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'casque-profile-'));
  try {
    const first = await started(folder);
    const page = await first.browser.contexts()[0].newPage();
    await page.goto(`${node.url}/r/incident/new`);
    await signInAt(page);
    await page.locator('#field-summary').fill('Written earlier');
    await page.locator('#field-files').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
    await page.getByText('note.txt is kept in this browser').waitFor({ state: 'attached' });
    await page.locator('#field-summary').fill('Typed just before the crash');
    await page.waitForTimeout(CRASH_MS);
    await first.kill();
    const second = await started(folder);
    const again = await second.browser.contexts()[0].newPage();
    await again.goto(`${node.url}/r/incident/new`);
    await signInAt(again);
    await again.locator('#field-summary').waitFor();
    assert.equal(await again.locator('#field-summary').inputValue(), 'Typed just before the crash');
    await again.locator('strong', { hasText: 'note.txt' }).waitFor();
    await second.kill();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A person's reaction time: what is younger may be lost with the machine. */
const CRASH_MS = 400;

async function signInAt(page) {
  await page.locator('#name').fill(node.who.name);
  await page.locator('#password').fill(node.who.password);
  await page.locator('button[type=submit]').click();
  await page.locator('#field-summary').waitFor();
}

/** A browser that can be killed, with a profile that stays. */
async function started(folder) {
  const flags = [...QUIET, '--headless=new', `--user-data-dir=${folder}`, '--remote-debugging-port=0', 'about:blank'];
  const child = spawn(CHROMIUM, flags, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const address = await new Promise((resolve) => {
    let said = '';
    child.stderr.on('data', (bytes) => {
      said += bytes;
      const found = /ws:\/\/\S+/.exec(said);
      if (found) resolve(found[0]);
    });
  });
  const browser = await chromium.connectOverCDP(address);
  const kill = () => new Promise((resolve) => {
    child.once('exit', resolve);
    process.kill(-child.pid, 'SIGKILL');
  });
  return { browser, kill };
}

/** Stands before the node, and makes its pages look like those of another build. */
async function renewable(url) {
  let isRenewed = false;
  const server = http.createServer(async (request, response) => {
    const body = await new Response(request).arrayBuffer().catch(() => new ArrayBuffer(0));
    const headers = { ...request.headers, 'accept-encoding': 'identity', 'if-none-match': '' };
    const options = { method: request.method, headers };
    const onward = http.request(`${url}${request.url}`, options, async (answer) => {
      const parts = [];
      for await (const part of answer) parts.push(part);
      let content = Buffer.concat(parts);
      const kind = answer.headers['content-type'] ?? '';
      if (isRenewed && request.url === '/sw.js') content = Buffer.from(content.toString().replace(/"entry":"/, '"entry":"/renewed'));
      if (isRenewed && kind.startsWith('text/html')) content = Buffer.from(content.toString().replace('<body>', '<body><!-- renewed build -->'));
      response.writeHead(answer.statusCode, { ...answer.headers, 'content-length': content.length });
      response.end(content);
    });
    onward.end(Buffer.from(body));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, renew: () => (isRenewed = true), close };
}
