// Spans of time for people: `3 days 4 hr`, the two largest units and no more.

const UNITS = [['day', 86_400], ['hour', 3600], ['minute', 60]] as const;

/** A span in the words of a language; less than a minute is no minute. */
export function durationText(seconds: number, language: string): string {
  const parts: string[] = [];
  let left = Math.max(0, Math.floor(seconds));
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    const isLast = unit === 'minute' && parts.length === 0;
    if ((count > 0 || isLast) && parts.length < 2) parts.push(inUnit(count, unit, language));
    else if (parts.length > 0) break;
  }
  return parts.join(' ');
}

function inUnit(count: number, unit: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}
