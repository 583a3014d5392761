// A node of one test's own, that it ends and starts again at the same address.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PACK = path.resolve(import.meta.dirname, '../../packs/minusma');
const PASSWORD = 'a-node-of-one-test-1';

/** Makes a node and serves it. */
export async function ownNode() {
  const casque = process.env.CASQUE_BINARY;
  const folder = mkdtempSync(path.join(tmpdir(), 'casque-e2e-'));
  const [data, secret] = [path.join(folder, 'node'), path.join(folder, 'password')];
  writeFileSync(secret, PASSWORD, { mode: 0o600 });
  execFileSync(casque, ['init', '--data', data, '--pack', PACK, '--admin-password-file', secret], { stdio: 'ignore' });
  let child = null;
  const node = { url: '', who: { name: 'admin', password: PASSWORD } };
  node.start = async () => {
    const listen = node.url ? new URL(node.url).host : '127.0.0.1:0';
    child = spawn(casque, ['serve', '--data', data, '--lang', 'en', '--listen', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
    node.url = await address(child);
  };
  /** As a power cut ends it. */
  node.stop = () => new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGKILL');
  });
  node.remove = async () => {
    if (child?.exitCode === null && child.signalCode === null) await node.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  await node.start();
  return node;
}

function address(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (bytes) => {
      said += bytes;
      const found = /http:\/\/[\w.:[\]-]+/.exec(said);
      if (found) resolve(found[0].replace(/[./]$/, ''));
    });
    child.once('exit', (code) => reject(new Error(`casque serve ended with ${code}: ${said}`)));
  });
}
