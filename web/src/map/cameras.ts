// Where the map of each register was left: coming back from a record finds it there again.

import type { Camera } from './picture';

const cameras = new Map<string, Camera>();

export function lastCamera(register: string): Camera | null {
  return cameras.get(register) ?? null;
}

export function keepCamera(register: string, camera: Camera): void {
  cameras.set(register, camera);
}
