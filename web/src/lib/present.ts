// What time it is in the mission: that of the exercise where the node has one loaded, which runs on with the
// real clock, else the present. What has to do with this browser (drafts, sending, the session) asks the real clock.
import { signedIn } from './session.svelte';

/** Milliseconds since 1970. */
export function present(): number {
  return Date.now() + (signedIn.session.mission.exercise_loaded?.offset_ms ?? 0);
}
