// Sentences of the map that several of its parts use.

import { number } from '../lib/format';
import { language, t } from '../lib/words.svelte';
import { KILLED, type Measure } from './meaning';
import type { Plural } from './records';
import type { Figure, Told } from './told';

/** A figure with its bounds: `12 killed (10 to 15)`. */
export function figureText(figure: Figure, measure: Measure | null): string {
  const best = measureText(figure.best, measure);
  if (figure.low === null && figure.high === null) return best;
  const bounds = { low: shown(figure.low ?? figure.best), high: shown(figure.high ?? figure.best) };
  return `${best} (${t('map-bounds', bounds)})`;
}

/** `12 killed`, or the sum with the name of its field. */
export function measureText(value: number, measure: Measure | null): string {
  if (!measure || measure.best === KILLED) return t('map-killed', { count: shown(value), n: value });
  return t('map-figure', { label: measure.label, count: shown(value) });
}

/** The words around a figure in the map's own text, with `#` for the number. */
export function figureWords(measure: Measure | null): Plural {
  if (measure?.best !== KILLED) return { language: language.code, one: '#', many: '#' };
  return { language: language.code, one: t('map-killed', { count: '#', n: 1 }), many: t('map-killed', { count: '#', n: 2 }) };
}

/** One mark as a sentence. */
export function toldText(one: Told, measure: Measure | null, title: string): string {
  const what = one.count > 1 ? recordsText(one.count) : one.kind || title;
  const parts = [what, one.figure ? figureText(one.figure, measure) : '', one.id ? one.verification : ''];
  if (one.reach_m > 0) parts.push(t('map-imprecise', { precision: one.precision }));
  return parts.filter(Boolean).join(', ');
}

/** `1,204 records`. */
export function recordsText(count: number): string {
  return t('map-records', { count: shown(count), n: count });
}

/** Whether a map failed because the browser has nothing to draw it with, and not on the way here. */
export function isWithoutGraphics(problem: unknown): boolean {
  return problem instanceof Error && problem.name === 'GPUInitializationError';
}

/** Words for MapLibre's own parts. */
export function mapWords(title: string): Record<string, string> {
  return {
    'Map.Title': title,
    'NavigationControl.ZoomIn': t('map-zoom-in'),
    'NavigationControl.ZoomOut': t('map-zoom-out'),
    'ScaleControl.Meters': 'm',
    'ScaleControl.Kilometers': 'km',
  };
}

function shown(value: number): string {
  return number(value, language.code);
}
