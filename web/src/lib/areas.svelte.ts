// Names of admin areas by their codes. A name that is not there yet shows as its code, and is put
// in its place when the areas have come.

import { SvelteMap } from 'svelte/reactivity';
import { areasOf } from './session.svelte';

const names = new SvelteMap<number, Map<string, string>>();
const asked = new Set<number>();

export const areaNames = {
  /** The name of an area, or its code. */
  of(level: number, code: string): string {
    const known = names.get(level);
    if (!known && !asked.has(level)) load(level);
    return known?.get(code) ?? code;
  },
};

function load(level: number): void {
  asked.add(level);
  areasOf(level).then(
    (areas) => names.set(level, new Map(areas.map((area) => [area.code, area.name]))),
    // Codes do as well; the next page asks again.
    () => asked.delete(level),
  );
}
