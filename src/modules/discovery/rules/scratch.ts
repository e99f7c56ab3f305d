// What a question works on lives until the next question to any index of this thread: sets of bits are taken from the same few blocks again and
// again. Making them anew costs more than filling them, and memory that was just used is still in the processor's caches.

const blockWords = 256 * 1024;
const blocks: Uint32Array[] = [];
let block = 0;
let used = 0;

/** Begins a question: everything taken before is free again, and must not be read any more. */
export function startScratch(): void {
  block = 0;
  used = 0;
}

/** Where so many words may be taken; what stands there is left over from before. */
function takeWords(words: number): { buffer: ArrayBufferLike; offset: number } {
  if (words > blockWords) return { buffer: new ArrayBuffer(words * 4), offset: 0 };
  if (used + words > blockWords) {
    block += 1;
    used = 0;
  }
  let current = blocks[block];
  if (current === undefined) {
    current = new Uint32Array(blockWords);
    blocks.push(current);
  }
  const offset = used * 4;
  used += words;
  return { buffer: current.buffer, offset };
}

/** An empty set for so many positions, until the next question. */
export function scratchBits(count: number): Uint32Array {
  return scratchWords((count + 31) >>> 5).fill(0);
}

/** A set of so many words that may hold anything. */
export function scratchWords(words: number): Uint32Array {
  const { buffer, offset } = takeWords(words);
  return new Uint32Array(buffer, offset, words);
}

export function scratchCopy(bits: Uint32Array): Uint32Array {
  const copy = scratchWords(bits.length);
  copy.set(bits);
  return copy;
}

/** Room for so many positions. */
export function scratchPositions(count: number): Uint16Array {
  const { buffer, offset } = takeWords((count + 1) >>> 1);
  return new Uint16Array(buffer, offset, count);
}
