// Places on earth as people read them.

import { gridOf } from './grid';

/** North, south, east, west. */
export type Letters = [string, string, string, string];
export const ENGLISH: Letters = ['N', 'S', 'E', 'W'];

/** Latitude and longitude with their letters: `16.2717° N, 0.0447° W`. */
export function latLon(lon: number, lat: number, decimals = 4, letters: Letters = ENGLISH): string {
  const [north, south, east, west] = letters;
  const around = lon >= -180 && lon <= 180 ? lon : ((((lon + 180) % 360) + 360) % 360) - 180;
  const latitude = `${degrees(lat, decimals)} ${lat < 0 ? south : north}`;
  return `${latitude}, ${degrees(around, decimals)} ${around < 0 ? west : east}`;
}

/** Latitude, longitude and grid reference, as exact as each other: `16.2717° N, 0.0447° W · 30Q ZD 1588 0127`. */
export function position(lon: number, lat: number, decimals: number, letters: Letters): string {
  // A hundredth of a degree is about a kilometre, which four digits name.
  return [latLon(lon, lat, decimals, letters), gridOf({ lon, lat }, 2 * decimals)].filter(Boolean).join(' · ');
}

/** As many decimals as a pixel of the map is worth. */
export function decimalsAt(zoom: number): number {
  return Math.min(5, Math.max(2, Math.round(zoom / 2.5)));
}

/** The letters of a language, from its words: `N S E W`. */
export function lettersOf(words: string): Letters {
  const [north, south, east, west] = words.split(' ');
  return [north ?? 'N', south ?? 'S', east ?? 'E', west ?? 'W'];
}

function degrees(value: number, decimals: number): string {
  return `${Math.abs(value).toFixed(decimals)}°`;
}
