// What a camera wrote into a photograph (EXIF): when and where it says that it was taken. It is a claim:
// clocks of cameras are wrong, and places can be written by anybody.

export interface Camera {
  /** What the camera calls itself. */
  model?: string;
  /** Its clock, `2018-03-01T12:00:00`, and the offset of that clock where it is written. */
  taken?: string;
  offset?: string;
  /** What satellites said at the time, in UTC. */
  satellite?: string;
  lat?: number;
  lon?: number;
}

/** What the node says of the camera of a file. */
export interface TellsCamera {
  time: string | null;
  offset: string | null;
  place: { lon: number; lat: number } | null;
  model: string | null;
}

/** The same claims, as the node has read them. */
export function fromNode({ time, offset, place, model }: TellsCamera): Camera {
  return { ...(time ? { taken: time } : {}), ...(offset ? { offset } : {}), ...(model ? { model } : {}), ...(place ?? {}) };
}

/** The moment in UTC that is claimed: a clock that says no zone is read with the offset it is given. */
export function momentOf({ taken, offset, satellite }: Camera, offsetMinutes: (local: Date) => number): string {
  if (!taken) return satellite ?? '';
  if (offset) return new Date(taken + offset).toISOString();
  const local = new Date(`${taken}Z`);
  return new Date(local.getTime() - offsetMinutes(local) * MINUTE_MS).toISOString();
}

/** What is written lies at the beginning of a file. */
const HEAD_BYTES = 256 << 10;
const MINUTE_MS = 60_000;
/** No directory of a camera has more. */
const ENTRIES_MAX = 512;

/** What the camera says; nothing where the file is no photograph of a kind that is read, or is damaged. */
export async function cameraOf(file: Blob): Promise<Camera | null> {
  try {
    return read(new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer()));
  } catch {
    return null;
  }
}

/** The same of the bytes of a JPEG. */
export function read(file: DataView): Camera | null {
  if (file.byteLength < 4 || file.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 4 <= file.byteLength; ) {
    const [marker, length] = [file.getUint16(at), file.getUint16(at + 2)];
    if (marker < 0xff00 || marker === 0xffda || length < 2) return null;
    if (marker === 0xffe1 && isExif(file, at + 4)) return told(new Tiff(file, at + 10));
    at += 2 + length;
  }
  return null;
}

function isExif(file: DataView, at: number): boolean {
  return file.getUint32(at) === 0x45786966 && file.getUint16(at + 4) === 0;
}

type Entry = { kind: number; count: number; at: number };

/** The directories of TIFF, as far as cameras use them. */
class Tiff {
  readonly #file: DataView;
  readonly #start: number;
  readonly #little: boolean;

  constructor(file: DataView, start: number) {
    [this.#file, this.#start] = [file, start];
    this.#little = file.getUint16(start) === 0x4949;
    if (this.#u16(2) !== 42) throw new RangeError('no TIFF');
  }

  first(): Map<number, Entry> {
    return this.directory(this.#u32(4));
  }

  directory(at: number): Map<number, Entry> {
    const count = Math.min(ENTRIES_MAX, this.#u16(at));
    const entries = Array.from({ length: count }, (_, index): [number, Entry] => {
      const entry = at + 2 + 12 * index;
      return [this.#u16(entry), { kind: this.#u16(entry + 2), count: this.#u32(entry + 4), at: entry + 8 }];
    });
    return new Map(entries);
  }

  below(entry: Entry | undefined): Map<number, Entry> {
    return entry ? this.directory(this.#u32(entry.at)) : new Map();
  }

  text(entry: Entry | undefined): string {
    if (entry?.kind !== 2 || entry.count > 1024) return '';
    const at = entry.count > 4 ? this.#u32(entry.at) : entry.at;
    const letters = Array.from({ length: entry.count }, (_, index) => this.#file.getUint8(this.#start + at + index));
    return String.fromCharCode(...letters).replace(/\0.*$/s, '').trim();
  }

  /** Three fractions: degrees or hours, minutes, seconds. */
  three(entry: Entry | undefined): [number, number, number] | null {
    if (entry?.kind !== 5 || entry.count !== 3) return null;
    const from = this.#u32(entry.at);
    const [a, b, c] = [0, 8, 16].map((by) => this.#u32(from + by) / this.#u32(from + by + 4)) as [number, number, number];
    return [a, b, c].every(Number.isFinite) ? [a, b, c] : null;
  }

  #u16(at: number): number {
    return this.#file.getUint16(this.#start + at, this.#little);
  }

  #u32(at: number): number {
    return this.#file.getUint32(this.#start + at, this.#little);
  }
}

function told(tiff: Tiff): Camera | null {
  const first = tiff.first();
  const [shot, place] = [tiff.below(first.get(0x8769)), tiff.below(first.get(0x8825))];
  const camera: Camera = {};
  const model = [tiff.text(first.get(0x010f)), tiff.text(first.get(0x0110))].filter(Boolean).join(' ').slice(0, 80);
  const taken = moment(tiff.text(shot.get(0x9003)));
  const offset = tiff.text(shot.get(0x9011));
  const lat = degrees(tiff.three(place.get(2)), tiff.text(place.get(1)), 'N', 'S', 90);
  const lon = degrees(tiff.three(place.get(4)), tiff.text(place.get(3)), 'E', 'W', 180);
  const satellite = satelliteTime(tiff.text(place.get(29)), tiff.three(place.get(7)));
  if (model) camera.model = model;
  if (taken) camera.taken = taken;
  if (taken && /^[+-]\d\d:\d\d$/.test(offset)) camera.offset = offset;
  if (satellite) camera.satellite = satellite;
  // Cameras without a fix write zeroes.
  if (lat !== null && lon !== null && (lat !== 0 || lon !== 0)) [camera.lat, camera.lon] = [lat, lon];
  return Object.keys(camera).length > 0 ? camera : null;
}

/** `2018:03:01 12:00:00` as `2018-03-01T12:00:00`; nothing where it is no moment. */
function moment(text: string): string {
  const match = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(text);
  if (!match) return '';
  const [, year, month, day, hour, minute, second] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  return Number.isNaN(Date.parse(`${iso}Z`)) || year === '0000' ? '' : iso;
}

function satelliteTime(day: string, clock: [number, number, number] | null): string {
  if (!clock) return '';
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const iso = moment(`${day} ${clock.map(two).join(':')}`);
  return iso ? `${iso}Z` : '';
}

function degrees(parts: [number, number, number] | null, side: string, plus: string, minus: string, max: number): number | null {
  if (!parts || (side !== plus && side !== minus)) return null;
  const [whole, minutes, seconds] = parts;
  const value = (whole + minutes / 60 + seconds / 3600) * (side === minus ? -1 : 1);
  return Math.abs(value) <= max ? Number(value.toFixed(6)) : null;
}
