// The highest classification on the screen: what the banners at the top and bottom say.

import { SvelteMap } from 'svelte/reactivity';
import { signedIn } from './session.svelte';
import { t } from './words.svelte';

/** From lowest to highest, as in `model::classification`. */
export const LEVELS = ['unclassified', 'confidential', 'strictly-confidential'] as const;
export type Level = (typeof LEVELS)[number];

const shown = new SvelteMap<string, Level>();

/** Says what a part of the page shows; `null` takes it back. */
export function show(part: string, level: Level | null): void {
  if (level === null) shown.delete(part);
  else shown.set(part, level);
}

/** The highest of all parts. */
export function highest(): Level {
  return highestOf([...shown.values()]);
}

/** A classification of a record; anything but a known level, and none as well, is the highest, as everywhere. */
export function levelOf(classification: unknown): Level {
  return LEVELS.find((level) => level === classification) ?? LEVELS[LEVELS.length - 1]!;
}

/** The highest of several. */
export function highestOf(classifications: readonly unknown[]): Level {
  const levels = new Set(classifications.map(levelOf));
  return LEVELS.findLast((level) => levels.has(level)) ?? LEVELS[0];
}

/** That the mission is none, where it is none; else empty. */
export function exercise(): string {
  const { mission } = signedIn.session;
  const loaded = mission.exercise_loaded;
  if (loaded) return t('mark-exercise-day', { title: loaded.title, day: loaded.day });
  if (mission.fictional) return t('mark-fictional');
  return mission.exercise ? t('mark-exercise') : '';
}
