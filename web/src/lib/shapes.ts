// Lines and areas as people type them: a corner on each line, by latitude and longitude or by its grid
// reference. What is drawn on the map is written in the same way, so that both can be gone on with.

import { placeOf, type LonLat } from '../map/grid';
import { bothOf } from './places';
import type { Geometry } from './types';

export type ShapeKind = 'line' | 'area';

/** A text read as corners; `wrong` is the first part that is no place. */
export interface ReadShape {
  corners: LonLat[];
  wrong: string | null;
  /** Several areas, or one with holes: shown as it is, and not drawn on. */
  isElaborate: boolean;
}

const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;
/** Latitude and longitude, then perhaps height and accuracy, as ODK writes them. */
const FOUR = /^(-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)(?: -?\d+(?:\.\d+)?){1,2}$/;

/** The corners of a text. */
export function readShape(kind: ShapeKind, text: string): ReadShape {
  if (text.trim().startsWith('{')) return readGeometry(kind, text);
  const corners: LonLat[] = [];
  for (const part of text.split(/[\n;]/).map((one) => one.trim().replaceAll(/\s+/g, ' ')).filter(Boolean)) {
    const corner = cornerOf(part);
    if (!corner) return { corners, wrong: part, isElaborate: false };
    corners.push(corner);
  }
  return { corners: kind === 'area' ? open(corners) : corners, wrong: null, isElaborate: false };
}

/** Corners as text, about a decimetre exact. */
export function writeShape(corners: readonly LonLat[]): string {
  return corners.map(({ lat, lon }) => `${degrees(lat)} ${degrees(lon)}`).join('\n');
}

/** The geometry of a text; `null` where it is none yet. */
export function geometryOf(kind: ShapeKind, text: string): Geometry | null {
  const { corners, wrong, isElaborate } = readShape(kind, text);
  if (wrong !== null || isElaborate || corners.length < (kind === 'line' ? 2 : 3)) return null;
  const positions = corners.map(({ lon, lat }) => [Number(degrees(lon)), Number(degrees(lat))]);
  if (kind === 'line') return { type: 'LineString', coordinates: positions };
  return { type: 'Polygon', coordinates: [[...positions, positions[0]]] };
}

/** A geometry as text: corners where it is simple, else GeoJSON. */
export function shapeText(shape: Geometry): string {
  const ring = shape.type === 'Polygon' && shape.coordinates.length === 1 ? shape.coordinates[0] : shape.type === 'LineString' ? shape.coordinates : null;
  const corners = ring ? cornersOf(ring) : null;
  return corners ? writeShape(shape.type === 'Polygon' ? open(corners) : corners) : JSON.stringify(shape);
}

/** Metres along a line; of an area around it. */
export function length_m(kind: ShapeKind, corners: readonly LonLat[]): number {
  const last = corners.at(-1);
  const [first] = corners;
  const all = kind === 'area' && first && last ? [...corners, first] : corners;
  return all.slice(1).reduce((sum, to, index) => sum + distance_m(all[index] as LonLat, to), 0);
}

/** Square metres of an area on a round earth; good to half a per cent. */
export function surface_m2(corners: readonly LonLat[]): number {
  let sum = 0;
  corners.forEach(({ lon, lat }, index) => {
    const next = corners[(index + 1) % corners.length] as LonLat;
    const east = ((((next.lon - lon + 180) % 360) + 360) % 360) - 180;
    sum += east * RADIANS * (2 + Math.sin(lat * RADIANS) + Math.sin(next.lat * RADIANS));
  });
  return Math.abs((sum * EARTH_RADIUS_M ** 2) / 2);
}

function distance_m(from: LonLat, to: LonLat): number {
  const [south, north] = [from.lat * RADIANS, to.lat * RADIANS];
  const half = Math.sin((north - south) / 2) ** 2 + Math.cos(south) * Math.cos(north) * Math.sin(((to.lon - from.lon) * RADIANS) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half)));
}

function readGeometry(kind: ShapeKind, text: string): ReadShape {
  const none = { corners: [], wrong: null, isElaborate: true };
  try {
    const shape = JSON.parse(text) as Geometry;
    if ((kind === 'line') !== (shape.type === 'LineString')) return none;
    const plain = shapeText(shape);
    return plain.startsWith('{') ? none : readShape(kind, plain);
  } catch {
    return { corners: [], wrong: text, isElaborate: false };
  }
}

function cornersOf(ring: unknown): LonLat[] | null {
  if (!Array.isArray(ring)) return null;
  const corners = ring.map((at: unknown) => (Array.isArray(at) ? { lon: Number(at[0]), lat: Number(at[1]) } : null));
  return corners.every((one) => one !== null && exists(one)) ? (corners as LonLat[]) : null;
}

function cornerOf(part: string): LonLat | null {
  const [, lat, lon] = FOUR.exec(part) ?? [];
  const both = lat !== undefined && lon !== undefined ? { lat, lon } : bothOf(part);
  if (!both) return placeOf(part);
  const corner = { lat: Number(both.lat), lon: Number(both.lon) };
  return exists(corner) ? corner : null;
}

function exists({ lon, lat }: LonLat): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

/** A ring says its first corner twice; people do not. */
function open(corners: LonLat[]): LonLat[] {
  const [first, last] = [corners[0], corners.at(-1)];
  const isClosed = corners.length > 1 && first?.lon === last?.lon && first?.lat === last?.lat;
  return isClosed ? corners.slice(0, -1) : corners;
}

function degrees(value: number): string {
  return String(Number(value.toFixed(7)));
}
