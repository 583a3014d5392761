// A line or an area that is drawn on its ground, without any page around it: corners are added by
// pointing, moved by dragging, and put between others by their middles.

import type { GeoJSONSource, Map as GroundMap, MapMouseEvent, MapTouchEvent, StyleSpecification } from 'maplibre-gl';
import type { ShapeKind } from '../lib/shapes';
import type { Bounds } from '../lib/types';
import type { Ground } from './basemap';
import { groundMap } from './engine';
import type { LonLat } from './grid';
import type { PlaceStart } from './place';
import { placeStyle } from './style';

export interface Drawn {
  kind: ShapeKind;
  corners: readonly LonLat[];
  /** The corner that is worked on; -1 is none. */
  chosen: number;
}

export interface Hears {
  /** A place that is no corner yet. */
  pointed: (at: LonLat) => void;
  /** A corner. */
  picked: (index: number) => void;
  /** A corner at another place; `isOver` when it is let go. */
  moved: (index: number, at: LonLat, isOver: boolean) => void;
  /** A place between this corner and the next one. */
  parted: (index: number, at: LonLat) => void;
}

interface Data {
  type: 'FeatureCollection';
  features: object[];
}

const SHAPE = 'drawn';
const CORNERS = 'drawn-corners';
/** Fingers are broader than a corner is drawn. */
const REACH_PIXELS = 14;
const FIT = { padding: 40, maxZoom: 13 };

export class Drawing {
  readonly #map: GroundMap;
  readonly #hears: Hears;
  readonly #isReadOnly: boolean;
  #ground: Ground;
  #drawn: Drawn;
  #isReady = false;
  #dragged = -1;

  constructor(container: HTMLElement, start: Omit<PlaceStart, 'spot'> & { drawn: Drawn }, hears: Hears, isReadOnly: boolean) {
    [this.#ground, this.#drawn, this.#hears, this.#isReadOnly] = [start.ground, start.drawn, hears, isReadOnly];
    this.#map = groundMap({
      container,
      style: this.#style(),
      bounds: boundsOf(start.drawn.corners) ?? start.bounds,
      fitBoundsOptions: FIT,
      locale: start.locale,
      // The page around it is scrolled with the same wheel.
      scrollZoom: false,
      doubleClickZoom: false,
    });
    this.#map.once('style.load', () => (this.#isReady = true));
    if (!isReadOnly) this.#listen();
  }

  /** Shows another shape, or the same in another light or language. */
  show(ground: Ground, drawn: Drawn): void {
    const isOther = JSON.stringify(ground) !== JSON.stringify(this.#ground);
    [this.#ground, this.#drawn] = [ground, drawn];
    const apply = (): void => {
      if (isOther) this.#map.setStyle(this.#style(), { diff: true });
      this.#source(SHAPE)?.setData(shapeData(drawn) as never);
      this.#source(CORNERS)?.setData(cornerData(drawn) as never);
    };
    if (this.#isReady) apply();
    else this.#map.once('style.load', apply);
  }

  centre(): LonLat {
    const { lng, lat } = this.#map.getCenter().wrap();
    return { lon: lng, lat };
  }

  goTo({ lon, lat }: LonLat): void {
    this.#map.easeTo({ center: [lon, lat] });
  }

  close(): void {
    this.#map.remove();
  }

  #source(name: string): GeoJSONSource | undefined {
    return this.#map.getSource<GeoJSONSource>(name);
  }

  #listen(): void {
    const begin = (event: MapMouseEvent | MapTouchEvent): void => {
      if ('touches' in event.originalEvent && event.originalEvent.touches.length > 1) return;
      this.#dragged = this.#under(event).corner;
      if (this.#dragged < 0) return;
      // The corner moves, and not the map.
      event.preventDefault();
      this.#hears.picked(this.#dragged);
    };
    const go = (event: MapMouseEvent | MapTouchEvent): void => {
      if (this.#dragged >= 0) this.#hears.moved(this.#dragged, placeOf(event), false);
      else if (event.type === 'mousemove') this.#map.getCanvas().style.cursor = this.#under(event).corner >= 0 ? 'move' : 'crosshair';
    };
    const end = (event: MapMouseEvent | MapTouchEvent): void => {
      if (this.#dragged >= 0) this.#hears.moved(this.#dragged, placeOf(event), true);
      this.#dragged = -1;
    };
    for (const name of ['mousedown', 'touchstart'] as const) this.#map.on(name, begin);
    for (const name of ['mousemove', 'touchmove'] as const) this.#map.on(name, go);
    for (const name of ['mouseup', 'touchend'] as const) this.#map.on(name, end);
    // The system took the touch away: the corner stays where it is.
    this.#map.on('touchcancel', () => {
      const corner = this.#drawn.corners[this.#dragged];
      if (corner) this.#hears.moved(this.#dragged, corner, true);
      this.#dragged = -1;
    });
    this.#map.on('click', (event) => {
      const { corner, middle } = this.#under(event);
      if (corner >= 0) this.#hears.picked(corner);
      else if (middle >= 0) this.#hears.parted(middle, placeOf(event));
      else this.#hears.pointed(placeOf(event));
    });
  }

  /** The corner or the middle under a pointer; -1 is none. */
  #under({ point }: MapMouseEvent | MapTouchEvent): { corner: number; middle: number } {
    if (this.#isReadOnly) return { corner: -1, middle: -1 };
    const near = ({ lon, lat }: LonLat): boolean => {
      const at = this.#map.project([lon, lat]);
      return Math.hypot(at.x - point.x, at.y - point.y) <= REACH_PIXELS;
    };
    // The last one lies on top.
    return { corner: this.#drawn.corners.findLastIndex(near), middle: middles(this.#drawn).findLastIndex(near) };
  }

  #style(): StyleSpecification {
    const style = placeStyle(this.#ground, location.origin, null);
    const { palette } = this.#ground;
    const geojson = (data: Data) => ({ type: 'geojson' as const, data: data as never });
    return {
      ...style,
      sources: { ...style.sources, [SHAPE]: geojson(shapeData(this.#drawn)), [CORNERS]: geojson(cornerData(this.#drawn)) },
      layers: [
        ...style.layers,
        { id: 'drawn-area', type: 'fill', source: SHAPE, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': palette.record, 'fill-opacity': 0.18 } },
        { id: 'drawn-halo', type: 'line', source: SHAPE, paint: { 'line-color': palette.recordHalo, 'line-width': 5 } },
        { id: 'drawn-line', type: 'line', source: SHAPE, paint: { 'line-color': palette.record, 'line-width': 2.5 } },
        {
          id: 'drawn-corners', type: 'circle', source: CORNERS,
          paint: {
            'circle-radius': ['match', ['get', 'part'], 'middle', 4, 'chosen', 8, 6],
            'circle-color': ['match', ['get', 'part'], 'chosen', palette.record, palette.recordInk],
            'circle-stroke-color': palette.record,
            'circle-stroke-width': ['match', ['get', 'part'], 'middle', 1, 2.5],
          },
        },
      ],
    };
  }
}

function placeOf({ lngLat }: MapMouseEvent | MapTouchEvent): LonLat {
  const { lng, lat } = lngLat.wrap();
  return { lon: lng, lat };
}

/** Between which corners others can be put. */
function middles({ kind, corners }: Drawn): LonLat[] {
  const count = kind === 'area' && corners.length > 2 ? corners.length : corners.length - 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const [from, to] = [corners[index] as LonLat, corners[(index + 1) % corners.length] as LonLat];
    return { lon: (from.lon + to.lon) / 2, lat: (from.lat + to.lat) / 2 };
  });
}

function shapeData({ kind, corners }: Drawn): Data {
  const positions = corners.map(({ lon, lat }) => [lon, lat]);
  if (positions.length < 2) return { type: 'FeatureCollection', features: [] };
  const isArea = kind === 'area' && positions.length > 2;
  const geometry = isArea
    ? { type: 'Polygon', coordinates: [[...positions, positions[0]]] }
    : { type: 'LineString', coordinates: positions };
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry }] };
}

function cornerData(drawn: Drawn): Data {
  const point = ({ lon, lat }: LonLat, part: string): object =>
    ({ type: 'Feature', properties: { part }, geometry: { type: 'Point', coordinates: [lon, lat] } });
  const corners = drawn.corners.map((corner, index) => point(corner, index === drawn.chosen ? 'chosen' : 'corner'));
  return { type: 'FeatureCollection', features: [...middles(drawn).map((middle) => point(middle, 'middle')), ...corners] };
}

function boundsOf(corners: readonly LonLat[]): Bounds | null {
  if (corners.length === 0) return null;
  const [lons, lats] = [corners.map(({ lon }) => lon), corners.map(({ lat }) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
