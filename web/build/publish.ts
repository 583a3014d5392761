// What the build does besides bundling: it empties its folder, writes down which files the sign-in
// page needs (only those are public), holds the script budgets, and writes `.br` and `.gz` siblings.

import { promises as fs } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** Compressed bytes of script a page may load before anything is clicked. */
export const BUDGETS: readonly Budget[] = [
  { name: 'sign-in page', entry: 'sign-in.html', also: [], workers: false, bytes: 60_000 },
  { name: 'app with the map', entry: 'index.html', also: ['src/pages/Picture.svelte', 'src/map/', 'src/timeline/', 'src/words/fr.ftl'], workers: true, bytes: 480_000 },
];
/** What stands in the service worker for its list. */
const LIST = '__CASQUE_FILES__';
/** The entry whose files are served to somebody who has not signed in. */
const PUBLIC_ENTRY = 'sign-in.html';
const COMPRESSED = new Set(['.js', '.mjs', '.css', '.html', '.svg', '.json', '.txt', '.webmanifest']);
/** Smaller files do not win anything. */
const COMPRESSED_BYTES_MIN = 600;
/** Kept when the folder is emptied: it is committed, so that cargo always finds the folder. */
const KEPT = '.gitignore';

export interface Budget {
  name: string;
  entry: string;
  /** Chunks loaded on demand that count as well: those made from files below these folders. */
  also: string[];
  /** Whether the scripts of workers count: they are files of their own, outside of the imports. */
  workers: boolean;
  bytes: number;
}

/** A file of the bundle, as far as the budget looks at it. */
export interface Chunk {
  fileName: string;
  code: string;
  imports: string[];
  css: string[];
  /** The source files inside, relative to the project. */
  modules: string[];
  /** The HTML page that this chunk is the entry of, relative to the project. */
  page: string | null;
}

export function publish(): Plugin {
  let root = '';
  let folder = '';
  return {
    name: 'casque-publish',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      folder = path.resolve(config.root, config.build.outDir);
    },
    async buildStart() {
      await empty(folder);
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' ? [described(file as unknown as Built, root)] : [],
      );
      this.emitFile({
        type: 'asset',
        fileName: 'public.json',
        source: JSON.stringify(publicFiles(chunks), null, 2) + '\n',
      });
      for (const budget of BUDGETS) {
        const workers = budget.workers ? workerScripts(bundle) : [];
        const scripts = [...reached(chunks, budget).map((chunk) => chunk.code), ...workers];
        const bytes = weight(scripts);
        const line = `${budget.name}: ${bytes} of ${budget.bytes} bytes of compressed script`;
        if (bytes > budget.bytes) this.error(`${line}: over the budget`);
        this.info(line);
      }
    },
    async closeBundle() {
      await fillIn(folder);
      for (const file of await files(folder)) await compress(file);
    },
  };
}

/** The chunks a page loads by itself, and those the budget counts on top. */
export function reached(chunks: readonly Chunk[], budget: Budget): Chunk[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const wanted = chunks.filter(
    (chunk) =>
      chunk.page === budget.entry ||
      chunk.modules.some((module) => budget.also.some((folder) => module.startsWith(folder))),
  );
  const found = new Set<Chunk>();
  const follow = (chunk: Chunk | undefined): void => {
    if (!chunk || found.has(chunk)) return;
    found.add(chunk);
    chunk.imports.forEach((name) => follow(byName.get(name)));
  };
  wanted.forEach(follow);
  return [...found];
}

/** What the sign-in page needs: its scripts, their styles and what those import. */
export function publicFiles(chunks: readonly Chunk[]): string[] {
  const entry: Budget = { name: '', entry: PUBLIC_ENTRY, also: [], workers: false, bytes: 0 };
  const needed = reached(chunks, entry).flatMap((chunk) => [chunk.fileName, ...chunk.css]);
  return [...new Set(needed)].sort();
}

function weight(scripts: readonly string[]): number {
  return scripts.reduce((sum, script) => sum + brotli(Buffer.from(script)).length, 0);
}

function workerScripts(bundle: Rolldown.OutputBundle): string[] {
  return Object.values(bundle).flatMap((file) =>
    file.type === 'asset' && /\.m?js$/.test(file.fileName) ? [Buffer.from(file.source).toString()] : [],
  );
}

interface Built {
  fileName: string;
  code: string;
  imports: string[];
  facadeModuleId: string | null;
  moduleIds?: string[];
  modules: Record<string, unknown>;
  viteMetadata?: { importedCss: Set<string> };
}

function described(chunk: Built, root: string): Chunk {
  const own = (id: string): string => path.relative(root, id).split(path.sep).join('/');
  const page = chunk.facadeModuleId?.endsWith('.html') ? own(chunk.facadeModuleId) : null;
  const modules = chunk.moduleIds ?? Object.keys(chunk.modules);
  return {
    fileName: chunk.fileName,
    code: chunk.code,
    imports: chunk.imports,
    css: [...(chunk.viteMetadata?.importedCss ?? [])],
    modules: modules.map(own),
    page,
  };
}

/** Tells the service worker which files it keeps: it is built together with them. */
async function fillIn(folder: string): Promise<void> {
  const worker = path.join(folder, 'sw.js');
  const page = await fs.readFile(path.join(folder, 'index.html'), 'utf8');
  const names = (await files(path.join(folder, 'assets'))).map((file) => `/assets/${path.basename(file)}`);
  await fs.writeFile(worker, filledIn(await fs.readFile(worker, 'utf8'), page, names));
}

/** The service worker with its list: what the application needs, without what is for sign-in alone. */
export function filledIn(worker: string, page: string, names: readonly string[]): string {
  const entry = /<script[^>]* src="(\/assets\/[^"]+)"/.exec(page)?.[1];
  if (!entry || !worker.includes(LIST)) throw new Error('the service worker cannot be told its files');
  const kept = names.filter((name) => !name.startsWith('/assets/sign-in-')).sort();
  return worker.replace(LIST, JSON.stringify({ entry, files: kept }));
}

async function empty(folder: string): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  for (const name of await fs.readdir(folder)) {
    if (name !== KEPT) await fs.rm(path.join(folder, name), { recursive: true });
  }
}

async function files(folder: string): Promise<string[]> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function compress(file: string): Promise<void> {
  if (!COMPRESSED.has(path.extname(file))) return;
  const bytes = await fs.readFile(file);
  if (bytes.length < COMPRESSED_BYTES_MIN) return;
  await fs.writeFile(`${file}.br`, brotli(bytes));
  await fs.writeFile(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

function brotli(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}
