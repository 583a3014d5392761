// A node of one test's own, that it ends and starts again at the same address.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { questionsOf } from './answers.mjs';

const PACKS = path.resolve(import.meta.dirname, '../../packs');
const PASSWORD = 'a-node-of-one-test-1';

/** Makes a node and serves it. */
export async function ownNode(pack = 'minusma') {
  const casque = process.env.CASQUE_BINARY;
  const folder = mkdtempSync(path.join(tmpdir(), 'casque-e2e-'));
  const [data, secret] = [path.join(folder, 'node'), path.join(folder, 'password')];
  writeFileSync(secret, PASSWORD, { mode: 0o600 });
  execFileSync(casque, ['init', '--data', data, '--pack', path.join(PACKS, pack), '--admin-password-file', secret], { stdio: 'ignore' });
  let child = null;
  const node = { url: '', who: { name: 'admin', password: PASSWORD } };
  node.start = async () => {
    const listen = node.url ? new URL(node.url).host : '127.0.0.1:0';
    child = spawn(casque, ['serve', '--data', data, '--lang', 'en', '--listen', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
    node.url = await address(child);
  };
  /** Runs the command line beside it; the document that it prints. */
  node.casque = (...words) => JSON.parse(execFileSync(casque, [...words, '--data', data, '--json'], { encoding: 'utf8' }));
  /** Asks it with a token of somebody: over HTTP as a program does. */
  node.asks = (user) => {
    const { token } = node.casque('token', 'create', '--user', user, '--scope', 'admin');
    return async (at) => {
      const answer = await fetch(`${node.url}${at}`, { headers: { Authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(`${at}: ${await answer.text()}`);
      return answer.json();
    };
  };
  /** Somebody in every role and read into everything: may write and read all there is. */
  node.addEverybody = async (name) => {
    const ask = node.asks(node.who.name);
    const { mission } = await ask('/api/session');
    const { form, lists } = await ask(`/api/registers/${(await ask('/api/registers'))[0].name}`);
    const caveats = lists[questionsOf(form).find((field) => field.name === 'caveat').list];
    node.casque('user', 'add', name, '--role', mission.roles.map((role) => role.name).join(','), '--password-file', secret,
      '--compartment', caveats.map(({ code }) => code).join(','), '--clearance', 'strictly-confidential');
    return { name, password: PASSWORD };
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
