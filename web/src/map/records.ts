// How records look on the map. Several in one place: a disc as large as their number, with the
// number inside and the people killed below. One alone: filled when verified, hollow when not, with
// the people killed as a number. A place that is not exactly known is an area and has no mark inside.

import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import { BASEMAP, TEXT, TEXT_STRONG } from './basemap';
import { NOT_DRAWN, PRECISION, REACH_M, REFUTED, VERIFICATION, VERIFIED, type Measure } from './meaning';
import type { Palette } from './palette';

export const RECORDS = 'records';
export const CHOSEN = 'chosen';
export const SEARCHED = 'searched';

/** Layers a pointer can pick a record or a disc from, the topmost first. */
export const PICKED_LAYERS: readonly string[] = ['record', 'bin', 'record-area'];

export interface Marks {
  palette: Palette;
  measure: Measure | null;
  /** Whether the register says how sure a record is. */
  isGraded: boolean;
  /** The field and the labels that name a record close by. */
  kind: { field: string; labels: ReadonlyMap<string, string> } | null;
  /** Words for one figure and for more, with `#` for the number: `# killed`. */
  figureWords: Plural;
  chosen: string | null;
  /** Codes of admin areas the question names. */
  areas: readonly string[];
}

export interface Plural {
  language: string;
  one: string;
  many: string;
}

/** Metres of one pixel at the equator at zoom 0, in tiles of 512. */
const METRES_PER_PIXEL = 78_271.517;
/** Most places of a mission lie near this latitude; an area's size on the screen is right to a tenth. */
const TYPICAL_LATITUDE = 15;
const AREA_PIXELS_MIN = 7;
const IMPRECISE = Object.keys(REACH_M);
const DRAWN_AS_AREA = IMPRECISE.filter((code) => !NOT_DRAWN.includes(code));

/** Below the names: areas, discs, marks, and figures that give way to the names of places. */
export function markLayers(marks: Marks): LayerSpecification[] {
  return [searchedAreas(marks), ...impreciseAreas(marks), bins(marks), record(marks), killed(marks), binFigure(marks)];
}

/** What goes before the names where both want the same room, and what is drawn over everything. */
export function highLayers(marks: Marks): LayerSpecification[] {
  return [...kinds(marks), cross(marks), binCounts(marks), ...around(marks), ...chosen(marks)];
}

/** Radius in pixels of a disc that stands for `count` records. */
export function discRadius(count: number): number {
  return Math.min(20, 5 + 1.4 * Math.log2(Math.max(1, count)));
}

/** The steps of the disc's size, as an expression. */
export function discSize(): ExpressionSpecification {
  const counts = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 5000, 20000];
  const stops = counts.flatMap((count) => [count, Math.round(discRadius(count) * 10) / 10]);
  return ['interpolate', ['linear'], ['get', 'count'], ...stops] as unknown as ExpressionSpecification;
}

/** The radius of a place's reach on the screen: metres double in pixels with every zoom. */
export function reachSize(): ExpressionSpecification {
  const metres = ['match', ['get', PRECISION], ...IMPRECISE.flatMap((code) => [code, REACH_M[code]]), 0];
  const perMetre = 1 / (METRES_PER_PIXEL * Math.cos((TYPICAL_LATITUDE * Math.PI) / 180));
  const at = (zoom: number): unknown[] => ['max', AREA_PIXELS_MIN, ['*', metres, perMetre * 2 ** zoom]];
  return ['interpolate', ['exponential', 2], ['zoom'], 0, at(0), 5, at(5), 16, at(16)] as unknown as ExpressionSpecification;
}

function precisionIn(codes: readonly string[]): ExpressionSpecification {
  return ['in', ['coalesce', ['get', PRECISION], ''], ['literal', [...codes]]];
}

/** A record whose point is its place. */
function isExact(): ExpressionSpecification {
  return ['!', precisionIn(IMPRECISE)];
}

function has(codes: readonly string[]): ExpressionSpecification {
  return ['in', ['coalesce', ['get', VERIFICATION], ''], ['literal', [...codes]]];
}

function figure(measure: Measure | null): ExpressionSpecification {
  return measure ? ['coalesce', ['to-number', ['get', measure.best], 0], 0] : ['+', 0];
}

function searchedAreas({ palette, areas }: Marks): LayerSpecification {
  return {
    id: 'area-searched', type: 'fill', source: BASEMAP, 'source-layer': 'admin',
    filter: ['in', ['get', 'code'], ['literal', [...areas]]],
    paint: { 'fill-color': palette.chosen, 'fill-opacity': 0.16 },
  };
}

function impreciseAreas({ palette, isGraded }: Marks): LayerSpecification[] {
  const color: ExpressionSpecification = ['case', has(REFUTED), palette.refuted, palette.record];
  const sure: ExpressionSpecification | number = isGraded ? ['case', has(VERIFIED), 0.14, 0.04] : 0.1;
  return [
    {
      id: 'record-area', type: 'circle', source: RECORDS, 'source-layer': 'points', filter: precisionIn(DRAWN_AS_AREA),
      paint: {
        'circle-radius': reachSize(),
        'circle-color': color,
        // From far off many areas lie on each other: their edges are enough.
        'circle-opacity': ['interpolate', ['linear'], ['zoom'], 5, 0.015, 8, sure],
        'circle-stroke-color': color, 'circle-stroke-width': 1,
        'circle-stroke-opacity': ['interpolate', ['linear'], ['zoom'], 5, 0.3, 8, 0.65],
      },
    },
  ];
}

function bins({ palette }: Marks): LayerSpecification {
  return {
    id: 'bin', type: 'circle', source: RECORDS, 'source-layer': 'bins',
    layout: { 'circle-sort-key': ['get', 'count'] },
    paint: {
      'circle-radius': discSize(),
      'circle-color': palette.record, 'circle-opacity': 0.86,
      'circle-stroke-color': palette.recordHalo, 'circle-stroke-width': 1,
    },
  };
}

function binCounts({ palette, figureWords }: Marks): LayerSpecification {
  return {
    id: 'bin-count', type: 'symbol', source: RECORDS, 'source-layer': 'bins',
    filter: ['>', ['get', 'count'], 1],
    layout: {
      'text-field': grouped(['get', 'count'], figureWords.language) as ExpressionSpecification, 'text-font': TEXT_STRONG,
      'text-size': ['interpolate', ['linear'], ['get', 'count'], 2, 9, 1000, 11.5],
      'symbol-sort-key': ['-', ['get', 'count']], 'text-padding': 0,
    },
    paint: { 'text-color': palette.recordInk },
  };
}

/** The people killed below a disc. */
function binFigure({ palette, measure, figureWords }: Marks): LayerSpecification {
  return {
    id: 'bin-figure', type: 'symbol', source: RECORDS, 'source-layer': 'bins',
    filter: ['>', figure(measure), 0],
    layout: {
      'text-field': withFigure(figureWords, figure(measure)), 'text-font': TEXT, 'text-size': 10.5, 'text-anchor': 'top',
      'text-offset': ['interpolate', ['linear'], ['get', 'count'], 1, ['literal', [0, 0.7]], 100, ['literal', [0, 1.5]], 1500, ['literal', [0, 2]]],
      'symbol-sort-key': ['-', figure(measure)], 'text-padding': 1,
    },
    paint: { 'text-color': palette.ink, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 },
  };
}

function record(marks: Marks): LayerSpecification {
  const { palette, measure, isGraded } = marks;
  const color: ExpressionSpecification = ['case', has(REFUTED), palette.refuted, palette.record];
  const filled: ExpressionSpecification | boolean = isGraded ? has(VERIFIED) : true;
  return {
    id: 'record', type: 'circle', source: RECORDS, 'source-layer': 'points', filter: isExact(),
    layout: { 'circle-sort-key': figure(measure) },
    paint: {
      'circle-radius': ['step', figure(measure), 4, 1, 5, 10, 7.5, 50, 11],
      'circle-color': ['case', filled, color, palette.halo],
      'circle-opacity': ['case', filled, 0.92, 0.75],
      'circle-stroke-color': ['case', filled, palette.recordHalo, color],
      'circle-stroke-width': ['case', filled, 1, 1.8],
    },
  };
}

/** What was found not to have happened is crossed out. */
function cross({ palette }: Marks): LayerSpecification {
  return {
    id: 'record-refuted', type: 'symbol', source: RECORDS, 'source-layer': 'points', filter: ['all', has(REFUTED), isExact()],
    layout: { 'text-field': '×', 'text-font': TEXT_STRONG, 'text-size': 13, 'text-allow-overlap': true, 'text-ignore-placement': true },
    paint: { 'text-color': palette.refuted },
  };
}

/** The people killed beside a single mark: the number alone far off, in words close by. */
function killed({ palette, measure, figureWords }: Marks): LayerSpecification {
  const number = figure(measure);
  return {
    id: 'record-figure', type: 'symbol', source: RECORDS, 'source-layer': 'points',
    filter: ['all', ['>', number, 0], ['!', precisionIn(NOT_DRAWN)]],
    layout: {
      'text-field': withFigure(figureWords, number), 'text-font': TEXT, 'text-size': 10.5,
      'text-anchor': 'top', 'text-offset': ['step', number, ['literal', [0, 0.6]], 10, ['literal', [0, 0.85]], 50, ['literal', [0, 1.15]]],
      'symbol-sort-key': ['-', number], 'text-padding': 1,
    },
    paint: { 'text-color': palette.ink, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 },
  };
}

function kinds({ palette, kind }: Marks): LayerSpecification[] {
  if (!kind || kind.labels.size === 0) return [];
  const label = ['match', ['get', kind.field], ...[...kind.labels].flat(), ''] as unknown as ExpressionSpecification;
  return [
    {
      id: 'record-kind', type: 'symbol', source: RECORDS, 'source-layer': 'points', minzoom: 9,
      filter: ['!', precisionIn(NOT_DRAWN)],
      layout: {
        'text-field': label, 'text-font': TEXT, 'text-size': 10.5, 'text-max-width': 12,
        'text-anchor': 'bottom', 'text-offset': [0, -0.9], 'text-padding': 1,
      },
      paint: { 'text-color': palette.ink, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 },
    },
  ];
}

/** The box that was searched: a line around, and a veil over what is left out. */
function around({ palette }: Marks): LayerSpecification[] {
  return [
    { id: 'searched-veil', type: 'fill', source: SEARCHED, filter: ['==', ['get', 'part'], 'veil'], paint: { 'fill-color': palette.veil, 'fill-opacity': 0.28 } },
    { id: 'searched-line', type: 'line', source: SEARCHED, filter: ['==', ['get', 'part'], 'line'], paint: { 'line-color': palette.chosen, 'line-width': 1.5, 'line-dasharray': [4, 2] } },
  ];
}

/** The record looked at: a ring and four ticks' worth of room around its mark, or its area's edge. */
function chosen({ palette, chosen: id }: Marks): LayerSpecification[] {
  const reach: FilterSpecification = ['==', ['geometry-type'], 'Polygon'];
  const point: FilterSpecification = ['==', ['geometry-type'], 'Point'];
  return [
    { id: 'chosen-area', type: 'fill', source: CHOSEN, filter: reach, paint: { 'fill-color': palette.chosen, 'fill-opacity': 0.12 } },
    { id: 'chosen-edge', type: 'line', source: CHOSEN, filter: reach, paint: { 'line-color': palette.chosen, 'line-width': 2.5, 'line-dasharray': [3, 1.5] } },
    {
      id: 'chosen-halo', type: 'circle', source: CHOSEN, filter: point,
      paint: { 'circle-radius': 15, 'circle-color': palette.chosen, 'circle-opacity': 0.18, 'circle-stroke-color': palette.halo, 'circle-stroke-width': 5 },
    },
    {
      id: 'chosen-ring', type: 'circle', source: CHOSEN, filter: point,
      paint: { 'circle-radius': 15, 'circle-color': palette.chosen, 'circle-opacity': 0, 'circle-stroke-color': palette.chosen, 'circle-stroke-width': 2.5 },
    },
    {
      id: 'record-chosen', type: 'circle', source: RECORDS, 'source-layer': 'points',
      filter: ['all', isExact(), ['==', ['get', 'id'], id ?? '']],
      paint: { 'circle-radius': 6, 'circle-color': palette.chosen, 'circle-stroke-color': palette.halo, 'circle-stroke-width': 1.5 },
    },
  ];
}

/** A number with the separators of a language. */
function grouped(number: unknown, language: string): unknown[] {
  return ['number-format', number, { locale: language }];
}

/** Words with `#` taken by a number, as an expression. */
export function withFigure(words: Plural, number: ExpressionSpecification): ExpressionSpecification {
  const filled = (pattern: string): unknown[] => {
    const [before = '', after = ''] = pattern.split('#');
    return ['concat', before, grouped(number, words.language), after];
  };
  return ['case', ['==', number, 1], filled(words.one), filled(words.many)] as unknown as ExpressionSpecification;
}
