// A register's form as a tree: finding fields, code lists and labels in it.

import type { Code, Field, Group, Item, Register } from './types';

/** Every field of a form, in order. */
export function fieldsOf(items: readonly Item[]): Field[] {
  return items.flatMap((item) => (item.kind === 'field' ? [item] : fieldsOf(item.children)));
}

/** A field by name. */
export function fieldOf(items: readonly Item[], name: string): Field | undefined {
  return fieldsOf(items).find((field) => field.name === name);
}

/** The groups of a form with the fields directly in them; fields outside of any come first. */
export function groupsOf(items: readonly Item[]): Group[] {
  const loose = items.filter((item) => item.kind === 'field');
  const groups = items.filter((item) => item.kind === 'group');
  const first: Group[] = loose.length > 0 ? [{ kind: 'group', name: '', label: '', children: loose }] : [];
  return [...first, ...groups];
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
