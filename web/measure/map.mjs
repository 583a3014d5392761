// What the map costs a browser: how long until it can be used, and what the main thread does for each
// step of a pan. Frames are not timed: a browser without a graphics card draws in software, and its frame
// times say nothing about one that has a card.
//
//   node web/measure/map.mjs --casque target/release/casque --points 100000
//   node web/measure/map.mjs --url http://127.0.0.1:8271 --name admin --password-file FILE

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { serve } from './node.mjs';
import { steps, traced } from './trace.mjs';

const { values } = parseArgs({
  options: {
    casque: { type: 'string' },
    points: { type: 'string', default: '100000' },
    url: { type: 'string' },
    name: { type: 'string', default: 'admin' },
    'password-file': { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
    steps: { type: 'string', default: '120' },
    screenshot: { type: 'string' },
  },
});

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];
const VIEWPORT = { width: 1366, height: 768 };
const STEP_PIXELS = 6;
/** Steps in one direction before the map is dragged back. */
const SWING = 30;
const WARM_STEPS = 20;
const WHEEL_PER_ZOOM = 450;
/** Where most incidents are, as a share of the map's width and height. */
const DENSE = { x: 0.53, y: 0.66 };
const MARK = 'pan-step';
const PATIENCE_MS = 60_000;

const node = values.url
  ? { url: values.url, name: values.name, password: values['password-file'] && readFileSync(values['password-file'], 'utf8').trim(), stop: () => {} }
  : await serve(values.casque ?? 'casque', Number(values.points));
const browser = await chromium.launch({ executablePath: values.chromium, args: FLAGS });
try {
  const report = await measured(node);
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await browser.close();
  node.stop();
}

async function measured({ url, name, password }) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  if (password) {
    const answer = await context.request.post(`${url}/api/sign-in`, { data: { name, password }, headers: { Origin: url } });
    if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
  }
  const page = await context.newPage();
  const strangers = [];
  const bytes = { script: 0, tiles: 0 };
  page.on('request', (request) => {
    const address = new URL(request.url());
    if (address.protocol.startsWith('http') && address.host !== new URL(url).host) strangers.push(request.url());
  });
  page.on('requestfinished', async (request) => {
    const sizes = await request.sizes().catch(() => null);
    const kind = /\.m?js$/.test(new URL(request.url()).pathname) ? 'script' : request.url().includes('/tiles/') ? 'tiles' : null;
    if (kind && sizes) bytes[kind] += sizes.responseBodySize;
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  await page.goto(url);
  await page.waitForFunction(() => performance.getEntriesByName('casque-map-usable').length > 0, null, { timeout: PATIENCE_MS });
  const usable_ms = await page.evaluate(() => performance.getEntriesByName('casque-map-usable')[0].startTime);
  const loaded = { ...bytes };

  const box = await page.locator('.maplibregl-canvas').boundingBox();
  const dense = { x: box.x + box.width * DENSE.x, y: box.y + box.height * DENSE.y };
  const pans = [];
  for (const closer of [0, 1, 2]) {
    await zoomIn(page, dense, closer);
    const shown = (await page.locator('.maplibregl-ctrl-scale').innerText()).trim();
    pans.push({ scale_bar: shown, ...(await panned(page, dense, Number(values.steps))) });
  }
  // The same steps where there is no map: what the measuring itself costs, and is in every figure above.
  const heading = await page.locator('header').first().boundingBox();
  const measuring = await panned(page, { x: heading.x + 40, y: heading.y + heading.height / 2 }, Number(values.steps), false);
  if (values.screenshot) await page.screenshot({ path: values.screenshot });
  const [heap, records] = await Promise.all([
    devtools.send('Performance.getMetrics').then(({ metrics }) => metric(metrics, 'JSHeapUsedSize')),
    page.locator('.foot').first().innerText(),
  ]);
  return {
    shown: records.replace(/\s+/g, ' ').trim(),
    first_usable_map_ms: Math.round(usable_ms),
    script_kB_on_the_wire: Math.round(loaded.script / 1000),
    tiles_kB_on_the_wire: Math.round(loaded.tiles / 1000),
    main_thread_cpu_ms_per_pan_step: pans,
    of_which_is_measuring: measuring,
    heap_MB: Math.round(heap / 1e6),
    requests_to_other_hosts: strangers,
  };
}

async function zoomIn(page, { x, y }, closer) {
  await page.mouse.move(x, y);
  for (let turn = 0; turn < closer; turn += 1) {
    await page.mouse.wheel(0, -WHEEL_PER_ZOOM);
    await page.waitForTimeout(500);
  }
  await rested(page);
}

/** Drags the map back and forth; what each step cost in script and in all of the main thread's work. */
async function panned(page, { x, y }, count, isHeld = true) {
  const drag = async () => {
    await page.mouse.move(x, y);
    if (isHeld) await page.mouse.down();
    for (let step = 0; step < WARM_STEPS + count; step += 1) {
      await page.mouse.move(x + STEP_PIXELS * swing(step), y + (step % 5));
      await frame(page);
    }
    await page.mouse.move(x, y);
    if (isHeld) await page.mouse.up();
  };
  const costs = steps(await traced(browser, drag), MARK).slice(WARM_STEPS);
  await rested(page);
  return { script: spread(costs.map((cost) => cost.script)), all: spread(costs.map((cost) => cost.work)) };
}

/** Out and back again. */
function swing(step) {
  const at = step % (2 * SWING);
  return at < SWING ? at : 2 * SWING - at;
}

function metric(metrics, name) {
  return metrics.find((one) => one.name === name)?.value ?? Number.NaN;
}

/** Until what was moved is drawn. */
function frame(page) {
  return page.evaluate((mark) => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      performance.mark(mark);
      done();
    }));
  }), MARK);
}

/** Until the network is quiet and the map drew what came. */
async function rested(page) {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(700);
}

function spread(costs) {
  const sorted = [...costs].sort((a, b) => a - b);
  const at = (share) => Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1));
  return { median: at(0.5), p95: at(0.95), max: at(1) };
}
