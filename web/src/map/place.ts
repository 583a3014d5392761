// The map of a single place, without any page around it.

import type { Map as GroundMap } from 'maplibre-gl';
import type { Bounds } from '../lib/types';
import { circle } from './area';
import type { Ground } from './basemap';
import { groundMap } from './engine';
import { placeStyle, type Spot } from './style';

export interface PlaceStart {
  ground: Ground;
  spot: Spot | null;
  /** What is shown where there is no place yet. */
  bounds: Bounds;
  /** Words for MapLibre's own parts. */
  locale: Record<string, string>;
}

/** Close enough to see the villages around. */
const ZOOM = 9;
const FIT = { padding: 24, maxZoom: ZOOM };

export class Place {
  readonly #map: GroundMap;
  #shown = '';
  #isReady = false;

  constructor(container: HTMLElement, start: PlaceStart, picked: (at: { lon: number; lat: number }) => void) {
    const { ground, spot } = start;
    this.#map = groundMap({
      container,
      style: placeStyle(ground, location.origin, spot),
      bounds: spot ? boundsOf(spot) : start.bounds,
      fitBoundsOptions: FIT,
      locale: start.locale,
      // The page around it is scrolled with the same wheel.
      scrollZoom: false,
    });
    this.#map.once('style.load', () => (this.#isReady = true));
    this.#map.on('click', ({ lngLat }) => picked({ lon: lngLat.lng, lat: lngLat.lat }));
    this.#shown = JSON.stringify([ground, spot]);
  }

  /** Shows another place, or the same in another light or language. */
  show(ground: Ground, spot: Spot | null): void {
    const wanted = JSON.stringify([ground, spot]);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    const apply = (): void => {
      this.#map.setStyle(placeStyle(ground, location.origin, spot), { diff: true });
    };
    if (this.#isReady) apply();
    else this.#map.once('style.load', apply);
    if (spot && !this.#map.getBounds().contains([spot.lon, spot.lat])) this.#map.easeTo({ center: [spot.lon, spot.lat] });
  }

  centre(): { lon: number; lat: number } {
    const { lng, lat } = this.#map.getCenter();
    return { lon: lng, lat };
  }

  close(): void {
    this.#map.remove();
  }
}

/** A place and its surroundings: all of the area it may be in. */
function boundsOf({ lon, lat, reach_m }: Spot): Bounds {
  const around_m = Math.max(reach_m, 12_000);
  const [first] = circle(lon, lat, around_m).features;
  const corners = first?.geometry.coordinates[0] ?? [[lon, lat]];
  const lons = corners.map(([east]) => east);
  const lats = corners.map(([, north]) => north);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
