import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluate, holds, written, type Scope } from './evaluate';

interface Corpus {
  answers: Record<string, string> & { rows: Record<string, string>[] };
  cases: [string, string][];
  rowCases: [string, string[]][];
}

/** The same cases that the node's own evaluator is held against, from the engine of ODK's web forms. */
const FOLDER = path.resolve(import.meta.dirname, '../../../../fixtures/expressions');
const corpora = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.startsWith('seed-')) : [];

function scope(corpus: Corpus, row?: Record<string, string>): Scope {
  return {
    nodes: (name) => {
      if (row && name in row) return [row[name] ?? ''];
      if (corpus.answers.rows[0] && name in corpus.answers.rows[0]) return corpus.answers.rows.map((one) => one[name] ?? '');
      return name in corpus.answers && name !== 'rows' ? [corpus.answers[name] ?? ''] : undefined;
    },
    self: '', now: 1_500_000_000_000, offsetMinutes: 60,
  };
}

describe.each(corpora)('the corpus %s', (name) => {
  const corpus = JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Corpus;

  test('comes out as the node has it, where it is understood', () => {
    const differing: string[] = [];
    let understood = 0;
    const compare = (expression: string, wanted: string, found: string | undefined): void => {
      if (found === undefined) return;
      understood += 1;
      if (found.trim() !== wanted.trim()) differing.push(`${expression}: ${found}, not ${wanted}`);
    };
    for (const [expression, wanted] of corpus.cases) compare(expression, wanted, written(expression, scope(corpus)));
    for (const [expression, wanted] of corpus.rowCases) {
      corpus.answers.rows.forEach((row, index) => compare(expression, wanted[index] ?? '', written(expression, scope(corpus, row))));
    }
    expect(differing).toEqual([]);
    expect(understood).toBeGreaterThan(100);
  });
});

const EMPTY: Scope = { nodes: () => [''], self: '5', now: Date.UTC(2026, 10, 22, 12), offsetMinutes: 0 };

test('the answer itself is a dot', () => {
  expect(holds('. >= 0 and . <= 10', EMPTY, false)).toBe(true);
  expect(holds('. > 5', EMPTY, true)).toBe(false);
  expect(holds(". <= today()", { ...EMPTY, self: '2026-11-22' }, false)).toBe(true);
  expect(holds(". <= today()", { ...EMPTY, self: '2026-11-23' }, true)).toBe(false);
});

test('a question that nobody answered is empty, and no number', () => {
  expect(holds("${a} != ''", EMPTY, true)).toBe(false);
  expect(holds('${a} < 1 or ${a} >= 1', EMPTY, true)).toBe(false);
});

test('what is not understood is left to the node', () => {
  for (const odd of ["instance('a')/item", '/data/a', '${a}[1]', 'no-such-function(1)', 'pulldata(1)', '1 +', '((', "regex(., '(a+)+$')", '']) {
    expect(evaluate(odd, EMPTY), odd).toBeUndefined();
  }
  expect(holds('/data/a', EMPTY, true)).toBe(true);
  expect(evaluate('${a}', { ...EMPTY, nodes: () => undefined })).toBeUndefined();
});

test('an expression however deep does not take the page down', () => {
  expect(evaluate('('.repeat(100_000), EMPTY)).toBeUndefined();
  expect(evaluate('-'.repeat(100_000), EMPTY)).toBeUndefined();
});
