// What a form asks, given what is answered so far: relevance, constraints, calculations and choices, in
// rows as well. What these pages do not understand they ask, allow and offer: the node decides.

import type { Answer, Answers } from './answers';
import { holds, written, type Scope } from './expression/evaluate';
import type { World } from './expression/functions';
import { readShape, writeShape, type ShapeKind } from './shapes';
import type { Code, Field, Group, Item } from './types';

/** A row of a repeat that a field stands in. */
export interface Step {
  field: Field;
  row: Answers;
  index: number;
}

interface Place {
  field: Field;
  groups: readonly Group[];
}

const indexes = new WeakMap<readonly Item[], Map<string, Place>>();
const NONE = new Map<string, Place>();

/** The fields directly in a form or a repeat, by name, with their groups. */
function indexOf(items: readonly Item[] | undefined): Map<string, Place> {
  if (!items) return NONE;
  const known = indexes.get(items);
  if (known) return known;
  const index = new Map<string, Place>();
  const add = (some: readonly Item[], groups: readonly Group[]): void => {
    for (const item of some) {
      if (item.kind === 'field') index.set(item.name, { field: item, groups });
      else add(item.children, [...groups, item]);
    }
  };
  add(items, []);
  indexes.set(items, index);
  return index;
}

/** One look at the answers: made anew when they change. */
export class Asking {
  readonly #form: readonly Item[];
  readonly #answers: Answers;
  readonly #world: World;
  readonly #asked = new Map<string, boolean>();
  /** What is being worked out: a form that goes in circles is for the node to refuse. */
  readonly #open = new Set<string>();

  constructor(form: readonly Item[], answers: Answers, world: World) {
    this.#form = form;
    this.#answers = answers;
    this.#world = world;
  }

  /** Whether a field is asked. */
  isAsked(field: Field, steps: readonly Step[] = []): boolean {
    const key = keyOf(field, steps);
    const known = this.#asked.get(key);
    if (known !== undefined) return known;
    const groups = this.#items(steps)?.get(field.name)?.groups ?? [];
    const conditions = [...groups.map((group) => group.relevant), field.relevant].filter((one) => typeof one === 'string' && one !== '');
    const asked = this.#once(`relevant ${key}`, true, () => conditions.every((one) => holds(one as string, this.#scope(field, steps), true)));
    this.#asked.set(key, asked);
    return asked;
  }

  /** Whether an answer is what its field allows; no answer is. */
  isAllowed(field: Field, steps: readonly Step[] = []): boolean {
    if (!field.constraint || this.#text(field, steps) === '') return true;
    return holds(field.constraint, this.#scope(field, steps), true);
  }

  /** Whether a field that must be answered is not. */
  isMissing(field: Field, steps: readonly Step[] = []): boolean {
    if (!field.required || field.read_only || field.calculation || !this.isAsked(field, steps)) return false;
    const answer = rowOf(this.#answers, steps)[field.name];
    return answer === undefined || (typeof answer === 'string' ? answer.trim() === '' : answer.length === 0);
  }

  /** What a computed field comes to; nothing where the node alone knows. */
  computed(field: Field, steps: readonly Step[] = []): string | undefined {
    if (!field.calculation) return undefined;
    const { calculation } = field;
    return this.#once(`computed ${keyOf(field, steps)}`, undefined, () => written(calculation, this.#scope(field, steps)));
  }

  /** Whether a code is offered to a field. */
  offers(field: Field, code: Code, steps: readonly Step[] = []): boolean {
    if (!field.choice_filter) return true;
    return holds(field.choice_filter, { ...this.#scope(field, steps), column: (name) => columnOf(code, name) }, true);
  }

  #items(steps: readonly Step[]): Map<string, Place> {
    return indexOf(steps.length > 0 ? steps.at(-1)?.field.fields : this.#form);
  }

  #scope(field: Field, steps: readonly Step[]): Scope {
    const self = asText(field, rowOf(this.#answers, steps)[field.name]);
    return { ...this.#world, nodes: (name) => this.#nodes(name, steps), self };
  }

  /** From inside outwards; then whatever lies deeper, of every row. */
  #nodes(name: string, steps: readonly Step[]): string[] | undefined {
    for (let depth = steps.length; depth >= 0; depth -= 1) {
      const within = steps.slice(0, depth);
      const place = this.#items(within).get(name);
      if (place) return this.#texts(place.field, within);
    }
    return this.#deeper(name, []);
  }

  #deeper(name: string, steps: readonly Step[]): string[] | undefined {
    let found: string[] | undefined;
    for (const { field } of this.#items(steps).values()) {
      if (field.type !== 'rows') continue;
      const column = indexOf(field.fields).get(name)?.field;
      if (column) found ??= [];
      for (const [index, row] of rowsIn(rowOf(this.#answers, steps)[field.name]).entries()) {
        const within = [...steps, { field, row, index }];
        const more = column ? this.#texts(column, within) : this.#deeper(name, within);
        if (more) found = [...(found ?? []), ...more];
      }
    }
    return found;
  }

  /** One text of a field; of a repeat one for each row. */
  #texts(field: Field, steps: readonly Step[]): string[] {
    if (field.type === 'rows') return rowsIn(rowOf(this.#answers, steps)[field.name]).map(() => '');
    return [this.isAsked(field, steps) ? this.#text(field, steps) : ''];
  }

  #text(field: Field, steps: readonly Step[]): string {
    return this.computed(field, steps) ?? asText(field, rowOf(this.#answers, steps)[field.name]);
  }

  #once<T>(key: string, meanwhile: T, work: () => T): T {
    if (this.#open.has(key)) return meanwhile;
    this.#open.add(key);
    try {
      return work();
    } finally {
      this.#open.delete(key);
    }
  }
}

/** Where findings place a field: `victims[2].age`. */
export function columnAt(field: Field, steps: readonly Step[]): string {
  return [...steps.map((step) => `${step.field.name}[${step.index + 1}]`), field.name].join('.');
}

function keyOf(field: Field, steps: readonly Step[]): string {
  return steps.length === 0 ? field.name : columnAt(field, steps);
}

function rowOf(answers: Answers, steps: readonly Step[]): Answers {
  return steps.at(-1)?.row ?? answers;
}

function rowsIn(answer: Answer | undefined): Answers[] {
  return Array.isArray(answer) ? answer.filter((row): row is Answers => typeof row === 'object') : [];
}

function columnOf(code: Code, name: string): string | undefined {
  if (name === 'name') return code.code;
  const cell = (code as unknown as Record<string, unknown>)[name];
  if (cell === null) return '';
  return typeof cell === 'string' ? cell : undefined;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{1,2}:\d{2}$/;

/** An answer as form clients write it: codes with blanks between, instants with their offset. */
function asText(field: Field, answer: Answer | undefined): string {
  if (answer === undefined) return '';
  if (Array.isArray(answer)) return answer.filter((one) => typeof one === 'string').join(' ');
  const text = answer.trim();
  // As form clients write shapes: corners apart by semicolons, an area with its first one again.
  if (field.type === 'line' || field.type === 'area') return cornersText(field.type, text);
  return field.type === 'time' && INSTANT.test(text) ? `${text.replace(/T(\d):/, 'T0$1:')}:00Z` : text;
}

function cornersText(kind: ShapeKind, text: string): string {
  const { corners, wrong, isElaborate } = readShape(kind, text);
  if (wrong !== null || isElaborate) return text;
  const all = kind === 'area' ? [...corners, ...corners.slice(0, 1)] : corners;
  return all.map((corner) => `${writeShape([corner])} 0 0`).join(';');
}
