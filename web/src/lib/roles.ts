// Roles by what people call them.

import { signedIn } from './session.svelte';

/** Roles on one line. */
export function roleNames(roles: readonly string[]): string {
  const known = signedIn.session.mission.roles;
  return roles.map((role) => known.find((one) => one.name === role)?.title ?? role).join(', ');
}
