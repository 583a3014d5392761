// A real browser on the served node: how the tests start it, sign in, look for what is wrong on a
// page, and take its picture. What is tested stands in the *.test.mjs files.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** Where the node is served. */
export const base = needed('CASQUE_URL');
/** Who may sign in. */
export const credentials = { name: needed('CASQUE_USER'), password: needed('CASQUE_PASSWORD') };
const shots = process.env.CASQUE_SHOTS ?? null;

export const CHROMIUM = process.env.CASQUE_CHROMIUM ?? '/usr/bin/chromium';
/** A laptop of a team site. */
const SCREEN = { width: 1366, height: 768 };
/** Chromium says nothing to anybody. */
export const QUIET = [
  '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-features=OptimizationHints,MediaRouter',
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let browser = null;
/** Requests that left the node; every test looks at it. */
const elsewhere = [];

/** Starts the browser once for all tests of a file. */
export async function open() {
  browser ??= await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
}

/** Ends it, and demands that nobody asked another host. */
export async function close() {
  await browser?.close();
  browser = null;
  assert.deepEqual(elsewhere, [], 'requests to other hosts');
}

/** A person's browser of their own: language, theme, nothing remembered. */
export async function visitor({ language = 'en', theme = 'light', screen = SCREEN, at = base, touch = false } = {}) {
  const context = await browser.newContext({
    baseURL: at, hasTouch: touch, isMobile: touch, locale: language === 'fr' ? 'fr-FR' : 'en-GB', colorScheme: theme,
    reducedMotion: 'reduce', timezoneId: 'Africa/Bamako', viewport: screen,
  });
  const page = await context.newPage();
  page.at = at;
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.on('dialog', (dialog) => { page.faults.push(`a dialog: ${dialog.message()}`); return dialog.dismiss(); });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${at}/`) && !/^(data|blob|about):/.test(url)) elsewhere.push(url);
  });
  return page;
}

/** A person who has signed in. */
export async function signedIn(options = {}, who = credentials) {
  const page = await visitor(options);
  assert.equal(await signIn(page, who), 200, who.name);
  return page;
}

/** Tries to sign somebody in at their browser; the status. */
export async function signIn(page, who) {
  return (await sent(page, 'POST', '/api/sign-in', who)).status();
}

/** Runs the command line beside the served node, as an administrator of the machine would. */
export function casque(...words) {
  return execFileSync(needed('CASQUE_BINARY'), [...words, '--data', needed('CASQUE_NODE')], { encoding: 'utf8' });
}

/** Asks the node what the page should show. */
export async function asked(page, path) {
  const answer = await page.context().request.get(`${page.at}${path}`);
  assert.equal(answer.status(), 200, `${path}: ${await answer.text()}`);
  return answer.json();
}

/** Sends something as the page would. */
export async function sent(page, method, path, data, headers = {}) {
  return page.context().request.fetch(`${page.at}${path}`, {
    method, data, headers: { Origin: page.at, 'Sec-Fetch-Site': 'same-origin', ...headers },
  });
}

/**
 * In the page: what axe finds where nothing sticks to an edge. It takes a target that happens to lie half under such
 * a bar for a small one, though scrolling brings it out. That the bar hides nothing that has the focus is a test of its own.
 */
async function violationsOf(tags) {
  const stuck = [...document.querySelectorAll('body *')].filter((one) => getComputedStyle(one).position === 'sticky');
  for (const one of stuck) one.style.position = 'static';
  const { violations } = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
  for (const one of stuck) one.style.position = '';
  return violations;
}

/** No serious finding of axe, one h1, a main part, nothing wider than the screen, no fault in the console. */
export async function sound(page, name) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(violationsOf, TAGS);
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.slice(0, 3).map((node) => node.html).join('\n  ')}`);
  assert.deepEqual(told, [], `${name}: axe`);
  assert.equal(await page.locator('h1').count(), 1, `${name}: one h1`);
  assert.equal(await page.locator('main').count(), 1, `${name}: one main part`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wider <= 0, `${name}: ${wider} pixels wider than the screen`);
  assert.deepEqual(page.faults, [], `${name}: faults`);
}

/** Fills in what a patrol must have, on its form. */
export async function patrolNeeds(page) {
  await page.locator('#field-patrol_no').fill('TS2-2021-W45-3');
  for (const name of ['type', 'lead']) {
    const list = page.locator(`#field-${name}`);
    await list.selectOption(await list.locator('option').nth(1).getAttribute('value'));
  }
  await page.locator('#field-purpose input').first().check();
  await page.locator('#field-unit_name').fill('Sector West');
  for (const [name, day] of [['planned_departure', '2021-11-08'], ['planned_return', '2021-11-09']]) await page.locator(`#field-${name}`).fill(day);
}

/** Keeps a picture of the page where somebody wants to look at it. */
export async function picture(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

function needed(name) {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run these tests by cargo xtask browser`);
  return value;
}
