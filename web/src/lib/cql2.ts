// CQL2 text, made from parts so that nothing a person types can change its meaning.

/** A text as a literal: a quotation mark inside is doubled, nothing else means anything. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A field that has one of these codes. */
export function oneOf(field: string, codes: readonly string[], several = false): string {
  const list = codes.map(text).join(', ');
  return several ? `A_OVERLAPS(${field}, (${list}))` : `${field} IN (${list})`;
}

/** Both, all of them, or nothing. */
export function all(conditions: readonly string[]): string {
  return conditions.length > 1 ? conditions.map((one) => `(${one})`).join(' AND ') : (conditions[0] ?? '');
}

/** One of them. */
export function any(conditions: readonly string[]): string {
  return conditions.length > 1 ? conditions.map((one) => `(${one})`).join(' OR ') : (conditions[0] ?? '');
}
