// The Military Grid Reference System on WGS 84, as radios and reports give places; cut, never rounded, as
// `spatial::mgrs` on the node cuts. From 80 degrees south to 84 north: the caps have a grid of their own.

/** Bands of 8 degrees from 80 south; the last has 12. */
const BANDS = 'CDEFGHJKLMNPQRSTUVWX';
/** Columns of squares, by zone; rows begin at A in odd zones and at F in even ones. */
const COLUMNS = ['ABCDEFGH', 'JKLMNPQR', 'STUVWXYZ'] as const;
const ROWS = 'ABCDEFGHJKLMNPQRSTUV';
const SQUARE_M = 100_000;
const ROWS_M = ROWS.length * SQUARE_M;
const DIGITS_MAX = 10;
const WRITTEN = /^(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])((?:\d\d){0,5})$/;

/** The transverse Mercator projection in metres by Krüger's series, good to micrometres in a zone. */
const ECCENTRICITY = 0.08181919084262149;
const SCALE_M = 0.9996 * 6_367_449.145823415;
const ALPHA = [8.377318206244698e-4, 7.608527773572307e-7, 1.1976455033294527e-9, 2.4291706072013587e-12];
const BETA = [8.377321640579486e-4, 5.905870152220203e-8, 1.6734826652839968e-10, 2.1647980400627059e-13];
const FALSE_EASTING_M = 500_000;
const FALSE_NORTHING_M = 10_000_000;
const RADIANS = Math.PI / 180;
/** A float a hair under a whole metre, from rounding, counts as it. */
const HAIR_M = 1e-6;

export interface LonLat {
  lon: number;
  lat: number;
}

/** `30Q ZD 15880 01273`: the square that holds a place, with 10 digits of a metre, 4 of a kilometre. Empty in the caps. */
export function gridOf({ lon, lat }: LonLat, digits: number = DIGITS_MAX): string {
  const band = bandOf(lat);
  if (band === undefined) return '';
  const zone = zoneOf(lon, lat);
  const [easting, northing] = projected(lon, lat, zone).map((metres) => Math.floor(metres + HAIR_M)) as [number, number];
  const column = COLUMNS[(zone + 2) % 3]?.[Math.floor(easting / SQUARE_M) - 1] ?? '?';
  const row = ROWS[(Math.floor(northing / SQUARE_M) + rowOffset(zone)) % ROWS.length] ?? '?';
  const within = [easting, northing].map((metres) => `${metres % SQUARE_M}`.padStart(5, '0').slice(0, digits / 2));
  return [`${zone}`.padStart(2, '0') + band, column + row, ...within].filter(Boolean).join(' ');
}

/** The metre at the south-west corner of the square that a reference names; `null` where it names none. */
export function placeOf(typed: string): LonLat | null {
  const [, zoneText, band = '', column = '', row = '', digits = ''] = WRITTEN.exec(typed.replaceAll(/\s/g, '').toUpperCase()) ?? [];
  const zone = Number(zoneText);
  const columns = COLUMNS[(zone + 2) % 3]?.indexOf(column) ?? -1;
  if (!(zone >= 1 && zone <= 60) || columns < 0) return null;
  const half = digits.length / 2;
  const [east, north] = [digits.slice(0, half), digits.slice(half)].map((part) => Number(part.padEnd(5, '0'))) as [number, number];
  const easting = (columns + 1) * SQUARE_M + east;
  const rows = (ROWS.indexOf(row) - rowOffset(zone) + ROWS.length) % ROWS.length;
  const side_m = 10 ** (5 - half);
  // Rows repeat every 2,000 km: the northing is the one that falls in the band.
  for (let northing = rows * SQUARE_M + north; northing < FALSE_NORTHING_M; northing += ROWS_M) {
    const at = (up: number, right: number): LonLat => unprojected(easting + right, northing + up, zone, band < 'N');
    const corners = [at(0, 0), at(0, side_m), at(side_m, 0), at(side_m, side_m)];
    if (corners.some((corner) => bandOf(corner.lat) === band)) return at(0.5, 0.5);
  }
  return null;
}

function bandOf(lat: number): string | undefined {
  return lat >= -80 && lat <= 84 ? BANDS[Math.min(BANDS.length - 1, Math.floor((lat + 80) / 8))] : undefined;
}

function rowOffset(zone: number): number {
  return zone % 2 === 0 ? 5 : 0;
}

/** Six degrees each, but for south-west Norway and Svalbard. */
function zoneOf(lon: number, lat: number): number {
  if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) return 32;
  if (lat >= 72 && lon >= 0 && lon < 42) return lon < 9 ? 31 : lon < 21 ? 33 : lon < 33 ? 35 : 37;
  return (Math.floor((lon + 180) / 6) % 60) + 1;
}

function meridianOf(zone: number): number {
  return zone * 6 - 183;
}

function projected(lon: number, lat: number, zone: number): [number, number] {
  const away = ((((lon - meridianOf(zone) + 180) % 360) + 360) % 360) - 180;
  const conformal = conformalOf(Math.tan(lat * RADIANS));
  const longitude = away * RADIANS;
  const xi = Math.atan2(conformal, Math.cos(longitude));
  const eta = Math.asinh(Math.sin(longitude) / Math.hypot(conformal, Math.cos(longitude)));
  const [north, east] = bent(xi, eta, ALPHA, 1);
  return [FALSE_EASTING_M + SCALE_M * east, SCALE_M * north + (lat < 0 ? FALSE_NORTHING_M : 0)];
}

function unprojected(easting: number, northing: number, zone: number, isSouth: boolean): LonLat {
  const xi = (northing - (isSouth ? FALSE_NORTHING_M : 0)) / SCALE_M;
  const [north, east] = bent(xi, (easting - FALSE_EASTING_M) / SCALE_M, BETA, -1);
  const tangent = geodeticOf(Math.sin(north) / Math.hypot(Math.sinh(east), Math.cos(north)));
  const lon = meridianOf(zone) + Math.atan2(Math.sinh(east), Math.cos(north)) / RADIANS;
  return { lon: ((((lon + 180) % 360) + 360) % 360) - 180, lat: Math.atan(tangent) / RADIANS };
}

/** Krüger's series, there with one sign and back with the other. */
function bent(xi: number, eta: number, series: readonly number[], sign: 1 | -1): [number, number] {
  let [north, east] = [xi, eta];
  series.forEach((term, index) => {
    const order = 2 * (index + 1);
    north += sign * term * Math.sin(order * xi) * Math.cosh(order * eta);
    east += sign * term * Math.cos(order * xi) * Math.sinh(order * eta);
  });
  return [north, east];
}

/** The tangent of the conformal latitude from that of the latitude. */
function conformalOf(tangent: number): number {
  const sine = tangent / Math.hypot(tangent, 1);
  const sigma = Math.sinh(ECCENTRICITY * Math.atanh(ECCENTRICITY * sine));
  return tangent * Math.hypot(sigma, 1) - sigma * Math.hypot(tangent, 1);
}

/** The other way round: Newton's method, which doubles its digits each time. */
function geodeticOf(conformal: number): number {
  const flat = 1 - ECCENTRICITY ** 2;
  let tangent = conformal / flat;
  for (let turn = 0; turn < 6; turn += 1) {
    const found = conformalOf(tangent);
    const slope = (1 + flat * tangent ** 2) / (flat * Math.hypot(tangent, 1));
    tangent += ((conformal - found) / Math.hypot(found, 1)) * slope;
  }
  return tangent;
}
