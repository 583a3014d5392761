// The longest forms, filled in on a phone from the first question to the last: fetched over OpenRosa, filled in
// with ODK's own engine (relevance, constraints and choices are its), sent, and held against the record.

import '../oracle/browser.mjs';

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { createInstance } from '@getodk/xforms-engine';

import { codesToTry, hintsFor, longest, photo, questionsOf, toTry } from './answers.mjs';
import { assertHeld } from './held.mjs';
import { ownNode } from './node.mjs';

const FORMS = 10;
const ROWS = 2;
const LANGUAGES = ['en', 'fr'];
const BOUNDARY = '--------Collect7f';

let node;
let ask;
let phone;
before(async () => {
  node = await ownNode('minusek');
  const { name } = await node.addEverybody('everybody');
  ask = node.asks(name);
  phone = node.casque('phone', 'invite', '--user', name, '--url', node.url).url;
});
after(() => node?.remove());

test('the longest forms are filled in on a phone, in both languages, and the records hold every answer', async (t) => {
  for (const register of await longest(ask, FORMS)) {
    await t.test(register.name, async () => {
      const unasked = new Set(questionsOf(register.form).filter((field) => isOnPhones(register, field)).map(({ name }) => name));
      for (let turn = 0, before = Infinity; turn < LANGUAGES.length || unasked.size < before; turn += 1) {
        before = unasked.size;
        await sentIn(register, LANGUAGES[turn % LANGUAGES.length], unasked);
      }
      await askedLater(register, unasked);
      assert.deepEqual([...unasked], [], 'questions that nobody is ever asked');
    });
  }
});

/** Fills in one form, with answers that open what was not asked yet, sends it, and looks at the record. */
async function sentIn(register, language, unasked) {
  const started = performance.now();
  const { root, filler } = await filledIn(await formOf(register, language), register, unasked, language);
  const payload = await root.prepareInstancePayload({ payloadType: 'monolithic' });
  assert.equal(payload.status, 'ready');
  const document = await payload.data[0].get('xml_submission_file').text();
  const record = await made(register, document, filler.photos);
  const answers = answersIn(register.form, parsed(document).documentElement);
  assert.ok(countOf(answers) >= filler.answers, 'answers that the document does not hold');
  assertHeld(register.form, answers, record);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${register.name} (${language}): ${questionsOf(register.form).length} fields, ${filler.answers} answered, ${seconds} s`);
}

/** How many answers there are, those in rows too. */
function countOf(answers) {
  return Object.values(answers).flatMap((one) => (Array.isArray(one) ? one.map(countOf) : 1)).reduce((sum, count) => sum + count, 0);
}

/** What is asked once a record has moved on: the form is filled in as it stands then, and not sent. */
async function askedLater(register, unasked) {
  const { form, lists, workflow } = register;
  if (!workflow || unasked.size === 0) return;
  const xml = await formOf(register, LANGUAGES[0]);
  const states = lists[questionsOf(form).find((field) => field.name === workflow.field).list].map(({ code }) => code);
  for (const state of codesToTry(states, conditionsOf(xml, unasked), workflow.field)) {
    if (unasked.size === 0) return;
    const [start, then] = [workflow.start, state].map((code) => `<${workflow.field}>${code}</${workflow.field}>`);
    assert.ok(xml.includes(start));
    await filledIn(xml.replace(start, then), register, unasked, LANGUAGES[0]);
  }
}

/** A form as somebody fills it in who answers all that is asked, and above all what was not asked yet. */
async function filledIn(xml, { name }, unasked, language) {
  const { root } = await createInstance(xml, {});
  root.setLanguage(root.languages.find((one) => one.language.includes(`(${language})`)));
  const filler = new Filler(name, conditionsOf(xml, unasked));
  filler.fill(root);
  const wrong = root.validationState.violations.map(({ reference, violation }) => `${reference}: ${violation.message?.asString ?? violation.condition}`);
  assert.deepEqual(wrong, [], 'answers that did not stay right');
  for (const asked of filler.asked) unasked.delete(asked);
  return { root, filler };
}

/** What somebody is asked: no links, nothing computed, no state. */
function isOnPhones({ workflow }, { name, type, calculation, read_only: isReadOnly }) {
  return type !== 'record' && !calculation && !isReadOnly && name !== workflow?.field;
}

/** What phones do before they show a form: the list, then what the form needs, then the form. */
async function formOf({ name, title }, language) {
  const list = parsed(await fetched(`${phone}/formList`, language));
  const known = [...list.getElementsByTagName('xform')].find((one) => textOf(one, 'formID') === name);
  if (language === 'en') assert.equal(textOf(known, 'name'), title);
  const manifest = parsed(await fetched(`${phone}/forms/${name}/manifest`, language));
  assert.equal(manifest.getElementsByTagName('mediaFile').length, 0, 'these forms need no files');
  const xml = await fetched(textOf(known, 'downloadUrl'), language);
  assert.equal(`md5:${createHash('md5').update(xml).digest('hex')}`, textOf(known, 'hash'));
  return xml;
}

const HEADERS = () => ({ 'X-OpenRosa-Version': '1.0', Date: new Date().toUTCString() });

async function fetched(url, language) {
  const answer = await fetch(url, { headers: { ...HEADERS(), 'Accept-Language': language } });
  assert.equal(answer.status, 200, url);
  return answer.text();
}

const parsed = (xml) => new DOMParser().parseFromString(xml, 'text/xml');
const textOf = (element, tag) => element.getElementsByTagName(tag)[0].textContent;

/** The conditions of the questions that are still to be asked, and of the groups around them. */
function conditionsOf(xml, unasked) {
  const binds = [...parsed(xml).getElementsByTagName('bind')];
  const open = binds.map((bind) => bind.getAttribute('nodeset')).filter((path) => unasked.has(path.split('/').at(-1)));
  const isAbove = (path) => open.some((one) => one === path || one.startsWith(`${path}/`));
  return binds.filter((bind) => isAbove(bind.getAttribute('nodeset'))).map((bind) => bind.getAttribute('relevant')).filter(Boolean);
}

/** Somebody who answers every question that is asked. */
class Filler {
  /** The names of what was asked. */
  asked = new Set();
  /** How often something was answered. */
  get answers() {
    return this.#done.size;
  }
  /** What was photographed, by its name. */
  photos = new Map();
  #register;
  #conditions;
  #done = new Set();

  constructor(register, conditions) {
    [this.#register, this.#conditions] = [register, conditions];
  }

  /** From the first question to the last, and over again as long as answers open further ones. */
  fill(root) {
    for (let before = -1; before < this.answers;) {
      before = this.answers;
      this.#below(root);
    }
  }

  #below(node) {
    if (!node.currentState.relevant) return;
    if (node.nodeType === 'repeat-range:uncontrolled') {
      const rows = node.currentState.children.length;
      if (rows < ROWS) node.addInstances(rows - 1, ROWS - rows);
      this.asked.add(nameOf(node));
    }
    for (const child of node.currentState.children ?? []) this.#below(child);
    if (node.nodeType in HOW && !node.currentState.readonly && !this.#done.has(node.nodeId)) this.#answer(node);
  }

  #answer(node) {
    const name = nameOf(node);
    const { label } = node.currentState;
    assert.ok(label?.asString.trim(), `${name} has no label`);
    for (const value of this.#values(node, name)) {
      HOW[node.nodeType](node, value);
      if (node.validationState.constraint.valid) {
        this.#done.add(node.nodeId);
        this.asked.add(name);
        if (node.nodeType === 'upload') this.photos.set(node.currentState.instanceValue, value);
        return;
      }
    }
    assert.fail(`${name}: nothing that was tried is allowed: ${node.validationState.violation?.message?.asString}`);
  }

  #values(node, name) {
    const at = this.answers;
    if (node.nodeType === 'upload') return [photo(at)];
    if (node.nodeType === 'trigger') return [true];
    if (node.nodeType === 'input') {
      const texts = toTry(TYPES[node.valueType], at).map((text) => WRITTEN[node.valueType]?.(text) ?? text);
      return [...hintsFor(this.#register, name), ...texts];
    }
    const codes = codesToTry(node.currentState.valueOptions.map(({ value }) => value), this.#conditions, name);
    assert.ok(codes.length > 0, `${name}: no code is left to choose`);
    return node.selectType === 'select1' ? codes : [codes.slice(0, 2), ...codes.map((code) => [code])];
  }
}

const nameOf = (node) => node.currentState.reference.split('/').at(-1).replace(/\[\d+\]$/, '');

/** How each kind of question is answered. */
const HOW = {
  input: (node, text) => node.setValue(text),
  select: (node, codes) => (Array.isArray(codes) ? node.selectValues(codes) : node.selectValue(codes)),
  trigger: (node) => node.setValue(true),
  upload: (node, content) => node.setValue(new File([content], `photo-${content.at(-1)}.png`, { type: 'image/png' })),
};

/** What types of an XForm are called in a register. */
const TYPES = {
  string: 'text', int: 'integer', decimal: 'decimal', date: 'date', dateTime: 'time', geopoint: 'point', geotrace: 'line', geoshape: 'area',
};

/** Texts as phones write them. */
const corners = (text) => text.split('\n').map((corner) => `${corner} 0 0`);
const WRITTEN = {
  dateTime: (text) => `${text}:00.000+00:00`,
  geopoint: (text) => `${text} 0 0`,
  geotrace: (text) => corners(text).join(';'),
  geoshape: (text) => [...corners(text), corners(text)[0]].join(';'),
};

/** Sends a document with its photographs; the record that it became. */
async function made({ name }, document, photos) {
  const path = `/api/registers/${name}/records`;
  const before = new Set((await ask(path)).records.map(({ id }) => id));
  const parts = [['xml_submission_file', 'text/xml', document], ...[...photos].map(([file, content]) => [file, 'image/png', content])];
  const body = Buffer.concat([...parts.flatMap(([file, type, content]) => [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${file}"; filename="${file}"\r\nContent-Type: ${type}\r\n\r\n`, content, '\r\n',
  ]), `--${BOUNDARY}--\r\n`].map((part) => Buffer.from(part)));
  const headers = { ...HEADERS(), 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` };
  const answer = await fetch(`${phone}/submission?deviceID=collect%3Aabc`, { method: 'POST', headers, body });
  const refused = answer.status === 201 ? [] : (await ask('/api/phone/refused')).flatMap(({ findings }) => findings);
  assert.equal(answer.status, 201, `${JSON.stringify(refused, null, 1)}\n${document}`);
  const records = (await ask(path)).records.filter(({ id }) => !before.has(id));
  assert.equal(records.length, 1);
  return ask(`${path}/${records[0].id}`);
}

/** The answers of a document, by the form of its register; what is empty was not answered. */
function answersIn(items, element) {
  const children = (name) => [...element.children].filter((child) => child.localName === name);
  return Object.assign({}, ...items.map((item) => {
    const found = children(item.name);
    if (item.kind === 'group') return found.length > 0 ? answersIn(item.children, found[0]) : {};
    if (item.type === 'rows') return found.length > 0 ? { [item.name]: found.map((row) => answersIn(item.fields, row)) } : {};
    return found[0]?.textContent ? { [item.name]: found[0].textContent } : {};
  }));
}
