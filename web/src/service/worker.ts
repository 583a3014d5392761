// The service worker: the pages open although nobody answers. It keeps the code of the pages and nothing
// else, whole and of one build; whoever is reached answers first, so that no old code outlives its node.
// Served from one place under one name: nothing may be imported here.

/** Written in by the build: the files of the pages, and the script they begin with. */
declare const __CASQUE_FILES__: { entry: string; files: string[] };

interface Kept extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Kept {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope {
  addEventListener(name: 'install' | 'activate', hear: (event: Kept) => void): void;
  addEventListener(name: 'fetch', hear: (event: Asked) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void>; matchAll(options: object): Promise<{ postMessage(word: unknown): void }[]> };
}

const scope = globalThis as unknown as Scope;
const { entry, files } = __CASQUE_FILES__;
const PREFIX = 'casque-pages ';
const DOCUMENT = '/index.html';
/** The build before this one: windows that are open still load parts of it. */
const BUILDS_KEPT = 2;
/** A dead line does not say so: then the pages open from here, and ask by themselves. */
const PATIENCE_MS = 10_000;
/** Somebody on the way says that the node does not answer. */
const AWAY = [502, 503, 504];
/** Where programs ask: not the business of the pages. */
const PROGRAMS = /^\/(api|ogc|tiles|v1|health|assets)(\/|$)|\.[a-z0-9]+$/;

scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(activate()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (pathname.startsWith('/assets/')) event.respondWith(part(request));
  else if (request.mode === 'navigate' && !PROGRAMS.test(pathname)) event.respondWith(page(request, pathname));
});

/** All files or none. Whoever is not signed in any more gets a page of another kind: then none. */
async function install(): Promise<void> {
  const cache = await caches.open(PREFIX + entry);
  await Promise.all([DOCUMENT, ...files].map(async (path) => {
    const response = await fetch(path, { cache: path === DOCUMENT ? 'no-cache' : 'default' });
    if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
    await cache.put(path, response);
  }));
  await scope.skipWaiting();
}

async function activate(): Promise<void> {
  const builds = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PREFIX + entry);
  await Promise.all(builds.slice(0, Math.max(0, builds.length + 1 - BUILDS_KEPT)).map((name) => caches.delete(name)));
  await scope.clients.claim();
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  windows.forEach((window) => window.postMessage({ entry }));
}

/** A part of the pages: its name changes with its content. */
async function part(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** A page from the node; where it does not answer, the one that is kept. */
async function page(request: Request, pathname: string): Promise<Response> {
  const response = await Promise.race([fetch(request).catch(() => null), waited()]);
  if (response && !AWAY.includes(response.status)) return response;
  // Nobody can sign in: the application says who was, and what can be done.
  if (pathname === '/sign-in') return Response.redirect('/', 303);
  const kept = await (await caches.open(PREFIX + entry)).match(DOCUMENT, { ignoreVary: true });
  return kept ?? response ?? Response.error();
}

function waited(): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
}
