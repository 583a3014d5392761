// Compares what @getodk/xforms-engine makes of expressions with what is committed, or writes it.
//
//   npm run oracle                        every committed corpus is still what the engine says
//   npm run oracle -- --seed 7            writes the corpus of seed 7; `cargo nextest run -p forms oracle` compares
//
// Casque's own answers are compared with the same files by a test of crate `forms`, without Node.

import { readFile, readdir, writeFile } from 'node:fs/promises';

import { evaluate } from './engine.mjs';
import { CHOICES, COLUMNS, QUESTIONS, answers, expression, random } from './generate.mjs';

const FOLDER = new URL('../../fixtures/expressions/', import.meta.url);
const CASES = 300;
const ROW_CASES = 60;

/** Everything about one seed: the form, the answers, the expressions and the engine's values. */
async function corpus(seed) {
  const source = random(seed);
  const given = answers(source);
  const cases = Array.from({ length: CASES }, () => expression(source, false, given.rows.length));
  const rowCases = Array.from({ length: ROW_CASES }, () => expression(source, true, given.rows.length));
  const { values, rowValues } = await evaluate(given, cases, rowCases);
  return {
    seed,
    questions: QUESTIONS.map(({ name, sheet }) => [name, sheet]),
    columns: COLUMNS.map(({ name, sheet }) => [name, sheet]),
    choices: CHOICES,
    answers: given,
    cases: cases.map((text, place) => [text, values[place]]),
    rowCases: rowCases.map((text, place) => [text, rowValues[place]]),
  };
}

/** What the engine says, or ERROR where it stops the whole form. */
async function said(given, text) {
  try {
    return (await evaluate(given, [text], [])).values[0];
  } catch {
    return 'ERROR';
  }
}

/** What is known to differ and no longer does as it is written down. */
async function differences() {
  const known = JSON.parse(await readFile(new URL('differences.json', FOLDER), 'utf8'));
  const given = { ...answers(random(0)), rows: [] };
  const wrong = [];
  for (const entry of known) {
    const now = await said(given, entry.expression);
    if (now !== entry.engine) wrong.push(`${entry.expression}: the engine says ${JSON.stringify(now)}`);
  }
  return wrong;
}

const text = (content) => `${JSON.stringify(content, null, 1)}\n`;
const place = process.argv.indexOf('--seed');
if (place > 0) {
  const seed = Number(process.argv[place + 1]);
  await writeFile(new URL(`seed-${seed}.json`, FOLDER), text(await corpus(seed)));
} else {
  const files = (await readdir(FOLDER)).filter((name) => name.startsWith('seed-'));
  const wrong = await differences();
  for (const name of files) {
    const committed = await readFile(new URL(name, FOLDER), 'utf8');
    if (text(await corpus(JSON.parse(committed).seed)) !== committed) wrong.push(`${name} is not what the engine says`);
  }
  for (const line of wrong) console.error(line);
  console.log(`${files.length} corpora of ${CASES + ROW_CASES} expressions asked again, ${wrong.length} differ`);
  process.exitCode = wrong.length ? 1 : 0;
}
