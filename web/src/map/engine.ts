// MapLibre, loaded when a map is first shown. Its style sheet, its worker and the fonts of its labels
// come from the node like everything else.

import 'maplibre-gl/dist/maplibre-gl.css';
import * as engine from 'maplibre-gl';
import workerAddress from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';

engine.setWorkerUrl(workerAddress);

export default engine;
