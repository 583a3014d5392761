// A photograph without a picture: the beginning of a JPEG with what a camera writes into it. For tests.

export interface Shot {
  /** `2019:05:03 23:30:00`, and the offset of that clock. */
  taken?: string;
  offset?: string;
  /** Degrees, minutes, seconds. */
  lat?: [number, number, number];
  lon?: [number, number, number];
  west?: boolean;
  south?: boolean;
  /** Whether numbers begin with their smallest byte. */
  isLittle?: boolean;
}

type Entry = [tag: number, kind: number, count: number, value: number | number[]];

const TEXT = 2;
const NUMBER = 4;
const FRACTION = 5;
/** Seconds to the hundredth. */
const PARTS = 100;

export function photo(shot: Shot): Uint8Array<ArrayBuffer> {
  const tiff = new Tiff(shot.isLittle ?? false);
  const taken: Entry[] = [];
  if (shot.taken) taken.push(tiff.text(0x9003, shot.taken));
  if (shot.offset) taken.push(tiff.text(0x9011, shot.offset));
  const place: Entry[] = [];
  if (shot.lat && shot.lon) {
    place.push(tiff.letter(1, shot.south ? 'S' : 'N'), tiff.fractions(2, shot.lat));
    place.push(tiff.letter(3, shot.west ? 'W' : 'E'), tiff.fractions(4, shot.lon));
  }
  const [takenAt, placeAt] = [tiff.directory(taken), tiff.directory(place)];
  tiff.first([[0x8769, NUMBER, 1, takenAt], [0x8825, NUMBER, 1, placeAt]]);
  const exif = [...new TextEncoder().encode('Exif\0\0'), ...tiff.bytes];
  const length = exif.length + 2;
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe1, length >> 8, length & 255, ...exif, 0xff, 0xd9]);
}

class Tiff {
  readonly bytes: number[];
  readonly #isLittle: boolean;

  constructor(isLittle: boolean) {
    this.#isLittle = isLittle;
    this.bytes = [...(isLittle ? [0x49, 0x49] : [0x4d, 0x4d]), ...this.#number(42, 2), 0, 0, 0, 0];
  }

  text(tag: number, text: string): Entry {
    const at = this.bytes.length;
    this.bytes.push(...new TextEncoder().encode(`${text}\0`));
    return [tag, TEXT, text.length + 1, at];
  }

  letter(tag: number, letter: string): Entry {
    return [tag, TEXT, 2, [letter.charCodeAt(0), 0, 0, 0]];
  }

  fractions(tag: number, parts: readonly number[]): Entry {
    const at = this.bytes.length;
    for (const part of parts) this.bytes.push(...this.#number(Math.round(part * PARTS), 4), ...this.#number(PARTS, 4));
    return [tag, FRACTION, parts.length, at];
  }

  directory(entries: readonly Entry[]): number {
    const at = this.bytes.length;
    this.bytes.push(...this.#number(entries.length, 2));
    for (const [tag, kind, count, value] of entries) {
      const last = Array.isArray(value) ? value : this.#number(value, 4);
      this.bytes.push(...this.#number(tag, 2), ...this.#number(kind, 2), ...this.#number(count, 4), ...last);
    }
    this.bytes.push(0, 0, 0, 0);
    return at;
  }

  first(entries: readonly Entry[]): void {
    const at = this.directory(entries);
    this.#number(at, 4).forEach((byte, index) => (this.bytes[4 + index] = byte));
  }

  #number(value: number, length: number): number[] {
    const bytes = Array.from({ length }, (_, index) => (value >>> (8 * index)) & 255);
    return this.#isLittle ? bytes : bytes.reverse();
  }
}
