// The longest forms, filled in with the keyboard from the first question to the last, as somebody does who goes
// from one to the next with Tab: every question that is asked, two rows of each repeat, until nothing is left
// open; then saved, and held against the record.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { codesToTry, hintsFor, longest, photo, questionsOf, toTry } from './answers.mjs';
import { close, open, picture, signIn, sound, visitor } from './browser.mjs';
import { assertHeld } from './held.mjs';
import { ownNode } from './node.mjs';

const FORMS = 10;
const ROWS = 2;
/** How many answers of each kind are typed key by key in each form. */
const TYPED = 1;
const LANGUAGES = ['en', 'fr'];

let node;
let who;
before(async () => {
  await open();
  node = await ownNode('minusek');
  who = await node.addEverybody('everybody');
});
after(async () => {
  await node?.remove();
  await close();
});

test('the longest forms are filled in by keyboard, and the records hold everything that was typed', { concurrency: LANGUAGES.length }, async (t) => {
  const registers = await longest(node.asks(who.name), FORMS);
  await Promise.all(registers.map(({ name }, place) => t.test(name, () => filledIn(name, LANGUAGES[place % LANGUAGES.length], place === 0))));
});

async function filledIn(name, language, isLongest) {
  const started = performance.now();
  const page = await visitor({ language, at: node.url });
  assert.equal(await signIn(page, who), 200);
  const ask = async (path) => (await page.context().request.get(`${node.url}${path}`, { headers: { 'Accept-Language': language } })).json();
  const register = await ask(`/api/registers/${name}`);
  await page.goto(`/r/${name}/new`);
  const hand = new Hand(page, register);
  await hand.fill();
  assert.deepEqual(await page.evaluate(overflowing), [], 'words that do not fit');
  if (isLongest) {
    await sound(page, 'the longest form, filled in');
    await picture(page, 'form-long');
  }
  await page.keyboard.press('Enter');
  await page.waitForFunction((from) => location.pathname !== from || document.querySelector('.summary'), `/r/${name}/new`);
  assert.deepEqual(await page.locator('.summary li').allInnerTexts(), [], 'what was refused');
  const id = new URL(page.url()).pathname.split('/').pop();
  assertHeld(register.form, hand.answers, await ask(`/api/registers/${name}/records/${id}`));
  assert.deepEqual(page.faults, []);
  await page.context().close();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name} (${language}): ${questionsOf(register.form).length} fields, ${hand.done.size} answered, ${seconds} s`);
}

/** Somebody at the keyboard. */
class Hand {
  /** What was answered, by question; of a repeat for each row. */
  answers = {};
  /** The places in the form that were answered. */
  done = new Set();
  #page;
  #register;
  #fields;
  #conditions;
  #lists;
  /** How often each kind of answer was typed. */
  #typed = new Map();
  /** The codes that are to be ticked, by place. */
  #ticks = new Map();

  constructor(page, { name, form, lists }) {
    [this.#page, this.#register, this.#lists] = [page, name, lists];
    this.#fields = new Map(questionsOf(form).map((field) => [field.name, field]));
    this.#conditions = conditionsOf(form);
  }

  /** From the first question to the button that saves, and over again as long as answers open further ones. */
  async fill() {
    await this.#page.locator('form > .buttons').waitFor();
    for (let before = -1; (await this.#open()).length > 0;) {
      assert.ok(this.done.size > before, `not to be reached with the keyboard: ${await this.#open()}`);
      before = this.done.size;
      await this.#round();
    }
  }

  /** The places of the form that are asked and not answered. */
  async #open() {
    const places = await this.#page.evaluate(askedPlaces);
    return places.filter((place) => !this.done.has(place));
  }

  async #round() {
    await this.#page.locator('h1').click();
    for (;;) {
      await this.#page.keyboard.press('Tab');
      const at = await this.#page.evaluate(focused);
      if (at === 'bar') return;
      if (at) await this.#meet(at);
    }
  }

  /** Does what is to be done where the keyboard is. */
  async #meet(at) {
    if (at.isAdd) {
      if (at.rows < ROWS) await this.#addRow(at);
      return;
    }
    const field = this.#fields.get(nameOf(at.place));
    if (!field || (this.done.has(at.place) && field.type !== 'codes')) return;
    await this.#answer(field, at);
  }

  /** Adding a row leads into it. */
  async #addRow(at) {
    await this.#press('Enter');
    const first = await this.#page.waitForFunction(focused);
    if (at.rows + 1 === ROWS) this.done.add(at.place);
    await this.#meet(await first.jsonValue());
  }

  async #answer(field, at) {
    if (field.type === 'codes') return this.#tick(field, at);
    if (field.type === 'blob') return this.#attach(at);
    for (const value of this.#values(field, at)) {
      await this.#give(field, at, value);
      if (!field.constraint || (await this.#isAllowed(at.place))) return this.#note(at.place, value);
    }
    assert.fail(`${at.place}: nothing that was tried is allowed`);
  }

  async #isAllowed(place) {
    return this.#page.evaluate((id) => !document.getElementById(id), `field-${place}-wrong`);
  }

  #values(field, { options }) {
    const hints = hintsFor(this.#register, field.name);
    if (field.type === 'code') {
      const codes = codesToTry(options.filter((code) => code !== ''), this.#conditions, field.name);
      assert.ok(codes.length > 0, `${field.name}: no code is left to choose`);
      return [...hints, ...codes];
    }
    if (field.type === 'boolean') return ['true'];
    return field.type === 'record' ? [SOMETHING] : [...hints, ...toTry(field.type, this.done.size)];
  }

  async #give(field, at, value) {
    if (at.options) return this.#choose(at, at.options.indexOf(value));
    const [first, ...more] = field.type === 'time' ? value.split('T') : field.type === 'point' ? value.split(' ') : [value];
    await this.#write(field.type, first);
    for (const part of more) {
      await this.#press('Tab');
      await this.#write(field.type, part);
    }
    if (more.length > 0 && field.constraint) await this.#press('Shift+Tab');
  }

  /** The first answer of each kind key by key; later ones as if they were pasted, or the keys would take minutes. */
  async #write(kind, text) {
    await this.#press('Control+A');
    const typed = this.#typed.get(kind) ?? 0;
    this.#typed.set(kind, typed + 1);
    if (typed < TYPED) await this.#page.keyboard.type(text);
    else await this.#page.keyboard.insertText(text);
  }

  /** Along a list with the arrows, from the end that is nearer. */
  async #choose(at, to) {
    const last = at.options.length - 1;
    if (last - to < Math.abs(to - at.index)) {
      await this.#press('End');
      at.index = last;
    }
    for (; at.index < to; at.index += 1) await this.#press('ArrowDown');
    for (; at.index > to; at.index -= 1) await this.#press('ArrowUp');
  }

  /** Two codes of several, one of which opens as much as there is. */
  async #tick(field, { place, labels, index }) {
    const options = labels.map((label) => this.#lists[field.list].find((one) => one.label === label).code);
    const apart = options.filter((code) => !field.constraint?.includes(`'${code}'`));
    if (!this.#ticks.has(place)) this.#ticks.set(place, codesToTry(apart, this.#conditions, field.name).slice(0, 2));
    const ticks = this.#ticks.get(place);
    assert.ok(ticks.length > 0, `${place}: no code is left to choose`);
    if (this.done.has(place) && this.#answerAt(place).includes(options[index])) return;
    if (!ticks.includes(options[index])) return;
    await this.#press('Space');
    this.#note(place, [...(this.#answerAt(place) ?? []), options[index]]);
  }

  async #attach({ place }) {
    const buffer = photo(this.done.size);
    const name = `photo-${this.done.size}.png`;
    // No dialogue: the browser opens it in the page in front alone, and two are filled in at once.
    const focused = await this.#page.evaluateHandle(() => document.activeElement);
    await focused.asElement().setInputFiles({ name, mimeType: 'image/png', buffer });
    await this.#page.getByText(name).first().waitFor();
    this.#note(place, name);
  }

  async #press(key) {
    await this.#page.keyboard.press(key);
  }

  #note(place, value) {
    this.done.add(place);
    const [within, name] = this.#within(place);
    within[name] = value;
  }

  #answerAt(place) {
    const [within, name] = this.#within(place);
    return within[name];
  }

  /** The row in which a place lies, `victims[2].age`, and its name there. */
  #within(place) {
    const parts = place.split('.');
    let within = this.answers;
    for (const part of parts.slice(0, -1)) {
      const [, name, row] = /^(.+)\[(\d+)\]$/.exec(part);
      within[name] ??= [];
      within = within[name][row - 1] ??= {};
    }
    return [within, parts.at(-1)];
  }
}

/** An id that no record has: links may point to what comes later. */
const SOMETHING = '00000000000000000000000001';

const nameOf = (place) => place.split('.').at(-1);

function conditionsOf(items) {
  return items.flatMap((item) => [...(item.relevant ? [item.relevant] : []), ...conditionsOf(item.children ?? item.fields ?? [])]);
}

/** In the page: where the keyboard is; nothing where there is nothing to answer. */
function focused() {
  const here = document.activeElement;
  if (document.querySelector('form > .buttons').contains(here)) return 'bar';
  const field = here.closest('.field');
  const named = field?.querySelector('[id^="field-"]:not([id$="-label"], [id$="-hint"], [id$="-wrong"], [id$="-closed"], [id$="-form"])');
  if (!named || named.id === 'field-files') return null;
  const place = named.id.slice('field-'.length);
  if (here.tagName === 'BUTTON') {
    return here.id === `${named.id}-add` ? { place, isAdd: true, rows: named.querySelectorAll(':scope > ol > li').length } : null;
  }
  if (here.tagName === 'SELECT') {
    return { place, options: [...here.options].map((option) => option.value), index: here.selectedIndex };
  }
  if (here.type === 'checkbox') {
    const boxes = [...named.querySelectorAll('input')];
    return { place, labels: boxes.map((box) => box.parentElement.innerText.trim()), index: boxes.indexOf(here) };
  }
  return here === named ? { place } : null;
}

/** In the page: everything that can be answered. */
function askedPlaces() {
  const isPart = /-(label|hint|wrong|closed|form|read|add|lon|grid|limit)$/;
  const all = [...document.querySelectorAll('form .field [id^="field-"]')].filter((one) => !isPart.test(one.id) && !one.disabled);
  return all.map((one) => one.id.slice('field-'.length)).filter((place) => place !== 'files');
}

/** In the page: words that are wider than their place. */
function overflowing() {
  const words = [...document.querySelectorAll('form :is(.label, .hint, legend, .codes label, button)')].filter((one) => !one.closest('.unseen'));
  return words.filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0).map((one) => one.innerText);
}
