// The whole style of a map, made from what it is to show. Pure: the same wishes give the same style,
// and a change of one gives a small difference that MapLibre applies without starting over.

import type { GeoJSONSourceSpecification, StyleSpecification, VectorSourceSpecification } from 'maplibre-gl';
import type { Bounds } from '../lib/types';
import { around, circle, noShapes, outline } from './area';
import { BASEMAP, BASEMAP_ZOOM_MAX, groundLayers, nameLayers, type Ground } from './basemap';
import { CHOSEN, highLayers, markLayers, RECORDS, SEARCHED, type Marks } from './records';

/** Beyond this zoom the tiles of records are only enlarged. */
export const RECORDS_ZOOM_MAX = 16;

/** Discs across a tile: far enough apart for a number inside and one below. */
const CELLS = '8';

/** A place with how far the truth may lie from it. */
export interface Spot {
  lon: number;
  lat: number;
  reach_m: number;
}

export interface Wishes {
  ground: Ground;
  marks: Marks;
  /** Where tiles come from, scheme, host and port; workers know no relative address. */
  origin: string;
  recordTiles: string;
  chosen: Spot | null;
  searched: Bounds | null;
}

type Data = GeoJSONSourceSpecification['data'];

/** The style of the picture. */
export function pictureStyle(wishes: Wishes): StyleSpecification {
  return {
    version: 8,
    sources: {
      [BASEMAP]: basemapSource(wishes.origin),
      [RECORDS]: tiles(wishes.recordTiles, RECORDS_ZOOM_MAX),
      [SEARCHED]: { type: 'geojson', data: searchedData(wishes.searched) },
      [CHOSEN]: { type: 'geojson', data: chosenData(wishes.chosen) },
    },
    layers: [
      ...groundLayers(wishes.ground),
      ...markLayers(wishes.marks),
      ...nameLayers(wishes.ground),
      ...highLayers(wishes.marks),
    ],
  };
}

/** The style of one place on the ground. */
export function placeStyle(ground: Ground, origin: string, spot: Spot | null): StyleSpecification {
  const marks: Marks = {
    palette: ground.palette, measure: null, isGraded: false, kind: null, figureWords: { language: ground.language, one: '#', many: '#' }, chosen: null, areas: [],
  };
  const layers = highLayers(marks).filter((layer) => 'source' in layer && layer.source === CHOSEN);
  return {
    version: 8,
    sources: { [BASEMAP]: basemapSource(origin), [CHOSEN]: { type: 'geojson', data: chosenData(spot) } },
    layers: [...groundLayers(ground), ...nameLayers(ground), ...layers],
  };
}

/** The address of a register's tiles, with the question in it. */
export function recordTiles(origin: string, register: string, given: URLSearchParams): string {
  const query = new URLSearchParams(given);
  query.set('cells', CELLS);
  return `${origin}/tiles/${encodeURIComponent(register)}/{z}/{x}/{y}.mvt?${query.toString()}`;
}

/** An exact place is a point; any other is the area it may be in, and never a point. */
export function chosenData(spot: Spot | null): Data {
  if (!spot) return noShapes();
  if (spot.reach_m > 0) return circle(spot.lon, spot.lat, spot.reach_m);
  const point = { type: 'Point' as const, coordinates: [spot.lon, spot.lat] };
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: point }] };
}

/** The box searched, with what lies around it. */
export function searchedData(bounds: Bounds | null): Data {
  if (!bounds) return noShapes();
  const part = (name: string, shapes: ReturnType<typeof outline>) =>
    shapes.features.map((feature) => ({ ...feature, properties: { part: name } }));
  return { type: 'FeatureCollection', features: [...part('veil', around(bounds)), ...part('line', outline(bounds))] };
}

function basemapSource(origin: string): VectorSourceSpecification {
  return tiles(`${origin}/tiles/${BASEMAP}/{z}/{x}/{y}.mvt`, BASEMAP_ZOOM_MAX);
}

function tiles(address: string, maxzoom: number): VectorSourceSpecification {
  return { type: 'vector', tiles: [address], minzoom: 0, maxzoom };
}
