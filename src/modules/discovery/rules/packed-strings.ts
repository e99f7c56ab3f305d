import { GrowingUint32 } from './growing.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const bytesMax = 0xffff_ffff;

/** Strings by position in one block of UTF-8, about 5 times smaller than an array of strings; absent and empty are told apart. */
export interface PackedStrings {
  bytes: Uint8Array;
  /** Start of each string; one more than there are strings. */
  starts: Uint32Array;
  absent: Uint8Array;
}

export class StringPacker {
  private bytes = new Uint8Array(1024);
  private used = 0;
  private starts = new GrowingUint32();
  private absent: number[] = [];

  push(text: string | null): void {
    this.starts.push(this.used);
    this.absent.push(text === null ? 1 : 0);
    if (text === null) return;
    const most = this.used + text.length * 3;
    if (most > bytesMax) throw new RangeError('A segment of the index holds at most 4 GB of text.');
    if (most > this.bytes.length) {
      const wider = new Uint8Array(Math.max(most, this.bytes.length * 2));
      wider.set(this.bytes.subarray(0, this.used));
      this.bytes = wider;
    }
    this.used += encoder.encodeInto(text, this.bytes.subarray(this.used)).written;
  }

  seal(): PackedStrings {
    this.starts.push(this.used);
    return {
      bytes: this.bytes.slice(0, this.used),
      starts: this.starts.sealed(),
      absent: Uint8Array.from(this.absent),
    };
  }
}

/** The string at a position; null when it was absent. */
export function stringAt(packed: PackedStrings, at: number): string | null {
  if (packed.absent[at] !== 0) return null;
  return decoder.decode(packed.bytes.subarray(packed.starts[at], packed.starts[at + 1]));
}

export function packedBytes(packed: PackedStrings): number {
  return packed.bytes.byteLength + packed.starts.byteLength + packed.absent.byteLength;
}
