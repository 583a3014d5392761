import { describe, expect, test } from 'vitest';
import type { Bounds, Register } from '../lib/types';
import { around, circle, outline, searchable } from './area';
import { decimalsAt, latLon, lettersOf, position } from './coordinates';
import { gridOf, placeOf } from './grid';
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

describe('grid references', () => {
  /** The vectors of `crates/spatial/src/mgrs/tests.rs`, which GEOTRANS made. */
  test.each([
    [16.2717, -0.0447, '30Q ZD 15880 01273'],
    [-2.3, -3.4, '30M VC 55525 45773'],
    [0.65, -4.9, '30N TF 88552 71884'],
    [-0.02, -4.98, '30M TE 79631 97788'],
    [-1.2, -6.35, '29M QU 94920 67220'],
    [-0.8, -6.05, '29M RV 28375 11457'],
    [-3.6, -5.75, '30M SB 94476 01625'],
  ])('%d %d is %s, and back', (lat, lon, reference) => {
    expect(gridOf({ lat, lon })).toBe(reference);
    const again = placeOf(reference);
    expect(Math.abs((again?.lat ?? 0) - lat) + Math.abs((again?.lon ?? 0) - lon)).toBeLessThan(2e-5);
  });

  test('name the same metre again, wherever on earth', () => {
    for (let turn = 0; turn < 2000; turn += 1) {
      const at = { lon: ((0.5 + turn * 137.508) % 360) - 180, lat: ((turn * 61.803) % 163.9) - 80 };
      const reference = gridOf(at);
      const again = placeOf(reference);
      expect(again && gridOf(again), `${at.lat} ${at.lon}`).toBe(reference);
    }
  });

  test('are cut to their digits and not rounded', () => {
    const at = { lat: -2.05, lon: -4.15 };
    expect([8, 6, 4, 2, 0].map((digits) => gridOf(at, digits))).toEqual(['30M UC 7210 7336', '30M UC 721 733', '30M UC 72 73', '30M UC 7 7', '30M UC']);
    expect(placeOf('30muc7273')).toEqual(placeOf('30M UC 72000 73000'));
  });

  test('have zones of their own in Norway and Svalbard, and none at the poles', () => {
    const zones = [[60.4, 5.3], [55.9, 5.3], [78.2, 15.6], [78.2, 8.9], [83.9, 33.1], [0, 180]] as const;
    expect(zones.map(([lat, lon]) => gridOf({ lat, lon }).slice(0, 3))).toEqual(['32V', '31U', '33X', '31X', '37X', '01N']);
    expect([gridOf({ lat: 84.1, lon: 0 }), gridOf({ lat: -80.1, lon: 0 })]).toEqual(['', '']);
    expect(position(0, 85, 1, lettersOf('N S E W'))).toBe('85.0° N, 0.0° E');
  });

  test.each(['', '30', '30QZD1', '61QZD12', '0QZD12', '30IZD12', '30QZW12', '30QZD1a', '30QAD12', '30QZV00', '16.2717, -0.0447'])('%j names no place', (typed) => {
    expect(placeOf(typed)).toBeNull();
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
