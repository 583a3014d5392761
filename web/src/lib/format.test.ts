import { describe, expect, test } from 'vitest';
import { fieldOf } from './form';
import { display, fileSize, geometryText, localClock, number, pointOf, zulu, zuluClock } from './format';
import type { Field, Value } from './types';
import { useLanguage } from './words.svelte';
import { register } from '../../dev/register';

function shown(name: string, value: Value, language = 'en'): string {
  return display(value, fieldOf(register.form, name) as Field, register, language);
}

describe('a value', () => {
  test('of a code is its label, of an unknown code the code', () => {
    expect(shown('type', 'AC-CLASH')).toBe('Armed clash');
    expect(shown('type', 'GONE')).toBe('GONE');
    expect(shown('weapons', ['rifle', 'x'])).toBe('Rifle, x');
  });

  test('of a number has the separators of the language', () => {
    expect(shown('deaths', 12345)).toBe('12,345');
    expect(shown('deaths', 12345, 'fr')).toMatch(/^12\s345$/);
    expect(shown('deaths', 0)).toBe('0');
    expect(number(1.5, 'fr')).toBe('1,5');
  });

  test('of a number loses no digit', () => {
    expect(shown('cost', 0.0001)).toBe('0.0001');
    expect(shown('cost', 1234.56789, 'fr')).toMatch(/^1\s234,56789$/);
  });

  test('of yes and no, and of a shape, is in the language of the reader', async () => {
    await useLanguage('fr');
    expect([shown('confirmed', true), shown('confirmed', 'false')]).toEqual(['Oui', 'Non']);
    expect(shown('track', { type: 'LineString', coordinates: [[0, 0], [1, 1]] })).toBe('Ligne');
  });

  test('that is not there is nothing', () => {
    expect(shown('deaths', null)).toBe('');
    expect(display(undefined, fieldOf(register.form, 'deaths') as Field, register, 'en')).toBe('');
  });

  test('of text stays as it is, whatever it looks like', () => {
    expect(shown('summary', '<script>alert(1)</script>')).toBe('<script>alert(1)</script>');
    expect(shown('summary', '2018-03-01T12:00:00Z')).toBe('2018-03-01T12:00:00Z');
  });

  test('of a place is latitude and longitude', () => {
    const at = { type: 'Point' as const, coordinates: [-0.0447, 16.2717] };
    expect(geometryText(at)).toBe('16.2717, -0.0447');
    expect(pointOf(at)).toEqual({ lon: -0.0447, lat: 16.2717 });
    expect(pointOf({ type: 'Polygon', coordinates: [] })).toBeNull();
    expect(pointOf(['x'])).toBeNull();
  });
});

describe('an instant', () => {
  test('is told in Zulu, midnight as its day where the clock may be unknown', () => {
    expect(zulu('2018-03-01T14:05:30+02:00')).toBe('2018-03-01 12:05Z');
    expect(zulu('2018-03-01T00:00:00Z')).toBe('2018-03-01');
    expect(zuluClock('2018-03-01T00:00:00Z')).toBe('2018-03-01 00:00Z');
  });

  test('that is none is told as it is', () => {
    expect(zulu('soon')).toBe('soon');
    expect(zuluClock('')).toBe('');
  });

  test('has a clock in the mission', () => {
    expect(localClock(new Date('2026-01-01T12:00:00Z'), 'Africa/Juba')).toBe('14:00');
  });
});

test('sizes are told in the unit that fits', () => {
  expect(fileSize(999, 'en')).toBe('999 byte');
  expect(fileSize(1500, 'en')).toBe('1.5 kB');
  expect(fileSize(25_000_000, 'en')).toBe('25 MB');
});
