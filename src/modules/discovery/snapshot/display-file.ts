import { closeSync, fdatasync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import type { DisplayStore } from '../rules/display-store.ts';

// A record is the length of the text in UTF-8, its CRC-32, and the text; records stand at multiples of 8, and a text's number is the
// place of its record in units of 8, so that 32 bits reach 32 GB.
const unit = 8;
const headBytes = 8;
const refsMax = 2 ** 32;
/** Texts put last wait in memory up to so many bytes. */
const pendingMax = 1024 * 1024;
/** Most records are shorter and take one read. */
const usualBytes = 1016;
const wipesPerStep = 500;
const stepBytes = 4 * 1024 * 1024;

/** Bytes of a record with a text of so many. */
function wholeOf(length: number): number {
  return Math.ceil((headBytes + length) / unit) * unit;
}

const syncData = promisify(fdatasync);

/**
 * Texts in a file that is only added to. What a snapshot refers to is the beginning of the file; anything after it was put later and is cut off
 * when that snapshot is opened again.
 */
export class DisplayFile implements DisplayStore {
  readonly path: string;
  private readonly file: number;
  private written: number;
  private readonly pending = Buffer.alloc(pendingMax);
  private pendingBytes = 0;
  private isOpen = true;
  private sum: number;
  /** Places of texts that are to be overwritten with the next snapshot. */
  private dropped: number[] = [];

  /** Opens the first `bytes` of a file, whose CRC-32 is known; 0 makes a new one. */
  constructor(path: string, { bytes, crc }: { bytes: number; crc: number } = { bytes: 0, crc: 0 }) {
    this.path = path;
    this.file = openSync(path, bytes === 0 ? 'w+' : 'r+', 0o600);
    ftruncateSync(this.file, bytes);
    this.written = bytes;
    this.sum = crc;
  }

  /** Its name in its folder. */
  get name(): string {
    return basename(this.path);
  }

  /** Length with what is not written yet. */
  get bytes(): number {
    return this.written + this.pendingBytes;
  }

  put(text: string): number {
    // A unit of UTF-16 takes at most three bytes.
    const most = headBytes + text.length * 3 + unit;
    if (most > pendingMax) return this.putLong(text);
    if (this.pendingBytes + most > pendingMax) this.writePending();
    const ref = this.nextRef();
    const { pending } = this;
    const at = this.pendingBytes + headBytes;
    const length = pending.write(text, at, 'utf8');
    const whole = wholeOf(length);
    pending.fill(0, at + length, this.pendingBytes + whole);
    pending.writeUInt32LE(length, this.pendingBytes);
    pending.writeUInt32LE(crc32(pending.subarray(at, at + length)), this.pendingBytes + 4);
    this.pendingBytes += whole;
    return ref;
  }

  private putLong(text: string): number {
    this.writePending();
    const ref = this.nextRef();
    const bytes = Buffer.from(text, 'utf8');
    const record = Buffer.alloc(wholeOf(bytes.length));
    record.writeUInt32LE(bytes.length, 0);
    record.writeUInt32LE(crc32(bytes), 4);
    bytes.copy(record, headBytes);
    this.append(record);
    return ref;
  }

  private nextRef(): number {
    const ref = this.bytes / unit;
    if (ref >= refsMax) throw new RangeError('The texts of an index take at most 32 GB.');
    return ref;
  }

  read(ref: number): string | null {
    const at = ref * unit;
    if (at >= this.bytes) return null;
    const record = Buffer.allocUnsafe(headBytes + usualBytes);
    if (this.readAt(record, at) < headBytes) return null;
    const length = record.readUInt32LE(0);
    if (at + headBytes + length > this.bytes) return null;
    let bytes: Buffer = record.subarray(headBytes, headBytes + length);
    if (length > usualBytes) {
      bytes = Buffer.allocUnsafe(length);
      this.readAt(bytes, at + headBytes);
    }
    return crc32(bytes) === record.readUInt32LE(4) ? bytes.toString('utf8') : null;
  }

  drop(ref: number): void {
    this.dropped.push(ref);
  }

  /**
   * Overwrites the texts that were dropped, so that nothing is left on the disk of a creator that is gone, and sums the file up anew. A snapshot from
   * before that refers to other bytes now and is read no more: call it right before the next is written.
   */
  async wipe(): Promise<void> {
    if (this.dropped.length === 0) return;
    this.writePending();
    const refs = this.dropped;
    this.dropped = [];
    for (const [index, ref] of refs.entries()) {
      this.overwrite(ref * unit);
      if (index % wipesPerStep === 0) await nextTurn();
    }
    await this.sumUp();
  }

  private overwrite(at: number): void {
    const head = Buffer.alloc(headBytes);
    if (at >= this.written || this.readAt(head, at) < headBytes) return;
    const length = head.readUInt32LE(0);
    if (at + headBytes + length > this.written) return;
    const zeros = Buffer.alloc(headBytes + length);
    for (let done = 0; done < zeros.length; ) done += writeSync(this.file, zeros, done, zeros.length - done, at + done);
  }

  /** Reads the file in steps; what is appended meanwhile is summed up too. */
  private async sumUp(): Promise<void> {
    const step = Buffer.allocUnsafe(stepBytes);
    let sum = 0;
    let done = 0;
    while (done < this.written) {
      const some = step.subarray(0, Math.min(step.length, this.written - done));
      this.readAt(some, done);
      sum = crc32(some, sum);
      done += some.length;
      if (done < this.written) await nextTurn();
    }
    this.sum = sum;
  }

  /** Writes what is pending; length and CRC-32 of the file as it is then. */
  flush(): { bytes: number; crc: number } {
    this.writePending();
    return { bytes: this.written, crc: this.sum };
  }

  /** Brings everything written onto the disk, without holding the thread while the disk works. */
  async sync(): Promise<void> {
    await syncData(this.file);
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    closeSync(this.file);
  }

  private readAt(into: Buffer, at: number): number {
    if (at >= this.written) return this.pending.copy(into, 0, at - this.written, this.pendingBytes);
    let done = 0;
    while (done < into.length) {
      const read = readSync(this.file, into, done, into.length - done, at + done);
      if (read === 0) break;
      done += read;
    }
    return done;
  }

  private writePending(): void {
    if (this.pendingBytes === 0) return;
    this.append(this.pending.subarray(0, this.pendingBytes));
    this.pendingBytes = 0;
  }

  private append(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.file, bytes, done, bytes.length - done, this.written + done);
    this.written += bytes.length;
    this.sum = crc32(bytes, this.sum);
  }
}

/** Whether the first bytes of a file are as many as were written and have the CRC-32 they had then; null when they have. */
export function displayFault(path: string, expected: { bytes: number; crc: number }): string | null {
  const step = Buffer.allocUnsafe(8 * 1024 * 1024);
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return 'its texts are missing';
  }
  try {
    let crc = 0;
    for (let done = 0; done < expected.bytes; ) {
      const read = readSync(file, step, 0, Math.min(step.length, expected.bytes - done), done);
      if (read === 0) return 'its texts are cut short';
      crc = crc32(step.subarray(0, read), crc);
      done += read;
    }
    return crc === expected.crc ? null : 'its texts have another checksum than was written';
  } finally {
    closeSync(file);
  }
}
