// Latitude and longitude as people type and paste them.

const BOTH = /^(-?\d+(?:[.,]\d+)?)(\s*[;,]\s+|\s*;\s*|\s+)(-?\d+(?:[.,]\d+)?)$/;
const BOTH_WITH_POINTS = /^(-?\d+\.\d+)\s*,\s*(-?\d+\.\d+)$/;

/** Both numbers where a text has both, latitude first; `null` where it has one, or something else.
    `16,2717` is one number: half the world writes decimals with a comma. */
export function bothOf(typed: string): { lat: string; lon: string } | null {
  const text = typed.trim();
  const pair = BOTH_WITH_POINTS.exec(text);
  if (pair?.[1] && pair[2]) return { lat: pair[1], lon: pair[2] };
  const match = BOTH.exec(text);
  return match?.[1] && match[3] ? { lat: oneOf(match[1]), lon: oneOf(match[3]) } : null;
}

/** One number as it was typed, with a point for a decimal comma and without the spaces. */
export function oneOf(typed: string): string {
  return typed.trim().replace(',', '.').replaceAll(/\s+/g, '');
}
