import { GrowingBytes, GrowingUint32 } from './growing.ts';

const decoder = new TextDecoder();

/** Strings by position in one block of UTF-8, about 5 times smaller than an array of strings; absent and empty are told apart. */
export interface PackedStrings {
  bytes: Uint8Array;
  /** Start of each string; one more than there are strings. */
  starts: Uint32Array;
  absent: Uint8Array;
}

export class StringPacker {
  private bytes = new GrowingBytes();
  private starts = new GrowingUint32();
  private absent = new GrowingBytes();

  push(text: string | null): void {
    this.starts.push(this.bytes.length);
    this.absent.push(text === null ? 1 : 0);
    if (text !== null) this.bytes.appendText(text);
  }

  /** Takes a string of another block as it is. */
  take(from: PackedStrings, at: number): void {
    this.starts.push(this.bytes.length);
    this.absent.push(from.absent[at] ?? 1);
    this.bytes.append(from.bytes.subarray(from.starts[at], from.starts[at + 1]));
  }

  seal(): PackedStrings {
    this.starts.push(this.bytes.length);
    return { bytes: this.bytes.sealed(), starts: this.starts.sealed(), absent: this.absent.sealed() };
  }
}

/** The string at a position; null when it was absent. */
export function stringAt(packed: PackedStrings, at: number): string | null {
  if (packed.absent[at] !== 0) return null;
  return decoder.decode(packed.bytes.subarray(packed.starts[at], packed.starts[at + 1]));
}

/** Below 0 when the string of `a` comes before that of `b`, by code points. */
export function compareStrings(a: PackedStrings, atA: number, b: PackedStrings, atB: number): number {
  let i = a.starts[atA] ?? 0;
  let j = b.starts[atB] ?? 0;
  const endA = a.starts[atA + 1] ?? 0;
  const endB = b.starts[atB + 1] ?? 0;
  while (i < endA && j < endB) {
    const difference = (a.bytes[i] ?? 0) - (b.bytes[j] ?? 0);
    if (difference !== 0) return difference;
    i += 1;
    j += 1;
  }
  return endA - i - (endB - j);
}

/** Whether each string comes after the one before. */
export function isAscending(packed: PackedStrings): boolean {
  for (let at = 1; at + 1 < packed.starts.length; at += 1)
    if (compareStrings(packed, at - 1, packed, at) >= 0) return false;
  return true;
}

export function packedBytes(packed: PackedStrings): number {
  return packed.bytes.byteLength + packed.starts.byteLength + packed.absent.byteLength;
}
