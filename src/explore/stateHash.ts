/** Where the table of a store has a state: its hash, and what stands there. */

/** The low bits of the hash say where to look, so that it is the others that tell states apart. */
export function entryOf(index: number, hash: number, tableLength: number): number {
  return (hash & ~(tableLength - 1)) | (index + 1);
}

/** A multiply-and-rotate hash with a final mix, so that low bits depend on every word. */
export function hashWords(words: Int32Array, offset: number, count: number): number {
  let hash = count;
  for (let i = 0; i < count; i++) {
    hash = Math.imul(hash ^ (words[offset + i] as number), 0x9e3779b1);
    hash = (hash << 15) | (hash >>> 17);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
