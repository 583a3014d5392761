// MapLibre, loaded when a map is first shown, and what all our maps have in common. Its style sheet, its
// worker and the fonts of its labels come from the node like everything else.

import 'maplibre-gl/dist/maplibre-gl.css';
import './engine.css';
import * as engine from 'maplibre-gl';
import type { Map as GroundMap, MapOptions } from 'maplibre-gl';
import workerAddress from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';

engine.setWorkerUrl(workerAddress);

/** The scale bar's width in pixels. */
const SCALE_PIXELS = 110;

/** A map that lies flat, north up. It throws where the browser cannot draw one. */
export function groundMap(options: MapOptions): GroundMap {
  const map = new engine.Map({
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    // Fading labels would have every step of a pan drawn several times.
    fadeDuration: 0,
    validateStyle: import.meta.env.DEV,
    refreshExpiredTiles: false,
    ...options,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new engine.NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new engine.ScaleControl({ unit: 'metric', maxWidth: SCALE_PIXELS }), 'bottom-left');
  return map;
}
