// A node of its own for a measurement: real events, repeated around their places until there are enough.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PACK = path.join(ROOT, 'packs/minusma');
const EVENTS = path.join(PACK, 'demo/ucdp-mali-1990-2019.csv');
const PASSWORD = 'measured-and-thrown-away';
/** Copies lie within this many degrees of the event they were made from. */
const SPREAD_DEGREES = 1;
const SEED = 20261122;

/** Makes and serves a node with so many incidents. `stop` ends it and removes its folder. */
export async function serve(casque, count) {
  const folder = mkdtempSync(path.join(tmpdir(), 'casque-measure-'));
  const data = path.join(folder, 'node');
  const [secret, file] = [path.join(folder, 'password'), path.join(folder, 'events.csv')];
  writeFileSync(secret, PASSWORD, { mode: 0o600 });
  writeFileSync(file, events(readFileSync(EVENTS, 'utf8'), count));
  const run = (...words) => execFileSync(casque, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  run('init', '--data', data, '--pack', PACK, '--admin-password-file', secret);
  run('import', '--data', data, '--register', 'incident', '--mapping', 'ucdp', file, '--yes');
  const process = spawn(casque, ['serve', '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await address(process);
  const stop = () => {
    process.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, name: 'admin', password: PASSWORD, stop };
}

/** The rows of a file again and again, each copy with a key and a place of its own. */
export function events(text, count) {
  const [head, ...rows] = text.trim().split('\n');
  const columns = head.trim().split(',');
  const [id, lat, lon] = ['id', 'latitude', 'longitude'].map((name) => columns.indexOf(name));
  const plain = rows.map((row) => row.split(',')).filter((cells) => !cells.some((cell) => cell.includes('"')));
  const random = generator(SEED);
  const moved = (degrees) => (Number(degrees) + (random() * 2 - 1) * SPREAD_DEGREES).toFixed(6);
  const made = Array.from({ length: count }, (_, index) => {
    const cells = [...plain[index % plain.length]];
    cells[id] = `${index + 1}`;
    cells[lat] = moved(cells[lat]);
    cells[lon] = moved(cells[lon]);
    return cells.join(',');
  });
  return `${[head, ...made].join('\n')}\n`;
}

/** Numbers from 0 to 1, the same in every run (Park and Miller). */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** The address a node says that it listens at. */
function address(process) {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (bytes) => {
      said += bytes;
      const found = /https?:\/\/[\w.:[\]-]+/.exec(said);
      if (found) resolve(found[0].replace(/\/$/, ''));
    };
    process.stdout.on('data', hear);
    process.stderr.on('data', hear);
    process.on('exit', (code) => reject(new Error(`casque serve ended with ${code}: ${said}`)));
  });
}
