// Days, months and years as the columns of a timeline. Everything is UTC, as the records are.

export type By = 'day' | 'month' | 'year';

export interface Column {
  /** `2018`, `2018-03` or `2018-03-01`. */
  at: string;
  count: number;
  /** The second figure, such as the people killed. */
  figure: number;
}

/** A span of days, both included. */
export interface Span {
  from: string;
  to: string;
}

/** What the node counts in one bucket. */
export interface Counted {
  at: string;
  count: number;
  sums: Record<string, number>;
}

const DAY_MS = 86_400_000;
/** More columns than these would be thinner than can be pointed at. */
export const COLUMNS_MAX: Record<By, number> = { day: 124, month: 240, year: Number.POSITIVE_INFINITY };
const LENGTHS: Record<By, number> = { year: 4, month: 7, day: 10 };

/** The finest step that gives few enough columns for a span. */
export function stepFor(span: Span): By {
  if (days(span) <= COLUMNS_MAX.day) return 'day';
  return steps(span, 'month') <= COLUMNS_MAX.month ? 'month' : 'year';
}

/** Every column of a span, those without any record as well: a gap is seen as one. */
export function columns(counted: readonly Counted[], span: Span, by: By, sum: string | null): Column[] {
  const found = new Map(counted.map((one) => [one.at, one]));
  return range(span, by).map((at) => {
    const one = found.get(at);
    return { at, count: one?.count ?? 0, figure: (sum && one?.sums[sum]) || 0 };
  });
}

/** The first and last day of everything counted; `null` where nothing is. */
export function spanOf(counted: readonly Counted[]): Span | null {
  const filled = counted.filter((one) => one.count > 0).map((one) => one.at).sort();
  const [first] = filled;
  const last = filled.at(-1);
  return first && last ? { from: firstDay(first), to: lastDay(last) } : null;
}

/** The first day of a bucket: `2018-03` is `2018-03-01`. */
export function firstDay(at: string): string {
  return `${at}-01-01`.slice(0, LENGTHS.day);
}

/** The last day of a bucket: `2018-02` is `2018-02-28`. */
export function lastDay(at: string): string {
  if (at.length === LENGTHS.day) return at;
  return at.length === LENGTHS.year ? `${at}-12-31` : dayBefore(firstDay(next(at)));
}

/** The bucket a day falls into. */
export function bucketOf(day: string, by: By): string {
  return day.slice(0, LENGTHS[by]);
}

/** The bucket after one. */
export function next(at: string): string {
  if (at.length === LENGTHS.day) return dayAfter(at);
  const [year = 0, month = 0] = at.split('-').map(Number);
  if (at.length === LENGTHS.year) return padded(year + 1, 4);
  return month === 12 ? `${padded(year + 1, 4)}-01` : `${padded(year, 4)}-${padded(month + 1, 2)}`;
}

/** How many days a span has. */
export function days({ from, to }: Span): number {
  return Math.round((time(to) - time(from)) / DAY_MS) + 1;
}

function steps({ from, to }: Span, by: By): number {
  const [first, last] = [bucketOf(from, by), bucketOf(to, by)];
  const [year = 0, month = 1] = first.split('-').map(Number);
  const [year2 = 0, month2 = 1] = last.split('-').map(Number);
  return by === 'year' ? year2 - year + 1 : (year2 - year) * 12 + month2 - month + 1;
}

function range(span: Span, by: By): string[] {
  const last = bucketOf(span.to, by);
  const all: string[] = [];
  for (let at = bucketOf(span.from, by); at <= last; at = next(at)) all.push(at);
  return all;
}

function dayAfter(day: string): string {
  return new Date(time(day) + DAY_MS).toISOString().slice(0, 10);
}

function dayBefore(day: string): string {
  return new Date(time(day) - DAY_MS).toISOString().slice(0, 10);
}

function time(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function padded(value: number, digits: number): string {
  return `${value}`.padStart(digits, '0');
}
