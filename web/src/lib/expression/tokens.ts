// The words of an expression. A name may hold `-` and `.`; `and`, `or`, `div`, `mod` and `*` are operators
// where an operand stands before them, as XPath has it.

export type Token =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'reference'; name: string }
  | { kind: 'name'; name: string }
  | { kind: 'operator'; sign: Operator }
  | { kind: 'mark'; sign: '(' | ')' | ',' | '.' };

export type Operator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'div' | 'mod';

/** What these pages do not read: the node does. */
export class Unknown extends Error {}

const WORD = /\s*(?:(?<reference>\$\{\s*[A-Za-z_][\w.-]*\s*\})|(?<text>'[^']*'|"[^"]*")|(?<number>\d+(?:\.\d*)?|\.\d+)|(?<sign>!=|<=|>=|[=<>+*-])|(?<mark>[(),]|\.(?![.\d]))|(?<name>[A-Za-z_][\w.:-]*))/y;
const NAMED: readonly string[] = ['and', 'or', 'div', 'mod'];

/** The words of a text; throws where it holds what is not read here. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  const end = text.trimEnd().length;
  WORD.lastIndex = 0;
  while (WORD.lastIndex < end) {
    const groups = WORD.exec(text)?.groups;
    if (!groups) throw new Unknown(text);
    found.push(tokenOf(groups, found.at(-1)));
  }
  return found;
}

function tokenOf(groups: Record<string, string | undefined>, before: Token | undefined): Token {
  const { reference, text, number, sign, mark, name } = groups;
  if (reference) return { kind: 'reference', name: reference.slice(2, -1).trim() };
  if (text) return { kind: 'text', value: text.slice(1, -1) };
  if (number) return { kind: 'number', value: Number(number) };
  if (mark) return { kind: 'mark', sign: mark as '(' };
  if (sign && (sign !== '*' || isOperand(before))) return { kind: 'operator', sign: sign as Operator };
  if (!name) throw new Unknown(sign);
  const isOperator = NAMED.includes(name) && isOperand(before);
  return isOperator ? { kind: 'operator', sign: name as Operator } : { kind: 'name', name };
}

function isOperand(token: Token | undefined): boolean {
  if (!token || token.kind === 'operator') return false;
  return token.kind !== 'mark' || token.sign === ')' || token.sign === '.';
}
