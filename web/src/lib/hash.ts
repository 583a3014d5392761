// BLAKE3 of a file, as the node names files by: so that a record can name its file before the node has
// it, and what arrives is known to be what was chosen. Browsers give `crypto.subtle` to safe sites only,
// and without this hash.

import { blake3 } from '@noble/hashes/blake3.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** The page goes on living between parts of a large file. */
const PART_BYTES = 1 << 20;

/** The hash of a file in 64 hexadecimal digits. */
export async function hashOf(file: Blob): Promise<string> {
  const hash = blake3.create();
  for (let at = 0; at < file.size; at += PART_BYTES) {
    hash.update(new Uint8Array(await file.slice(at, at + PART_BYTES).arrayBuffer()));
  }
  return bytesToHex(hash.digest());
}
