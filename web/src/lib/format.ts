// Values as people read them: in their language, times in Zulu and in the mission's own time.

import { codeLabel, fieldsOf, isRows } from './form';
import type { Field, Geometry, Register, RowValues, Value } from './types';
import { t } from './words.svelte';

/** As many decimals as the node keeps: a number is shown as it is, never rounded. */
const DECIMALS_MAX = 20;

/** An instant in UTC as a watch writes it: `2018-03-01 12:00Z`; nothing but the day at midnight. */
export function zulu(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const text = at.toISOString();
  const clock = text.slice(11, 16);
  return clock === '00:00' ? text.slice(0, 10) : `${text.slice(0, 10)} ${clock}Z`;
}

/** An instant with its clock, always: `2018-03-01 00:00Z`. */
export function zuluClock(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const text = at.toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)}Z`;
}

/** The clock of a place, `14:05`. */
export function localClock(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** How far the clocks of a place are ahead of UTC at an instant. */
export function offsetMinutes(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
}

/** A number with the separators of a language. */
export function number(value: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: DECIMALS_MAX }).format(value);
}

/** How dates of a language are written: the United Nations writes English days before their month. */
export function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

/** A day from its date: `1 March 2018`. */
export function longDay(day: string, language: string): string {
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

/** A value of a field as text; empty where there is none. */
export function display(value: Value | undefined, field: Field, register: Register, language: string): string {
  if (value === null || value === undefined) return '';
  if (isRows(value)) return value.map((row) => rowText(row, field, register, language)).join('; ');
  if (Array.isArray(value)) return value.map((code) => codeLabel(register, field, String(code))).join(', ');
  if (typeof value === 'object') return geometryText(value);
  // As chosen in a form it is a text still.
  if (field.type === 'boolean' || typeof value === 'boolean') return `${value}` === 'true' ? t('yes') : t('no');
  if (typeof value === 'number') return field.type === 'integer' || field.type === 'decimal' ? number(value, language) : `${value}`;
  if (field.type === 'code' || field.type === 'codes') return codeLabel(register, field, value);
  return field.type === 'time' ? zulu(value) : value;
}

/** One row of a repeat on one line. */
function rowText(row: RowValues, field: Field, register: Register, language: string): string {
  const columns = fieldsOf(field.fields ?? []);
  return columns.map((column) => display(row[column.name], column, register, language)).filter(Boolean).join(', ');
}

/** Latitude and longitude of a point, `16.2717, -0.0447`; the kind of any other shape. */
export function geometryText(shape: Geometry): string {
  const at = pointOf(shape);
  if (at) return `${at.lat}, ${at.lon}`;
  return shape.type === 'LineString' ? t('shape-line') : t('shape-area');
}

/** Where a point lies. */
export function pointOf(value: Value | undefined): { lon: number; lat: number } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const [lon, lat] = value.coordinates;
  return value.type === 'Point' && typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : null;
}

/** A size in bytes for people. */
export function fileSize(bytes: number, language: string): string {
  const [unit, size] = bytes < 1000 ? ['byte', bytes] : bytes < 1e6 ? ['kilobyte', bytes / 1e3] : ['megabyte', bytes / 1e6];
  return new Intl.NumberFormat(language, {
    style: 'unit', unit: unit as string, unitDisplay: 'short', maximumFractionDigits: 1,
  }).format(size as number);
}
