// Evaluates what an expression says on the answers of a form.

import { call, type World } from './functions';
import { Unknown, type Operator } from './tokens';
import { treeOf, type Tree } from './tree';
import { numberOf, singles, textOf, truthOf, type Datum, type Single } from './values';

/** The answers that an expression sees from where it stands. */
export interface Scope extends World {
  /** The texts of the answers of a name: one, or that of every row; nothing where there is no such question. */
  nodes: (name: string) => string[] | undefined;
  /** The answer it is about. */
  self: string;
  /** What the sheet of choices says of a choice, where it is about one. */
  column?: (name: string) => string | undefined;
}

/** What an expression comes to; nothing where these pages do not understand it, and the node will say. */
export function evaluate(expression: string, scope: Scope): Datum | undefined {
  const tree = treeOf(expression);
  if (!tree) return undefined;
  try {
    return valueOf(tree, scope);
  } catch (error) {
    if (error instanceof Unknown) return undefined;
    throw error;
  }
}

/** Whether a condition holds; `otherwise` where it is not understood. */
export function holds(condition: string, scope: Scope, otherwise: boolean): boolean {
  const value = evaluate(condition, scope);
  return value === undefined ? otherwise : truthOf(value);
}

/** What an expression comes to as a text. */
export function written(expression: string, scope: Scope): string | undefined {
  const value = evaluate(expression, scope);
  return value === undefined ? undefined : textOf(value);
}

function valueOf(tree: Tree, scope: Scope): Datum {
  if (tree.kind === 'number' || tree.kind === 'text') return tree.value;
  if (tree.kind === 'self') return { nodes: [scope.self] };
  if (tree.kind === 'negation') return -numberOf(valueOf(tree.inner, scope), scope.offsetMinutes);
  if (tree.kind === 'chain') return chain(tree.first, tree.rest, scope);
  if (tree.kind === 'call') return called(tree.name, tree.given, scope);
  const nodes = tree.kind === 'column' ? listed(scope.column?.(tree.name)) : scope.nodes(tree.name);
  if (!nodes) throw new Unknown(tree.name);
  return { nodes };
}

function listed(cell: string | undefined): string[] | undefined {
  return cell === undefined ? undefined : [cell];
}

/** Of `if` only the side that counts: the other may be about what nobody answered. */
function called(name: string, given: readonly Tree[], scope: Scope): Datum {
  const [first, then, otherwise] = given;
  if (name === 'if' && first && then && otherwise) return valueOf(truthOf(valueOf(first, scope)) ? then : otherwise, scope);
  return call(name, given.map((tree) => valueOf(tree, scope)), scope);
}

function chain(first: Tree, rest: readonly [Operator, Tree][], scope: Scope): Datum {
  let value = valueOf(first, scope);
  for (const [sign, operand] of rest) {
    if (sign === 'or') value = truthOf(value) || truthOf(valueOf(operand, scope));
    else if (sign === 'and') value = truthOf(value) && truthOf(valueOf(operand, scope));
    else value = computed(sign, value, valueOf(operand, scope), scope.offsetMinutes);
  }
  return value;
}

function computed(sign: Operator, left: Datum, right: Datum, offset: number): Datum {
  if (['=', '!=', '<', '<=', '>', '>='].includes(sign)) return compared(sign, left, right, offset);
  const [a, b] = [numberOf(left, offset), numberOf(right, offset)];
  if (sign === '+') return a + b;
  if (sign === '-') return a - b;
  if (sign === '*') return a * b;
  return sign === 'div' ? a / b : a % b;
}

/** As XPath compares: of nodes any will do. */
function compared(sign: Operator, left: Datum, right: Datum, offset: number): boolean {
  const isEquality = sign === '=' || sign === '!=';
  if (isEquality && (typeof left === 'boolean' || typeof right === 'boolean')) {
    return (truthOf(left) === truthOf(right)) === (sign === '=');
  }
  return singles(left).some((one) => singles(right).some((other) => holdsOf(sign, one, other, offset)));
}

function holdsOf(sign: Operator, left: Single, right: Single, offset: number): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    if (sign === '=') return left === right;
    if (sign === '!=') return left !== right;
  }
  const [a, b] = [numberOf(left, offset), numberOf(right, offset)];
  if (sign === '=') return a === b;
  if (sign === '!=') return a !== b;
  if (sign === '<') return a < b;
  if (sign === '<=') return a <= b;
  return sign === '>' ? a > b : a >= b;
}
