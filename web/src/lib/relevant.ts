// The conditions under which a form asks a field: the part of XPath that forms use. A condition that
// is not understood asks the field: better one field too many than one that cannot be filled in.

type Answer = string | string[];
type Lookup = (name: string) => Answer;
type Thing = string | number | boolean | string[];

const TOKEN = /\s*(\$\{[A-Za-z_][\w.-]*\}|'[^']*'|"[^"]*"|\d+(?:\.\d+)?|!=|<=|>=|[=<>(),]|[A-Za-z][\w-]*)/y;

/** Whether a condition holds. */
export function holds(condition: string, lookup: Lookup): boolean {
  try {
    return new Reader(tokens(condition), lookup).whole();
  } catch {
    return true;
  }
}

function tokens(condition: string): string[] {
  const found: string[] = [];
  const text = condition.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match?.[1]) throw new Error('not a condition we read');
    found.push(match[1]);
  }
  return found;
}

/** One condition, read from left to right: `or` binds least, then `and`, then comparisons. */
class Reader {
  readonly #tokens: string[];
  readonly #lookup: Lookup;
  #at = 0;

  constructor(tokens: string[], lookup: Lookup) {
    this.#tokens = tokens;
    this.#lookup = lookup;
  }

  whole(): boolean {
    const result = this.#either();
    if (this.#at < this.#tokens.length) throw new Error('something is left over');
    return truth(result);
  }

  #either(): Thing {
    let left = this.#both();
    while (this.#take('or')) {
      const right = this.#both();
      left = truth(left) || truth(right);
    }
    return left;
  }

  #both(): Thing {
    let left = this.#comparison();
    while (this.#take('and')) {
      const right = this.#comparison();
      left = truth(left) && truth(right);
    }
    return left;
  }

  #comparison(): Thing {
    const left = this.#atom();
    const sign = this.#tokens[this.#at];
    if (!sign || !['=', '!=', '<', '<=', '>', '>='].includes(sign)) return left;
    this.#at += 1;
    return compare(left, sign, this.#atom());
  }

  #atom(): Thing {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Error('something is missing');
    if (token.startsWith('${')) return this.#lookup(token.slice(2, -1));
    if (token.startsWith("'") || token.startsWith('"')) return token.slice(1, -1);
    if (/^\d/.test(token)) return Number(token);
    if (token !== '(') return this.#call(token);
    const inside = this.#either();
    this.#expect(')');
    return inside;
  }

  #call(name: string): Thing {
    this.#expect('(');
    const given: Thing[] = [];
    while (!this.#take(')')) {
      if (given.length > 0) this.#expect(',');
      given.push(this.#either());
    }
    const [first, second] = given;
    if (name === 'not' && first !== undefined) return !truth(first);
    if (name === 'true') return true;
    if (name === 'false') return false;
    if (name === 'selected' && first !== undefined && second !== undefined) {
      return (Array.isArray(first) ? first : text(first).split(' ')).includes(text(second));
    }
    throw new Error(`unknown function ${name}`);
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new Error(`no ${token}`);
  }
}

function compare(left: Thing, sign: string, right: Thing): boolean {
  if (sign === '=') return same(left, right);
  if (sign === '!=') return !same(left, right);
  const [a, b] = [number(left), number(right)];
  if (sign === '<') return a < b;
  if (sign === '<=') return a <= b;
  return sign === '>' ? a > b : a >= b;
}

function same(left: Thing, right: Thing): boolean {
  return typeof left === 'number' || typeof right === 'number' ? number(left) === number(right) : text(left) === text(right);
}

function truth(thing: Thing): boolean {
  return Array.isArray(thing) ? thing.length > 0 : Boolean(thing);
}

function text(thing: Thing): string {
  return Array.isArray(thing) ? thing.join(' ') : String(thing);
}

function number(thing: Thing): number {
  const words = text(thing).trim();
  return words === '' ? Number.NaN : Number(words);
}
