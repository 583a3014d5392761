// BLAKE3 of a file, as the node names files by: so that a record can name its file before the node has
// it, and what arrives is known to be what was chosen. Browsers give `crypto.subtle` to safe sites only,
// and without this hash.

const CHUNK_BYTES = 1024;
const BLOCK_BYTES = 64;
const ROUNDS = 7;
const CHUNK_START = 1;
const CHUNK_END = 2;
const PARENT = 4;
const ROOT = 8;
const START = Uint32Array.of(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);
/** Which word of the block each mixing takes, round by round. */
const ORDERS = orders([2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8]);
/** The page goes on living between parts of a large file. */
const PART_BYTES = 1 << 20;

/** The hash of a file in 64 hexadecimal digits. */
export async function hashOf(file: Blob): Promise<string> {
  const hash = new Blake3();
  for (let at = 0; at < file.size; at += PART_BYTES) {
    hash.update(new Uint8Array(await file.slice(at, at + PART_BYTES).arrayBuffer()));
  }
  return hash.digest();
}

/** A hash of bytes that come in parts. */
export class Blake3 {
  readonly #chunk = new Uint8Array(CHUNK_BYTES);
  readonly #view = new DataView(this.#chunk.buffer);
  /** Values of whole subtrees that wait for their right neighbour. */
  readonly #waiting: Uint32Array[] = [];
  #filled = 0;
  #chunks = 0;

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#filled === CHUNK_BYTES) this.#close();
      const part = bytes.subarray(at, at + CHUNK_BYTES - this.#filled);
      this.#chunk.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
    }
  }

  digest(): string {
    const lefts = [...this.#waiting].reverse();
    let value = this.#valueOfChunk(lefts.length === 0 ? ROOT : 0);
    lefts.forEach((left, index) => (value = parent(left, value, index === lefts.length - 1 ? ROOT : 0)));
    const bytes = new DataView(new ArrayBuffer(32));
    value.forEach((word, index) => bytes.setUint32(4 * index, word, true));
    return [...new Uint8Array(bytes.buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  /** More follows: the chunk is a leaf, and completes every subtree that it is the last leaf of. */
  #close(): void {
    let value = this.#valueOfChunk(0);
    this.#chunks += 1;
    for (let leaves = this.#chunks; leaves % 2 === 0; leaves /= 2) {
      const left = this.#waiting.pop();
      if (left) value = parent(left, value, 0);
    }
    this.#waiting.push(value);
    this.#filled = 0;
  }

  #valueOfChunk(flags: number): Uint32Array {
    let value: Uint32Array = START;
    this.#chunk.fill(0, this.#filled);
    for (let at = 0; at === 0 || at < this.#filled; at += BLOCK_BYTES) {
      const block = Uint32Array.from({ length: 16 }, (_, index) => this.#view.getUint32(at + 4 * index, true));
      const isLast = at + BLOCK_BYTES >= this.#filled;
      const place = (at === 0 ? CHUNK_START : 0) | (isLast ? CHUNK_END | flags : 0);
      value = compress(value, block, this.#chunks, Math.min(BLOCK_BYTES, this.#filled - at), place);
    }
    return value;
  }
}

function parent(left: Uint32Array, right: Uint32Array, flags: number): Uint32Array {
  const block = new Uint32Array(16);
  block.set(left);
  block.set(right, 8);
  return compress(START, block, 0, BLOCK_BYTES, PARENT | flags);
}

function compress(value: Uint32Array, block: Uint32Array, counter: number, length: number, flags: number): Uint32Array {
  const state = new Uint32Array(16);
  state.set(value);
  state.set(START.subarray(0, 4), 8);
  state.set([counter, Math.floor(counter / 2 ** 32), length, flags], 12);
  for (const order of ORDERS) {
    const word = (index: number): number => block[order[index] as number] as number;
    for (let column = 0; column < 4; column += 1) mix(state, column, column + 4, column + 8, column + 12, word(2 * column), word(2 * column + 1));
    for (let line = 0; line < 4; line += 1) {
      mix(state, line, 4 + ((line + 1) % 4), 8 + ((line + 2) % 4), 12 + ((line + 3) % 4), word(8 + 2 * line), word(9 + 2 * line));
    }
  }
  return Uint32Array.from({ length: 8 }, (_, index) => (state[index] as number) ^ (state[index + 8] as number));
}

function mix(state: Uint32Array, a: number, b: number, c: number, d: number, x: number, y: number): void {
  let [va, vb, vc, vd] = [state[a] as number, state[b] as number, state[c] as number, state[d] as number];
  va = (va + vb + x) | 0;
  vd = turned(vd ^ va, 16);
  vc = (vc + vd) | 0;
  vb = turned(vb ^ vc, 12);
  va = (va + vb + y) | 0;
  vd = turned(vd ^ va, 8);
  vc = (vc + vd) | 0;
  vb = turned(vb ^ vc, 7);
  state[a] = va;
  state[b] = vb;
  state[c] = vc;
  state[d] = vd;
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** Each round takes the words in the order of the one before, permuted. */
function orders(permutation: readonly number[]): number[][] {
  const all = [permutation.map((_, index) => index)];
  while (all.length < ROUNDS) all.push(permutation.map((from) => (all.at(-1) as number[])[from] as number));
  return all;
}
