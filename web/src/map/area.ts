// Shapes that the page draws itself: the area searched, what lies around it, and how far an imprecise
// place reaches.

import type { Bounds } from '../lib/types';

export interface Shape {
  type: 'Feature';
  properties: Record<string, never>;
  geometry: { type: 'Polygon'; coordinates: [number, number][][] };
}

export interface Shapes {
  type: 'FeatureCollection';
  features: Shape[];
}

const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;
const CIRCLE_CORNERS = 64;
/** Web Mercator ends here. */
const LATITUDE_MAX = 85.051129;
const DECIMALS = 4;

/** Nothing to draw. */
export function noShapes(): Shapes {
  return { type: 'FeatureCollection', features: [] };
}

/** The outline of an area; one over the date line has its east beyond 180 degrees. */
export function outline(bounds: Bounds): Shapes {
  return { type: 'FeatureCollection', features: [polygon([ring(unwrapped(bounds))])] };
}

/** Everything but the area, as strips beside it: a hole as large as a tile would not be cut out of it. */
export function around([west, south, east, north]: Bounds): Shapes {
  const beside: Bounds[] = west > east ? [[east, south, west, north]] : [[-180, south, west, north], [east, south, 180, north]];
  const strips: Bounds[] = [[-180, north, 180, LATITUDE_MAX], [-180, -LATITUDE_MAX, 180, south], ...beside];
  return { type: 'FeatureCollection', features: strips.map((strip) => polygon([ring(strip)])) };
}

/** A circle on the ground, as a polygon. */
export function circle(lon: number, lat: number, radius_m: number): Shapes {
  const angle = radius_m / EARTH_RADIUS_M;
  const corners = Array.from({ length: CIRCLE_CORNERS + 1 }, (_, index): [number, number] => {
    const bearing = ((index % CIRCLE_CORNERS) / CIRCLE_CORNERS) * 2 * Math.PI;
    return away(lon, lat, angle, bearing);
  });
  return { type: 'FeatureCollection', features: [polygon([corners])] };
}

/** What the map shows, as bounds that the node takes: rounded outwards, in degrees that exist. */
export function searchable(west: number, south: number, east: number, north: number): Bounds {
  const whole = east - west >= 360;
  return [
    whole ? -180 : rounded(wrapped(west), Math.floor),
    rounded(Math.max(-90, south), Math.floor),
    whole ? 180 : rounded(wrapped(east), Math.ceil),
    rounded(Math.min(90, north), Math.ceil),
  ];
}

function polygon(coordinates: [number, number][][]): Shape {
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates } };
}

function ring([west, south, east, north]: Bounds): [number, number][] {
  return [[west, south], [east, south], [east, north], [west, north], [west, south]];
}

function unwrapped([west, south, east, north]: Bounds): Bounds {
  return [west, south, west > east ? east + 360 : east, north];
}

/** A longitude from -180 to 180. */
function wrapped(lon: number): number {
  return lon >= -180 && lon <= 180 ? lon : ((((lon + 180) % 360) + 360) % 360) - 180;
}

function rounded(value: number, way: (value: number) => number): number {
  const step = 10 ** DECIMALS;
  // A tick is taken off first: 14.1 * 10000 is a little more than 141000 in a float.
  const ticks = Number((value * step).toFixed(3));
  return Math.min(180, Math.max(-180, way(ticks) / step));
}

function away(lon: number, lat: number, angle: number, bearing: number): [number, number] {
  const north = lat * RADIANS;
  const sine = Math.sin(north) * Math.cos(angle) + Math.cos(north) * Math.sin(angle) * Math.cos(bearing);
  const lat2 = Math.asin(Math.min(1, Math.max(-1, sine)));
  const lon2 = Math.atan2(
    Math.sin(bearing) * Math.sin(angle) * Math.cos(north),
    Math.cos(angle) - Math.sin(north) * Math.sin(lat2),
  );
  return [lon + lon2 / RADIANS, lat2 / RADIANS];
}
