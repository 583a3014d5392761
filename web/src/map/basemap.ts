// The ground the records lie on: land, water, borders and names, from the node's own tiles. No glyph
// and no sprite is fetched: text is drawn with the font of the pages.

import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { Palette } from './palette';

export const BASEMAP = 'basemap';
/** Beyond this zoom the tiles of the ground are only enlarged. */
export const BASEMAP_ZOOM_MAX = 14;

/** The first name gives the weight and is no font; the second is drawn. */
export const TEXT: string[] = ['Noto Sans Variable'];
export const TEXT_STRONG: string[] = ['Semibold', 'Noto Sans Variable'];
export const TEXT_ITALIC: string[] = ['Italic', 'Noto Sans Variable'];

/** Parts of the ground that a person can switch off. */
export const GROUND_PARTS = ['admin', 'water', 'names'] as const;
export type GroundPart = (typeof GROUND_PARTS)[number];

export interface Ground {
  palette: Palette;
  language: string;
  /** The mission's countries, ISO 3166 alpha-2. */
  countries: readonly string[];
  hidden: readonly GroundPart[];
}

/** All layers below the records. */
export function groundLayers(ground: Ground): LayerSpecification[] {
  const shown = (part: GroundPart, layers: LayerSpecification[]): LayerSpecification[] =>
    ground.hidden.includes(part) ? [] : layers;
  return [
    ...land(ground),
    ...shown('water', water(ground)),
    ...shown('admin', adminLines(ground)),
    ...boundaries(ground),
  ];
}

/** Names, drawn above the records' areas and below their marks. */
export function nameLayers(ground: Ground): LayerSpecification[] {
  if (ground.hidden.includes('names')) return [];
  return [...waterNames(ground), ...adminNames(ground), ...places(ground), ...countries(ground)];
}

/** Made once for a language: a list of countries has hundreds of names. */
const namers = new Map<string, Intl.DisplayNames>();

/** The name of a country in a language, without any data: browsers know it. */
export function countryName(code: string, language: string): string {
  const namer = namers.get(language) ?? new Intl.DisplayNames([language], { type: 'region' });
  namers.set(language, namer);
  try {
    return namer.of(code) ?? code;
  } catch {
    return code;
  }
}

function land({ palette, countries }: Ground): LayerSpecification[] {
  const ofMission: ExpressionSpecification = ['in', ['coalesce', ['get', 'iso'], ''], ['literal', [...countries]]];
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
    {
      id: 'land', type: 'fill', source: BASEMAP, 'source-layer': 'land',
      paint: {
        'fill-color': ['case', ofMission, palette.land, palette.landAround],
        'fill-antialias': false,
      },
    },
  ];
}

function water({ palette }: Ground): LayerSpecification[] {
  const rank: ExpressionSpecification = ['coalesce', ['get', 'rank'], 9];
  return [
    {
      id: 'lake', type: 'fill', source: BASEMAP, 'source-layer': 'lake',
      paint: { 'fill-color': palette.water },
    },
    {
      id: 'river', type: 'line', source: BASEMAP, 'source-layer': 'river',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': palette.river,
        'line-width': [
          'interpolate', ['exponential', 1.3], ['zoom'],
          4, ['interpolate', ['linear'], rank, 1, 1.2, 9, 0.5],
          10, ['interpolate', ['linear'], rank, 1, 4, 9, 1.5],
        ],
      },
    },
  ];
}

/** Regions first; districts and communes only as one comes closer. */
function adminLines({ palette }: Ground): LayerSpecification[] {
  const line = (level: number, minzoom: number, width: number, dashes: number[]): LayerSpecification => ({
    id: `admin-${level}`, type: 'line', source: BASEMAP, 'source-layer': 'admin', minzoom,
    filter: ['==', ['get', 'level'], level],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': palette.admin,
      'line-width': ['interpolate', ['linear'], ['zoom'], minzoom, width, minzoom + 5, width * 1.8],
      ...(dashes.length > 0 ? { 'line-dasharray': dashes } : {}),
    },
  });
  return [line(3, 8, 0.4, [1, 2]), line(2, 6, 0.6, [3, 2]), line(1, 3, 1, [])];
}

/** Between countries: whole where settled, dashed where disputed. */
function boundaries({ palette }: Ground): LayerSpecification[] {
  const disputed: ExpressionSpecification = ['==', ['coalesce', ['get', 'disputed'], false], true];
  const national: ExpressionSpecification = ['==', ['coalesce', ['get', 'level'], 0], 0];
  const line = (id: string, filter: FilterSpecification, width: number, dashes: number[]): LayerSpecification => ({
    id, type: 'line', source: BASEMAP, 'source-layer': 'boundary', filter,
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': palette.boundary,
      'line-width': ['interpolate', ['linear'], ['zoom'], 3, width, 10, width * 2],
      ...(dashes.length > 0 ? { 'line-dasharray': dashes } : {}),
    },
  });
  return [
    line('boundary-region', ['!', national], 0.4, [3, 3]),
    line('boundary', ['all', national, ['!', disputed]], 1.2, []),
    line('boundary-disputed', ['all', national, disputed], 1.2, [3, 2]),
  ];
}

function waterNames({ palette }: Ground): LayerSpecification[] {
  return [
    {
      id: 'river-name', type: 'symbol', source: BASEMAP, 'source-layer': 'river', minzoom: 6,
      filter: ['has', 'name'],
      layout: {
        'symbol-placement': 'line', 'symbol-spacing': 420,
        'text-field': ['get', 'name'], 'text-font': TEXT_ITALIC, 'text-size': 11, 'text-letter-spacing': 0.08,
      },
      paint: { 'text-color': palette.inkWater, 'text-halo-color': palette.halo, 'text-halo-width': 1.2 },
    },
    {
      id: 'lake-name', type: 'symbol', source: BASEMAP, 'source-layer': 'lake', minzoom: 7,
      filter: ['has', 'name'],
      layout: { 'text-field': ['get', 'name'], 'text-font': TEXT_ITALIC, 'text-size': 11, 'text-max-width': 7 },
      paint: { 'text-color': palette.inkWater, 'text-halo-color': palette.halo, 'text-halo-width': 1.2 },
    },
  ];
}

function adminNames({ palette }: Ground): LayerSpecification[] {
  const name = (level: number, minzoom: number, maxzoom: number, size: number): LayerSpecification => ({
    id: `admin-name-${level}`, type: 'symbol', source: BASEMAP, 'source-layer': 'admin_label', minzoom, maxzoom,
    filter: ['==', ['get', 'level'], level],
    layout: {
      'text-field': ['get', 'name'], 'text-font': level === 1 ? TEXT_STRONG : TEXT,
      'text-size': size, 'text-letter-spacing': 0.12, 'text-transform': level === 1 ? 'uppercase' : 'none',
      'text-max-width': 8,
    },
    paint: { 'text-color': palette.inkSoft, 'text-halo-color': palette.halo, 'text-halo-width': 1.5 },
  });
  return [name(3, 9.5, 16, 10), name(2, 7, 11, 11), name(1, 4, 9, 11)];
}

/** A dot and a name: larger places first, capitals as a square within a square. */
function places({ palette, language }: Ground): LayerSpecification[] {
  const rank: ExpressionSpecification = ['coalesce', ['get', 'class'], 5];
  return [
    {
      id: 'place-dot', type: 'circle', source: BASEMAP, 'source-layer': 'place',
      paint: {
        'circle-radius': ['match', rank, 1, 3, 2, 2.4, 3, 2, 1.5],
        'circle-color': palette.halo,
        'circle-stroke-color': palette.ink,
        'circle-stroke-width': ['match', rank, 1, 1.8, 2, 1.2, 0.9],
      },
    },
    {
      id: 'place-name', type: 'symbol', source: BASEMAP, 'source-layer': 'place',
      layout: {
        'text-field': nameIn(language),
        'text-font': ['match', rank, [1, 2], ['literal', TEXT_STRONG], ['literal', TEXT]] as ExpressionSpecification,
        'text-size': ['interpolate', ['linear'], ['zoom'], 4, ['match', rank, 1, 12, 2, 11, 10], 10, ['match', rank, 1, 16, 2, 14, 3, 12, 11]],
        'text-variable-anchor': ['left', 'right', 'bottom', 'top'],
        'text-radial-offset': 0.5,
        'text-justify': 'auto',
        'symbol-sort-key': rank,
      },
      paint: { 'text-color': palette.ink, 'text-halo-color': palette.halo, 'text-halo-width': 1.4 },
    },
  ];
}

function countries({ palette, language }: Ground): LayerSpecification[] {
  return [
    {
      id: 'country-name', type: 'symbol', source: BASEMAP, 'source-layer': 'country_label', maxzoom: 7,
      layout: {
        'text-field': countryNames(language), 'text-font': TEXT_STRONG,
        'text-size': ['interpolate', ['linear'], ['zoom'], 2, 10, 6, 16],
        'text-letter-spacing': 0.15, 'text-transform': 'uppercase', 'text-max-width': 8,
      },
      paint: {
        'text-color': palette.inkSoft, 'text-halo-color': palette.halo, 'text-halo-width': 1.5,
        'text-opacity': ['interpolate', ['linear'], ['zoom'], 5.5, 1, 7, 0.3],
      },
    },
  ];
}

/** The name in a language where the tiles carry it, else the usual one. */
export function nameIn(language: string): ExpressionSpecification {
  return ['coalesce', ['get', `name_${language}`], ['get', 'name'], ''];
}

/** All countries a label may name, as one expression: MapLibre cannot ask the browser by itself. */
export function countryNames(language: string): ExpressionSpecification {
  const pairs = COUNTRIES.flatMap((code) => [code, countryName(code, language)]);
  return ['match', ['coalesce', ['get', 'iso'], ''], ...pairs, nameIn(language)] as unknown as ExpressionSpecification;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Codes that the browser knows by name; there is no list to keep up to date. */
const COUNTRIES: readonly string[] = [...LETTERS].flatMap((first) => [...LETTERS].map((second) => first + second))
  .filter((code) => countryName(code, 'en') !== code);
