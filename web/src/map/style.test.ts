import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import type { LayerSpecification } from 'maplibre-gl';
import { describe, expect, test } from 'vitest';
import { countryName, type Ground } from './basemap';
import { paletteOf } from './palette';
import { discRadius, type Marks } from './records';
import { chosenData, pictureStyle, placeStyle, recordTiles, searchedData, type Wishes } from './style';

const ground: Ground = { palette: paletteOf(false), language: 'fr', countries: ['ML'], hidden: [] };
const marks: Marks = {
  palette: paletteOf(false),
  measure: { best: 'deaths_best', low: 'deaths_low', high: 'deaths_high', label: 'Deaths' },
  isGraded: true,
  kind: { field: 'type', labels: new Map([['AC', 'Clash'], ['VC', "Attack on 'civilians'"]]) },
  figureWords: { language: 'fr', one: '# mort', many: '# morts' },
  chosen: '01ABC',
  areas: ['ML05'],
};
const wishes: Wishes = {
  ground, marks, origin: 'http://node:8271', recordTiles: 'http://node:8271/tiles/incident/{z}/{x}/{y}.mvt',
  chosen: { lon: -4, lat: 14, reach_m: 0 }, searched: [-5, 13, -3, 15],
};

function layer(style: { layers: LayerSpecification[] }, id: string): LayerSpecification {
  const found = style.layers.find((one) => one.id === id);
  if (!found) throw new Error(`no layer ${id}`);
  return found;
}

function addresses(value: unknown): string[] {
  return JSON.stringify(value).match(/https?:\/\/[^"/]+/g) ?? [];
}

describe('the style of the picture', () => {
  const style = pictureStyle(wishes);

  test('is valid in both looks, and whatever is known of the register', () => {
    const plain: Marks = { ...marks, measure: null, isGraded: false, kind: null, chosen: null, areas: [] };
    for (const one of [style, pictureStyle({ ...wishes, ground: { ...ground, palette: paletteOf(true) } }), pictureStyle({ ...wishes, marks: plain })]) {
      expect(validateStyleMin(one)).toEqual([]);
    }
  });

  test('asks no other host, for no glyphs and for no sprite', () => {
    expect(style.glyphs).toBeUndefined();
    expect(style.sprite).toBeUndefined();
    expect(new Set(addresses(style))).toEqual(new Set(['http://node:8271']));
  });

  test('draws disputed boundaries dashed and settled ones whole', () => {
    expect(layer(style, 'boundary-disputed').paint).toHaveProperty('line-dasharray');
    expect(layer(style, 'boundary').paint).not.toHaveProperty('line-dasharray');
  });

  test('tells verified from unverified by filling, not by colour alone', () => {
    const { paint } = layer(style, 'record') as { paint: Record<string, unknown> };
    const verified = ['in', ['coalesce', ['get', 'verification'], ''], ['literal', ['verified', 'partially_verified']]];
    expect(paint['circle-color']).toEqual(['case', verified, expect.anything(), marks.palette.halo]);
  });

  test('draws no mark for a place that is not exactly known', () => {
    for (const id of ['record', 'record-chosen']) expect(JSON.stringify(layer(style, id))).toContain('"admin2"');
    expect(JSON.stringify((layer(style, 'record') as { filter: unknown }).filter)).toMatch(/^\["!",\["in"/);
    expect(JSON.stringify((layer(style, 'record-area') as { filter: unknown }).filter)).not.toContain('country');
  });

  test('leaves out the parts that somebody switched off', () => {
    const bare = pictureStyle({ ...wishes, ground: { ...ground, hidden: ['admin', 'water', 'names'] } });
    const ids = bare.layers.map(({ id }) => id);
    expect(ids.filter((id) => /admin|river|lake|name|place/.test(id))).toEqual([]);
    expect(ids).toContain('boundary');
  });
});

describe('the style of a place', () => {
  test('is valid with a place and without', () => {
    expect(validateStyleMin(placeStyle(ground, 'http://node', null))).toEqual([]);
    expect(validateStyleMin(placeStyle(ground, 'http://node', { lon: 0, lat: 0, reach_m: 25_000 }))).toEqual([]);
  });
});

describe('what the page draws itself', () => {
  test('an exact place is a point, any other an area', () => {
    const kinds = (reach_m: number) => (chosenData({ lon: -4, lat: 14, reach_m }) as { features: { geometry: { type: string } }[] }).features.map((one) => one.geometry.type);
    expect(kinds(0)).toEqual(['Point']);
    expect(kinds(25_000)).toEqual(['Polygon']);
  });

  test('nothing chosen, nothing searched: nothing drawn', () => {
    expect(chosenData(null)).toEqual({ type: 'FeatureCollection', features: [] });
    expect(searchedData(null)).toEqual({ type: 'FeatureCollection', features: [] });
  });
});

describe('tiles of records', () => {
  test('carry the question', () => {
    const given = new URLSearchParams({ filter: "type IN ('A&B')", q: 'Gao' });
    const address = recordTiles('http://node', 'incident', given);
    expect(address).toMatch(/^http:\/\/node\/tiles\/incident\/\{z\}\/\{x\}\/\{y\}\.mvt\?/);
    expect(new URL(address).searchParams.get('filter')).toBe("type IN ('A&B')");
  });

  test('leave the question as it was', () => {
    const given = new URLSearchParams();
    expect(recordTiles('http://node', 'site', given)).toBe('http://node/tiles/site/{z}/{x}/{y}.mvt?cells=8');
    expect(given.toString()).toBe('');
  });
});

test('a disc grows with what it stands for, up to a bound', () => {
  const sizes = [1, 2, 10, 100, 1000].map(discRadius);
  expect([...sizes].sort((a, b) => a - b)).toEqual(sizes);
  expect(new Set(sizes).size).toBe(sizes.length);
  expect(discRadius(10_000_000)).toBe(discRadius(1_000_000_000));
});

test('countries are named in the language of the reader', () => {
  expect([countryName('CI', 'en'), countryName('MR', 'fr')]).toEqual(['Côte d’Ivoire', 'Mauritanie']);
  expect(countryName('not a country', 'fr')).toBe('not a country');
});
