// Reads from a browser's trace what the main thread of a page did, step by step: time of the processor, so
// that neither waiting for a graphics process that draws in software counts, nor other programs of the machine.

const SCRIPT = /^(FunctionCall|EvaluateScript|FireAnimationFrame|TimerFire|EventDispatch|RunMicrotasks|MinorGC|MajorGC|v8\.|V8\.)/;
const CATEGORIES = ['devtools.timeline', 'toplevel', 'gpu', 'v8', 'blink.user_timing'];

/** Traces a browser while `work` runs; the events of it. */
export async function traced(browser, work) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: CATEGORIES } });
  await work();
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  return events;
}

/** Milliseconds of script and of all work between each two marks of this name. */
export function steps(events, mark) {
  const marks = events.filter((event) => event.name === mark && event.cat?.includes('user_timing'));
  const [first] = marks;
  if (!first) return [];
  const times = marks.map((event) => event.ts).sort((a, b) => a - b);
  const own = events.filter((event) => event.ph === 'X' && event.pid === first.pid && event.tid === first.tid);
  const costs = times.slice(1).map(() => ({ script: 0, work: 0 }));
  for (const { name, ts, self } of selves(own)) {
    const cost = costs[times.findLastIndex((time) => time <= ts)];
    if (!cost) continue;
    cost.work += self / 1000;
    if (SCRIPT.test(name)) cost.script += self / 1000;
  }
  return costs;
}

/** Each event with the time that is its own: without that of the events inside of it. */
function selves(events) {
  const sorted = [...events].sort((a, b) => a.ts - b.ts || b.dur - a.dur).map((event) => ({ ...event, self: event.tdur ?? 0 }));
  const open = [];
  for (const event of sorted) {
    while (open.length > 0 && open.at(-1).ts + open.at(-1).dur <= event.ts) open.pop();
    if (open.length > 0) open.at(-1).self -= event.tdur ?? 0;
    open.push(event);
  }
  return sorted;
}
