// What time it is in the mission: that of the exercise where the node has one loaded, which runs on with the
// real clock, else the present. What has to do with this browser (drafts, sending, the session) asks the real clock.
import type { World } from './expression/functions';
import { offsetMinutes } from './format';
import { signedIn } from './session.svelte';

/** Milliseconds since 1970. */
export function present(): number {
  return Date.now() + (signedIn.session.mission.exercise_loaded?.offset_ms ?? 0);
}

/** What the conditions of a form know of the time. */
export function world(): World {
  const now = present();
  return { now, offsetMinutes: offsetMinutes(new Date(now), signedIn.session.mission.time_zone) };
}
