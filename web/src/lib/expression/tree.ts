// What an expression says, read once from its words: the part of ODK's XPath without paths and predicates.

import { Unknown, tokens, type Operator, type Token } from './tokens';

export type Tree =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'reference'; name: string }
  | { kind: 'self' }
  | { kind: 'column'; name: string }
  | { kind: 'negation'; inner: Tree }
  | { kind: 'chain'; first: Tree; rest: [Operator, Tree][] }
  | { kind: 'call'; name: string; given: Tree[] };

/** Operators that bind alike, those that bind least first. */
const LEVELS: readonly (readonly Operator[])[] = [
  ['or'], ['and'], ['=', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', 'div', 'mod'],
];
const DEPTH_MAX = 64;
const known = new Map<string, Tree | null>();

/** Reads an expression; nothing where it is not one that these pages understand. Each is read once. */
export function treeOf(text: string): Tree | null {
  const found = known.get(text);
  if (found !== undefined) return found;
  const tree = read(text);
  known.set(text, tree);
  return tree;
}

function read(text: string): Tree | null {
  try {
    return new Reader(tokens(text)).whole();
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

class Reader {
  readonly #tokens: Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  whole(): Tree {
    const tree = this.#chain(0);
    if (this.#at < this.#tokens.length) throw new Unknown();
    return tree;
  }

  #chain(level: number): Tree {
    const signs = LEVELS[level];
    if (!signs) return this.#negation();
    const first = this.#chain(level + 1);
    const rest: [Operator, Tree][] = [];
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token?.kind !== 'operator' || !signs.includes(token.sign)) break;
      this.#at += 1;
      rest.push([token.sign, this.#chain(level + 1)]);
    }
    return rest.length > 0 ? { kind: 'chain', first, rest } : first;
  }

  #negation(): Tree {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'operator' || token.sign !== '-') return this.#operand();
    this.#at += 1;
    return this.#deeper(() => ({ kind: 'negation', inner: this.#negation() }));
  }

  #operand(): Tree {
    const token = this.#tokens[this.#at++];
    if (!token || token.kind === 'operator') throw new Unknown();
    if (token.kind === 'name') return this.#named(token.name);
    if (token.kind !== 'mark') return token;
    if (token.sign === '.') return { kind: 'self' };
    if (token.sign !== '(') throw new Unknown();
    const inside = this.#deeper(() => this.#chain(0));
    if (!this.#take(')')) throw new Unknown();
    return inside;
  }

  /** A call, or a column of the sheet of choices. */
  #named(name: string): Tree {
    return this.#take('(') ? { kind: 'call', name, given: this.#given() } : { kind: 'column', name };
  }

  #given(): Tree[] {
    const given: Tree[] = [];
    while (!this.#take(')')) {
      if (given.length > 0 && !this.#take(',')) throw new Unknown();
      given.push(this.#deeper(() => this.#chain(0)));
    }
    return given;
  }

  #deeper(read: () => Tree): Tree {
    if (++this.#depth > DEPTH_MAX) throw new Unknown();
    const tree = read();
    this.#depth -= 1;
    return tree;
  }

  #take(sign: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'mark' || token.sign !== sign) return false;
    this.#at += 1;
    return true;
  }
}
