// What a map shows first: the mission, or where the map of the register was left.

import { signedIn } from '../lib/session.svelte';
import type { Bounds } from '../lib/types';
import type { Camera } from './picture';

/** Where a mission has no bounds: all the land there is. */
const WORLD: Bounds = [-170, -55, 170, 70];

const cameras = new Map<string, Camera>();

export function home(): Bounds {
  return signedIn.session.mission.bounds ?? WORLD;
}

/** Coming back from a record finds the map as it was. */
export function lastCamera(register: string): Camera | null {
  return cameras.get(register) ?? null;
}

export function keepCamera(register: string, camera: Camera): void {
  cameras.set(register, camera);
}
