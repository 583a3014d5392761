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
/** What is mixed with what: the columns of the state, then its diagonals. */
const MIXED = Uint8Array.of(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15, 0, 5, 10, 15, 1, 6, 11, 12, 2, 7, 8, 13, 3, 4, 9, 14);
/** One for all: megabytes of them would be thrown away otherwise. */
const STATE = new Uint32Array(16);
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
  readonly #block = new Uint32Array(16);
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
      for (let index = 0; index < 16; index += 1) this.#block[index] = this.#view.getUint32(at + 4 * index, true);
      const isLast = at + BLOCK_BYTES >= this.#filled;
      const place = (at === 0 ? CHUNK_START : 0) | (isLast ? CHUNK_END | flags : 0);
      value = compress(value, this.#block, this.#chunks, Math.min(BLOCK_BYTES, this.#filled - at), place);
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
  STATE.set(value);
  STATE.set(START.subarray(0, 4), 8);
  STATE[12] = counter;
  STATE[13] = Math.floor(counter / 2 ** 32);
  STATE[14] = length;
  STATE[15] = flags;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let step = 0; step < 8; step += 1) {
      const [at, word] = [4 * step, 16 * round + 2 * step];
      mix(
        STATE, MIXED[at] as number, MIXED[at + 1] as number, MIXED[at + 2] as number, MIXED[at + 3] as number,
        block[ORDERS[word] as number] as number, block[ORDERS[word + 1] as number] as number,
      );
    }
  }
  const out = new Uint32Array(8);
  for (let index = 0; index < 8; index += 1) out[index] = (STATE[index] as number) ^ (STATE[index + 8] as number);
  return out;
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
function orders(permutation: readonly number[]): Uint8Array {
  const all = [permutation.map((_, index) => index)];
  while (all.length < ROUNDS) all.push(permutation.map((from) => (all.at(-1) as number[])[from] as number));
  return Uint8Array.from(all.flat());
}
