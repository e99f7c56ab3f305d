/**
 * A signature of a text: 64 minimum hashes (MinHash; Broder 1997) over its shingles of five characters, a byte of each (b-bit minwise hashing; Li
 * and König 2010). Two texts share as many bytes as their shingles overlap, but for 1 in 256 by chance.
 */
export const signatureBytes = 64;
const shingleCharacters = 5;
/** Read as far as this; a copy that differs only behind it is a copy. */
const charactersMax = 600;
/** Shorter texts come again by chance: "so beautiful" is no copy of "so beautiful". */
const wordsMin = 4;
const charactersMin = 16;
const unspacedMin = 10;

const multipliers = new Uint32Array(signatureBytes);
const offsets = new Uint32Array(signatureBytes);
// Fixed numbers, so that signatures of two versions can be held against each other.
for (let at = 0, state = 0x9e3779b9; at < signatureBytes; at += 1) {
  state = scramble(state + 0x6d2b79f5);
  multipliers[at] = state | 1;
  state = scramble(state + 0x6d2b79f5);
  offsets[at] = state;
}

/** Null where the text is too short to tell copies from chance. */
export function signatureOf(text: string): Uint8Array | null {
  const normal = normalise(text);
  if (!isLongEnough(normal)) return null;
  const least = new Uint32Array(signatureBytes).fill(0xffffffff);
  const seen = new Set<number>();
  for (let at = 0; at + shingleCharacters <= normal.length; at += 1) {
    let hash = 0x811c9dc5;
    for (let i = at; i < at + shingleCharacters; i += 1) hash = Math.imul(hash ^ normal.charCodeAt(i), 0x01000193);
    hash = scramble(hash);
    if (seen.has(hash)) continue;
    seen.add(hash);
    for (let i = 0; i < signatureBytes; i += 1) {
      const mixed = (Math.imul(hash, multipliers[i] ?? 1) + (offsets[i] ?? 0)) >>> 0;
      if (mixed < (least[i] ?? 0)) least[i] = mixed;
    }
  }
  const signature = new Uint8Array(signatureBytes);
  for (let i = 0; i < signatureBytes; i += 1) signature[i] = scramble(least[i] ?? 0) & 255;
  return signature;
}

/** The text without what copies are varied by: capitals, names of others, links, emoji, marks, drawn-out letters. */
export function normalise(text: string): string {
  return text
    .slice(0, charactersMax)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?:https?:\/\/|www\.)\S+/g, ' ')
    .replace(/@[\p{L}\p{N}_.]+/gu, ' ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replace(/(.)\1{2,}/gu, '$1')
    .trim();
}

function isLongEnough(normal: string): boolean {
  if (normal.length >= charactersMin && normal.split(' ').length >= wordsMin) return true;
  const unspaced = normal.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu);
  return unspaced !== null && unspaced.length >= unspacedMin;
}

/** Estimated overlap of the shingles of two texts (Jaccard), 0 to 1. */
export function likeness(a: Uint8Array, b: Uint8Array): number {
  let same = 0;
  for (let i = 0; i < signatureBytes; i += 1) if (a[i] === b[i]) same += 1;
  const byChance = 1 / 256;
  return Math.max(0, (same / signatureBytes - byChance) / (1 - byChance));
}

/** Mixes 32 bits (the finaliser of MurmurHash3). */
function scramble(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
