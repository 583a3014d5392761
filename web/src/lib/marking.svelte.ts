// The highest classification on the screen: what the banners at the top and bottom say.

import { SvelteMap } from 'svelte/reactivity';

/** From lowest to highest, as in `model::classification`. */
export const LEVELS = ['unclassified', 'confidential', 'strictly-confidential'] as const;
export type Level = (typeof LEVELS)[number];

const shown = new SvelteMap<string, Level>();

/** Says what a part of the page shows; `null` takes it back. What is unknown counts as the highest. */
export function show(part: string, classification: string | null): void {
  if (classification === null) shown.delete(part);
  else shown.set(part, levelOf(classification));
}

/** The highest of all parts. */
export function highest(): Level {
  return [...shown.values()].reduce<Level>((top, level) => (isAbove(level, top) ? level : top), LEVELS[0]);
}

/** A classification of a record; anything but a known level is the highest. */
export function levelOf(classification: unknown): Level {
  return LEVELS.find((level) => level === classification) ?? LEVELS[LEVELS.length - 1]!;
}

/** The highest of several. */
export function highestOf(classifications: readonly unknown[]): Level {
  return classifications.map(levelOf).reduce<Level>((top, level) => (isAbove(level, top) ? level : top), LEVELS[0]);
}

function isAbove(level: Level, other: Level): boolean {
  return LEVELS.indexOf(level) > LEVELS.indexOf(other);
}
