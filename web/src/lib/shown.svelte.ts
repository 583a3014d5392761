// A record's values as the pages show them: as in format.ts, with the names of admin areas.

import { areaNames } from './areas.svelte';
import { fieldOf } from './form';
import { display, zuluClock } from './format';
import type { Field, Register, Said, Value, Values } from './types';
import { language, t } from './words.svelte';

/** A value on one line; empty where there is none. */
export function shown(register: Register, field: Field, value: Value | undefined): string {
  const level = register.area_fields.indexOf(field.name);
  if (level >= 0 && typeof value === 'string') return areaNames.of(level + 1, value);
  return display(value, field, register, language.code);
}

/** The name of an admin area by its code alone: whatever level has it. */
export function areaOf(register: Register, code: string): string {
  for (let level = register.area_fields.length; level > 0; level -= 1) {
    const name = areaNames.of(level, code);
    if (name !== code) return name;
  }
  return code;
}

/** A value with all there is to it: clocks at midnight, codes of areas. */
export function shownFully(register: Register, field: Field, value: Value | undefined): string {
  if (field.type === 'time' && typeof value === 'string') return zuluClock(value);
  const text = shown(register, field, value);
  const isNamed = register.area_fields.includes(field.name) && text !== value && text !== '';
  return isNamed ? `${text} (${String(value)})` : text;
}

/** What somebody said: also that there is no value, that it may not be read, or a field this pack does not know. */
export function saidText(register: Register, name: string, said: Said | undefined): string {
  if (typeof said === 'object' && said !== null && 'sealed' in said) return t('sealed');
  const field = fieldOf(register.form, name);
  return (field ? shownFully(register, field, said) : String(said ?? '')) || t('no-value');
}

/** What a record is called. */
export function titleOf(register: Register, values: Values): string {
  const title = register.title_field ? values[register.title_field] : null;
  return typeof title === 'string' && title ? title : t('record-untitled');
}
