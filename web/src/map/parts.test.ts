import { describe, expect, test } from 'vitest';
import type { Bounds, Register } from '../lib/types';
import { around, circle, outline, searchable } from './area';
import { decimalsAt, latLon, lettersOf } from './coordinates';
import { keyStep } from './keys';
import { certainty, kindField, measureOf, reach_m } from './meaning';
import type { Hit } from './picture';
import { figureOf, told } from './told';

const field = (name: string, type: string, list: string | null = null) =>
  ({ kind: 'field', name, label: `Label of ${name}`, hint: null, type, required: false, list, appearance: null, default: null, relevant: null, read_only: false });
const register = {
  name: 'event', title: 'Event', list_columns: ['verification', 'kind', 'type'],
  form: [field('kind', 'code', 'kinds'), field('type', 'code', 'types'), field('verification', 'code', 'grades'), field('place_precision', 'code', 'precisions'), field('deaths_best', 'integer')],
  lists: {
    types: [{ code: 'A', label: 'Ambush', definition: null, retired: false }],
    grades: [{ code: 'verified', label: 'Verified', definition: null, retired: false }],
    precisions: [{ code: 'near', label: 'Near', definition: null, retired: false }],
  },
  sums: ['deaths_low', 'deaths_best', 'deaths_high', 'civilian_deaths'],
} as unknown as Register;

describe('areas', () => {
  test('the view is rounded outwards and keeps its edges when it is round already', () => {
    expect(searchable(-4.12345, 13.00004, -3.1, 14.1)).toEqual([-4.1235, 13, -3.1, 14.1]);
    expect(searchable(-12.3, 10.1, 4.3, 25.1)).toEqual([-12.3, 10.1, 4.3, 25.1]);
  });

  test('over the date line the west is greater than the east', () => {
    expect(searchable(170, -10, 190, 10)).toEqual([170, -10, -170, 10]);
    expect(outline([170, -10, -170, 10]).features[0]?.geometry.coordinates[0]?.[1]).toEqual([190, -10]);
  });

  test('the whole world is the whole world', () => {
    expect(searchable(-200, -95, 200, 95)).toEqual([-180, -90, 180, 90]);
  });

  test('what lies around an area touches it on every side and covers none of it', () => {
    const covers = (bounds: Bounds, lon: number, lat: number) => around(bounds).features.filter(({ geometry }) => {
      const corners = geometry.coordinates[0] ?? [];
      const [lons, lats] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
      return lon > Math.min(...lons) && lon < Math.max(...lons) && lat > Math.min(...lats) && lat < Math.max(...lats);
    }).length;
    const here: Bounds = [-5, 13, -3, 15];
    expect(covers(here, -4, 14)).toBe(0);
    expect([[-5.01, 14], [-2.99, 14], [-4, 12.99], [-4, 15.01], [100, 80]].map(([lon = 0, lat = 0]) => covers(here, lon, lat))).toEqual([1, 1, 1, 1, 1]);
    const overDateLine: Bounds = [170, -10, -170, 10];
    expect([175, -175, 0, 169].map((lon) => covers(overDateLine, lon, 0))).toEqual([0, 0, 1, 1]);
  });

  test('a circle is as wide on the ground as it says', () => {
    const [shape] = circle(-4, 14, 25_000).features;
    const corners = shape?.geometry.coordinates[0] ?? [];
    expect(corners[0]).toEqual(corners.at(-1));
    const north = Math.max(...corners.map(([, lat]) => lat));
    const east = Math.max(...corners.map(([lon]) => lon));
    expect((north - 14) * 111.195).toBeCloseTo(25, 1);
    expect((east + 4) * 111.195 * Math.cos((14 * Math.PI) / 180)).toBeCloseTo(25, 1);
  });
});

describe('coordinates', () => {
  test('carry their letters, in the language of the reader', () => {
    expect(latLon(-0.04471, 16.27174)).toBe('16.2717° N, 0.0447° W');
    expect(latLon(12.5, -3, 2, lettersOf('N S E O'))).toBe('3.00° S, 12.50° E');
    expect(latLon(-12.5, 3, 1, lettersOf('N S E O'))).toBe('3.0° N, 12.5° O');
  });

  test('stay on the globe when the map goes around it', () => {
    expect(latLon(190, 0, 0)).toBe('0° N, 170° W');
    expect(latLon(180, 0, 0)).toBe('0° N, 180° E');
  });

  test('have as many decimals as can be pointed at', () => {
    expect([decimalsAt(2), decimalsAt(10), decimalsAt(18)]).toEqual([2, 4, 5]);
  });
});

describe('what a register means to the map', () => {
  test('the people killed come first, with their bounds', () => {
    expect(measureOf(register)).toEqual({ best: 'deaths_best', low: 'deaths_low', high: 'deaths_high', label: 'Label of deaths_best' });
  });

  test('another sum stands alone, and none is none', () => {
    expect(measureOf({ ...register, sums: ['strength'] })).toEqual({ best: 'strength', low: null, high: null, label: 'strength' });
    expect(measureOf({ ...register, sums: [] })).toBeNull();
  });

  test('its kind is its type, else a code that is no grade', () => {
    expect(kindField(register)).toBe('type');
    expect(kindField({ ...register, list_columns: ['verification', 'kind'] })).toBe('kind');
  });

  test('what is not said to be verified is not', () => {
    expect([certainty('verified'), certainty('partially_verified')]).toEqual(['verified', 'verified']);
    expect([certainty('reported'), certainty(undefined), certainty('anything')]).toEqual(['unverified', 'unverified', 'unverified']);
    expect(certainty('refuted')).toBe('refuted');
  });

  test('an exact place has no reach, a vaguer one has more', () => {
    expect(reach_m('exact')).toBe(0);
    expect(reach_m('near')).toBeLessThan(reach_m('admin1'));
  });
});

describe('what a mark says', () => {
  const hit = (properties: Record<string, unknown>, id: string | null = '01A'): Hit => ({ id, lon: 0, lat: 0, properties });

  test('in words of the register', () => {
    const one = told(hit({ type: 'A', verification: 'verified', place_precision: 'near', deaths_best: 3, deaths_low: 2, deaths_high: 3 }), register, measureOf(register));
    expect(one).toMatchObject({ count: 1, kind: 'Ambush', verification: 'Verified', certainty: 'verified', precision: 'Near', figure: { best: 3, low: 2, high: null } });
  });

  test('a disc stands for its count, and a lone one for one', () => {
    expect(told(hit({ count: 12 }, null), register, null).count).toBe(12);
    expect(told(hit({}, null), register, null).count).toBe(1);
  });

  test('nobody killed is no figure; somebody killed at most is one', () => {
    const measure = measureOf(register);
    expect(measure && figureOf({}, measure)).toBeNull();
    expect(measure && figureOf({ deaths_high: 4 }, measure)).toEqual({ best: 0, low: null, high: 4 });
  });
});

test('keys walk over the marks and around at the ends', () => {
  const marks = ['a', 'b', 'c'].map((id) => ({ id }) as Hit);
  expect(keyStep({ marks, at: -1 }, 1).at).toBe(0);
  expect(keyStep({ marks, at: -1 }, -1).at).toBe(2);
  expect(keyStep({ marks, at: 2 }, 1).at).toBe(0);
  expect(keyStep({ marks: [], at: -1 }, 1).at).toBe(-1);
});
