// Roles by what people call them, as far as the person knows their titles: those of others go by their names.

/** Roles on one line. */
export function roleNames(roles: readonly string[], known: readonly { name: string; title: string }[]): string {
  return roles.map((role) => known.find((one) => one.name === role)?.title ?? spoken(role)).join(', ');
}

/** `joc-watch-officer` without what marks it as a code. */
function spoken(role: string): string {
  return role.replaceAll(/[-_]/g, ' ');
}
