// What a long form costs a browser: how long until somebody can type in it, and what the main thread does
// for each key. The form is made here, the node and its pages are real.
//
//   node web/measure/form.mjs --casque target/release/casque --fields 200
//   node web/measure/form.mjs --url http://127.0.0.1:8271 --name admin --password-file FILE

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { serve } from './node.mjs';
import { steps, traced } from './trace.mjs';

const { values } = parseArgs({
  options: {
    casque: { type: 'string' },
    fields: { type: 'string', default: '200' },
    url: { type: 'string' },
    name: { type: 'string', default: 'admin' },
    'password-file': { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    keys: { type: 'string', default: '60' },
    runs: { type: 'string', default: '5' },
  },
});

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const VIEWPORT = { width: 1366, height: 768 };
const MARK = 'key';
const PER_GROUP = 20;
const PATIENCE_MS = 60_000;

const node = values.url
  ? { url: values.url, name: values.name, password: readFileSync(values['password-file'], 'utf8').trim(), stop: () => {} }
  : await serve(values.casque ?? 'casque', 100);
const browser = await chromium.launch({ executablePath: values.chromium, args: FLAGS });
try {
  const opened = [];
  let keys = [];
  for (let run = 0; run < Number(values.runs); run += 1) {
    const { usable_ms, costs, shown } = await measured(node);
    opened.push(usable_ms);
    keys = [...keys, ...costs];
    if (run === 0) process.stdout.write(`${shown} fields shown of ${values.fields}\n`);
  }
  const report = { first_usable_ms: spread(opened), main_thread_cpu_ms_per_key: spread(keys) };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await browser.close();
  node.stop();
}

/** One person who opens the form with nothing in the browser's memory, and types. */
async function measured({ url, name, password }) {
  const context = await browser.newContext({ viewport: VIEWPORT, baseURL: url });
  const headers = { Origin: url, 'Sec-Fetch-Site': 'same-origin' };
  const answer = await context.request.post(`${url}/api/sign-in`, { data: { name, password }, headers });
  if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
  const page = await context.newPage();
  await page.route('**/api/registers/incident', async (route) => {
    const response = await route.fetch();
    const register = await response.json();
    await route.fulfill({ response, json: { ...register, ...form(Number(values.fields)) } });
  });
  await page.goto('/r/incident/new');
  await page.waitForFunction(() => performance.getEntriesByName('casque-form-usable').length > 0, null, { timeout: PATIENCE_MS });
  const usable_ms = await page.evaluate(() => performance.getEntriesByName('casque-form-usable')[0].startTime);
  const shown = await page.locator('.field').count();
  const field = page.locator('#field-text_1');
  await field.focus();
  await page.keyboard.type('warm up');
  const costs = steps(await traced(browser, async () => {
    for (let key = 0; key <= Number(values.keys); key += 1) {
      await page.evaluate((mark) => performance.mark(mark), MARK);
      await page.keyboard.press('x');
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    }
  }), MARK).map((cost) => cost.work);
  await context.close();
  return { usable_ms, costs, shown };
}

/** A form of so many fields as long ones are: codes, numbers with bounds, texts, sums, conditions on others. */
function form(count) {
  const groups = Array.from({ length: Math.ceil(count / PER_GROUP) }, (_, group) => ({
    kind: 'group', name: `group_${group}`, label: `Part ${group + 1}`, relevant: null,
    children: Array.from({ length: Math.min(PER_GROUP, count - group * PER_GROUP) }, (_, place) => field(group * PER_GROUP + place)),
  }));
  const codes = Array.from({ length: 30 }, (_, code) => ({ code: `c${code}`, label: `Choice ${code}`, definition: null, retired: false }));
  return { form: groups, lists: { many: codes }, workflow: null };
}

function field(index) {
  const name = (at) => `${['code', 'text', 'number', 'number', 'sum'][at % 5]}_${at}`;
  const blank = {
    kind: 'field', name: name(index), label: `Question ${index + 1}`, hint: 'What is known, and from whom.', type: 'text', required: false,
    list: null, appearance: null, default: null, relevant: null, constraint: null, calculation: null, choice_filter: null, read_only: false,
  };
  const of = index - (index % 5);
  if (index % 5 === 0) return { ...blank, type: 'code', list: 'many' };
  if (index % 5 === 1) return { ...blank, relevant: `\${${name(of)}} = '' or selected(\${${name(of)}}, 'c1')` };
  if (index % 5 === 2) return { ...blank, type: 'integer', constraint: '. >= 0 and . <= 1000' };
  if (index % 5 === 3) return { ...blank, type: 'integer', constraint: `. <= \${${name(of + 2)}}` };
  return { ...blank, type: 'integer', calculation: `coalesce(\${${name(of + 2)}}, 0) + coalesce(\${${name(of + 3)}}, 0)`, read_only: true };
}

function spread(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (share) => Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1));
  return { median: at(0.5), p95: at(0.95), max: at(1) };
}
