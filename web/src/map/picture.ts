// The picture's map without any page around it: what it shows follows from wishes, what happens on it
// is told to a listener. No work is done while it moves but MapLibre's own.

import type { GeoJSONSource, Map as GroundMap, MapGeoJSONFeature, MapMouseEvent, VectorTileSource } from 'maplibre-gl';
import type { Bounds } from '../lib/types';
import { searchable } from './area';
import { groundMap } from './engine';
import { CHOSEN, PICKED_LAYERS, RECORDS, SEARCHED } from './records';
import { chosenData, pictureStyle, searchedData, type Wishes } from './style';

/** Something drawn that stands for one record or for several. */
export interface Hit {
  /** The record's id; `null` for a disc that stands for several. */
  id: string | null;
  lon: number;
  lat: number;
  properties: Record<string, unknown>;
}

export interface Listener {
  /** The map began to move: what was told of what it showed holds no more. */
  left(): void;
  /** The map came to rest. */
  rested(view: Bounds): void;
  /** The pointer lies on these, the topmost first, at a point of the map's element in pixels. */
  pointed(hits: Hit[], x: number, y: number): void;
  picked(hits: Hit[]): void;
  boxed(bounds: Bounds): void;
  /** Where the pointer is; called with every movement of it. */
  coordinates(lon: number, lat: number, zoom: number): void;
  /** Something of it could not be loaded. */
  failed(): void;
}

export interface Camera {
  center: [number, number];
  zoom: number;
}

export interface Start {
  wishes: Wishes;
  /** Where it was left, else what it begins with. */
  camera: Camera | null;
  bounds: Bounds;
  /** Words for MapLibre's own parts. */
  locale: Record<string, string>;
}

const FIT = { padding: 12, maxZoom: 12 };
const PICK_PIXELS = 5;
const ZOOM_MAX = 18;
/** How much closer a click on a disc brings. */
const CLOSER = 2;

export class Picture {
  readonly #map: GroundMap;
  #wishes: Wishes;
  #isReady = false;

  constructor(container: HTMLElement, start: Start, listener: Listener) {
    this.#wishes = start.wishes;
    const where = start.camera ?? { bounds: start.bounds, fitBoundsOptions: FIT };
    this.#map = groundMap({
      container,
      style: pictureStyle(start.wishes),
      ...where,
      maxZoom: ZOOM_MAX,
      locale: start.locale,
      boxZoom: { boxZoomEnd: (map, from, to) => this.#boxed(map, from, to, listener) },
    });
    this.#listen(listener);
  }

  /** Shows what is wished for; only what differs from before is changed. */
  show(wishes: Wishes): void {
    const before = this.#wishes;
    this.#wishes = wishes;
    if (!this.#isReady) return;
    const isLook = (one: Wishes): string => JSON.stringify([one.ground, { ...one.marks, kind: null }, kindOf(one)]);
    if (before.recordTiles !== wishes.recordTiles) {
      this.#map.getSource<VectorTileSource>(RECORDS)?.setTiles([wishes.recordTiles]);
    }
    if (isLook(before) !== isLook(wishes)) {
      this.#map.setStyle(pictureStyle(wishes), { diff: true });
    } else {
      if (before.searched !== wishes.searched) this.#draw(SEARCHED, searchedData(wishes.searched));
      if (before.chosen !== wishes.chosen) this.#draw(CHOSEN, chosenData(wishes.chosen));
    }
  }

  /** Brings an area into view. */
  fit(bounds: Bounds): void {
    const [west, south, east, north] = bounds;
    this.#map.fitBounds([west, south, west > east ? east + 360 : east, north], FIT);
  }

  /** Moves to a place only when it is out of sight. */
  reveal(lon: number, lat: number): void {
    if (!this.#map.getBounds().contains([lon, lat])) this.#map.easeTo({ center: [lon, lat] });
  }

  /** Looks closer at a place. */
  closer(lon: number, lat: number): void {
    this.#map.easeTo({ center: [lon, lat], zoom: Math.min(ZOOM_MAX, this.#map.getZoom() + CLOSER) });
  }

  /** What is in view, as bounds to search. */
  view(): Bounds {
    const shown = this.#map.getBounds();
    return searchable(shown.getWest(), shown.getSouth(), shown.getEast(), shown.getNorth());
  }

  camera(): Camera {
    const { lng, lat } = this.#map.getCenter();
    return { center: [lng, lat], zoom: this.#map.getZoom() };
  }

  /** Everything drawn for records, from the top left to the bottom right, each once. */
  marks(): Hit[] {
    const hits = distinct(this.#map.queryRenderedFeatures({ layers: this.#layers() }));
    return hits.sort((a, b) => b.lat - a.lat || a.lon - b.lon);
  }

  /** Where a place is on the map's element, in pixels. */
  pixel(lon: number, lat: number): { x: number; y: number } {
    return this.#map.project([lon, lat]);
  }

  close(): void {
    this.#map.remove();
  }

  #listen(listener: Listener): void {
    const map = this.#map;
    map.once('style.load', () => {
      this.#isReady = true;
      // Wishes may have changed while the style was on its way.
      map.setStyle(pictureStyle(this.#wishes), { diff: true });
    });
    map.on('moveend', () => listener.rested(this.view()));
    map.once('idle', () => {
      listener.rested(this.view());
      performance.mark('casque-map-usable');
    });
    map.on('mousemove', (event) => this.#moved(event, listener));
    map.on('mouseout', () => listener.pointed([], 0, 0));
    map.on('movestart', () => listener.left());
    map.on('click', (event) => listener.picked(this.#at(event)));
    map.on('error', () => listener.failed());
  }

  #moved(event: MapMouseEvent, listener: Listener): void {
    // A map that is dragged keeps its place under the pointer: there is nothing new to tell.
    if (this.#map.isMoving()) return;
    listener.coordinates(event.lngLat.lng, event.lngLat.lat, this.#map.getZoom());
    const hits = this.#at(event);
    this.#map.getCanvas().style.cursor = hits.length > 0 ? 'pointer' : '';
    listener.pointed(hits, event.point.x, event.point.y);
  }

  #at({ point }: MapMouseEvent): Hit[] {
    if (!this.#isReady) return [];
    const box: [[number, number], [number, number]] = [
      [point.x - PICK_PIXELS, point.y - PICK_PIXELS],
      [point.x + PICK_PIXELS, point.y + PICK_PIXELS],
    ];
    return distinct(this.#map.queryRenderedFeatures(box, { layers: this.#layers() }));
  }

  #layers(): string[] {
    return PICKED_LAYERS.filter((layer) => this.#map.getLayer(layer));
  }

  #boxed(map: GroundMap, from: { x: number; y: number }, to: { x: number; y: number }, listener: Listener): void {
    const [one, other] = [map.unproject([from.x, from.y]), map.unproject([to.x, to.y])];
    const bounds = searchable(
      Math.min(one.lng, other.lng), Math.min(one.lat, other.lat),
      Math.max(one.lng, other.lng), Math.max(one.lat, other.lat),
    );
    listener.boxed(bounds);
  }

  #draw(source: string, data: ReturnType<typeof chosenData>): void {
    this.#map.getSource<GeoJSONSource>(source)?.setData(data);
  }
}

function kindOf(wishes: Wishes): unknown {
  const { kind } = wishes.marks;
  return kind && [kind.field, [...kind.labels]];
}

/** Tiles overlap at their edges: the same record may be in two of them. */
function distinct(features: readonly MapGeoJSONFeature[]): Hit[] {
  const hits = new Map<string, Hit>();
  for (const feature of features) {
    if (feature.geometry.type !== 'Point') continue;
    const [lon = 0, lat = 0] = feature.geometry.coordinates;
    const named: unknown = feature.properties['id'];
    const id = typeof named === 'string' ? named : null;
    const key = id ?? `${lon.toFixed(5)} ${lat.toFixed(5)}`;
    if (!hits.has(key)) hits.set(key, { id, lon, lat, properties: feature.properties });
  }
  return [...hits.values()];
}
