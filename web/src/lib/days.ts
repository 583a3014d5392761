// Days as people type them: `2018-03-01`, or a month or a year for its first or last day. Always
// year first, because a mission has people who write the day first and people who write the month first.

const TYPED = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const YEAR_MIN = 1900;

/** The first or last day that is meant; `null` where no day is. */
export function dayOf(typed: string, end: 'first' | 'last'): string | null {
  const text = typed.trim().replaceAll(/[./\s]+/g, '-');
  if (text === '') return '';
  const match = TYPED.exec(text);
  if (!match?.[1] || Number(match[1]) < YEAR_MIN) return null;
  const year = Number(match[1]);
  const month = match[2] ? Number(match[2]) : end === 'first' ? 1 : 12;
  const day = match[3] ? Number(match[3]) : end === 'first' ? 1 : lastDay(year, month);
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal ? at.toISOString().slice(0, 10) : null;
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
