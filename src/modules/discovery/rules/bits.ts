import { scratchPositions } from './scratch.ts';

/** A set of positions, one bit each. Bits past the last position may be anything until they are taken together with a set that has none. */
export type Bits = Uint32Array;

export function newBits(count: number): Bits {
  return new Uint32Array((count + 31) >>> 5);
}

/** All positions below the count, and no bit beyond. */
export function fullBits(count: number): Bits {
  const bits = newBits(count).fill(0xffff_ffff);
  if ((count & 31) !== 0) bits[bits.length - 1] = 0xffff_ffff >>> (32 - (count & 31));
  return bits;
}

export function setBit(bits: Bits, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31));
}

export function clearBit(bits: Bits, at: number): void {
  bits[at >>> 5] = (bits[at >>> 5] ?? 0) & ~(1 << (at & 31));
}

export function hasBit(bits: Bits, at: number): boolean {
  return ((bits[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
}

/** Bits set in one word. */
export function countWord(word: number): number {
  let v = word - ((word >>> 1) & 0x5555_5555);
  v = (v & 0x3333_3333) + ((v >>> 2) & 0x3333_3333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let w = 0; w < bits.length; w += 1) {
    const word = bits[w] ?? 0;
    if (word !== 0) count += countWord(word);
  }
  return count;
}

/**
 * How many groups of positions in a row have one that stands in both sets; `last` has the last position of each group. Adding ones below the last
 * position of a group to the positions that are in carries over into the last one exactly when there is any, word by word.
 */
export function countGroups(a: Bits, b: Bits, last: Bits): number {
  let count = 0;
  let carry = 0;
  for (let w = 0; w < a.length; w += 1) {
    const both = (a[w] ?? 0) & (b[w] ?? 0);
    if (both === 0 && carry === 0) continue;
    const ends = last[w] ?? 0;
    const below = ~ends >>> 0;
    const sum = ((both & below) >>> 0) + below + carry;
    carry = sum > 0xffff_ffff ? 1 : 0;
    const any = (sum | 0 | both) & ends;
    if (any !== 0) count += countWord(any);
  }
  return count;
}

/** How many positions stand in both. */
export function countTogether(a: Bits, b: Bits): number {
  let count = 0;
  for (let w = 0; w < a.length; w += 1) {
    const word = (a[w] ?? 0) & (b[w] ?? 0);
    if (word !== 0) count += countWord(word);
  }
  return count;
}

/** How many positions stand in `a` and not in `b`. */
export function countWithout(a: Bits, b: Bits): number {
  let count = 0;
  for (let w = 0; w < a.length; w += 1) {
    const word = (a[w] ?? 0) & ~(b[w] ?? 0);
    if (word !== 0) count += countWord(word);
  }
  return count;
}

export function orInto(into: Bits, other: Bits): void {
  for (let w = 0; w < into.length; w += 1) into[w] = (into[w] ?? 0) | (other[w] ?? 0);
}

export function andInto(into: Bits, other: Bits): void {
  for (let w = 0; w < into.length; w += 1) into[w] = (into[w] ?? 0) & (other[w] ?? 0);
}

export function isEmpty(bits: Bits): boolean {
  for (let w = 0; w < bits.length; w += 1) if (bits[w] !== 0) return false;
  return true;
}

/** The positions of a set of so many, ascending, until the next question; positions lie below 65,536. */
export function positionsOf(bits: Bits, count: number = countBits(bits)): Uint16Array {
  const positions = scratchPositions(count);
  let used = 0;
  for (let w = 0; w < bits.length; w += 1) {
    let word = bits[w] ?? 0;
    if (word === 0) continue;
    const base = w << 5;
    if (word === -1 >>> 0) {
      for (let bit = 0; bit < 32; bit += 1) positions[used + bit] = base + bit;
      used += 32;
      continue;
    }
    while (word !== 0) {
      const low = word & -word;
      positions[used] = base + 31 - Math.clz32(low);
      used += 1;
      word ^= low;
    }
  }
  return positions;
}
