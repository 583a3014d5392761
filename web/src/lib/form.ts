// A register's form as a tree: finding fields, code lists and labels in it.

import type { Code, Field, Group, Item, Register, RowValues, Value } from './types';

/** Every field of a form, in order. */
export function fieldsOf(items: readonly Item[]): Field[] {
  return items.flatMap((item) => (item.kind === 'field' ? [item] : fieldsOf(item.children)));
}

/** A field by name. */
export function fieldOf(items: readonly Item[], name: string): Field | undefined {
  return fieldsOf(items).find((field) => field.name === name);
}

/** The groups of a form in its order; fields that follow each other outside of any make one without a label. */
export function groupsOf(items: readonly Item[]): Group[] {
  const groups: Group[] = [];
  let loose: Group | null = null;
  for (const item of items) {
    if (item.kind === 'group') groups.push(item);
    else if (loose) loose.children.push(item);
    else groups.push((loose = { kind: 'group', name: `~${item.name}`, label: '', children: [item] }));
    if (item.kind === 'group') loose = null;
  }
  return groups;
}

/** The codes a field chooses from. */
export function codesOf(register: Register, field: Field): Code[] {
  return (field.list && register.lists[field.list]) || [];
}

/** What people call a code; the code itself where the list does not know it. */
export function codeLabel(register: Register, field: Field | undefined, code: string): string {
  if (!field) return code;
  return codesOf(register, field).find((one) => one.code === code)?.label ?? code;
}

/** Whether a value is that of a repeat. */
export function isRows(value: Value | undefined): value is RowValues[] {
  return Array.isArray(value) && value.some((one) => typeof one === 'object');
}

/** What people call the place a finding names: `victims[2].age` is the age in the second row of victims. */
export function labelAt(items: readonly Item[], column: string): string | null {
  const labels: string[] = [];
  let within = items;
  for (const part of column.split('.')) {
    const [, name = '', row] = /^([^[]+)(?:\[(\d+)\])?$/.exec(part) ?? [];
    const field = fieldOf(within, name);
    if (!field) return null;
    labels.push(row ? `${field.label} ${row}` : field.label);
    within = field.fields ?? [];
  }
  return labels.join(', ');
}
