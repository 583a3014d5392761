// Days and times in expressions: numbers of days since 1970, as form clients compute with them.

const SHAPE = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?(Z|[+-]\d{2}:\d{2})?)?$/;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const TIME_MS_MAX = 8.64e15;

/** An instant as an expression has it: a number, and a text. */
export interface Moment {
  days: number;
  text: string;
}

/** Whether a text has the shape of a day or of an instant. */
export function looksLikeMoment(text: string): boolean {
  return SHAPE.test(text);
}

/** Days since 1970 of a text; one without an offset is of the place. Not a number where it is none. */
export function daysOf(text: string, offsetMinutes: number): number {
  const match = SHAPE.exec(text);
  if (!match) return Number.NaN;
  const [, day = '', hours = '0', minutes = '0', seconds = '0', fraction = '', offset] = match;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const isDay = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  if (!isDay || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return Number.NaN;
  const clock = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(`${fraction}000`.slice(0, 3));
  return (midnight + clock - offsetOf(offset, offsetMinutes) * MINUTE_MS) / DAY_MS;
}

/** The instant so many days after 1970; an empty text where that is none. */
export function momentOf(days: number, offsetMinutes: number): Moment | string {
  const ms = Math.round(days * DAY_MS);
  if (!(Math.abs(ms) < TIME_MS_MAX)) return '';
  const local = new Date(ms + offsetMinutes * MINUTE_MS).toISOString().slice(0, -1);
  const size = Math.abs(offsetMinutes);
  const two = (number: number): string => String(number).padStart(2, '0');
  const offset = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  const isMidnight = local.endsWith('T00:00:00.000');
  return { days: ms / DAY_MS, text: isMidnight ? local.slice(0, -13) : local + offset };
}

/** The midnight before an instant, at the place. */
export function midnightBefore(ms: number, offsetMinutes: number): number {
  const shift = offsetMinutes * MINUTE_MS;
  return (Math.floor((ms + shift) / DAY_MS) * DAY_MS - shift) / DAY_MS;
}

export function daysOfMs(ms: number): number {
  return ms / DAY_MS;
}

function offsetOf(text: string | undefined, ofPlace: number): number {
  if (text === undefined) return ofPlace;
  if (text === 'Z') return 0;
  const size = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return text.startsWith('-') ? -size : size;
}
