import { closeSync, constants, fdatasync, fsyncSync, ftruncateSync, openSync, write } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '#infra/log.ts';
import { frame } from './frame.ts';

/** Told when the record is on disk, or why it is not. */
type Done = (fault: Error | null) => void;

export interface ClickLog {
  /** Appends a record; `done` comes after the disk has it. Records of the same moment share one sync. */
  append(payload: string, done: Done): void;
  /** Records put on disk since the log was opened. */
  appended(): number;
  /** Number of the segment written now and the bytes of it that are safely on disk. */
  position(): { segment: number; bytes: number };
  /** Ends the current segment so that it can be drained away; a new one begins with the next record. */
  close(): Promise<void>;
}

export interface ClickLogOptions {
  /** Folder of this process alone. */
  dir: string;
  log: Logger;
  segmentBytesMax?: number;
}

// On Linux a file opened with O_DSYNC is on disk, content and size, when a write returns: what write and fdatasync do, in one step.
const writesThrough = process.platform === 'linux';
const segmentFlags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (writesThrough ? constants.O_DSYNC : 0);

const segmentBytesDefault = 16 * 1024 * 1024;

export function segmentPath(dir: string, segment: number): string {
  return join(dir, `${segment.toString().padStart(8, '0')}.log`);
}

/** Opens the click log of this process for appending. */
export function openClickLog(options: ClickLogOptions): ClickLog {
  const { dir, log } = options;
  const segmentBytesMax = options.segmentBytesMax ?? segmentBytesDefault;
  let segment = 1;
  let file = createSegment(dir, segment);
  let bytesOnDisk = 0;
  let appended = 0;
  let payloads: string[] = [];
  let waiting: Done[] = [];
  let isFlushing = false;
  let isScheduled = false;
  let onIdle: (() => void) | null = null;

  const finish = (dones: Done[], fault: Error | null) => {
    isFlushing = false;
    for (const done of dones) done(fault);
    if (payloads.length > 0) schedule();
    else onIdle?.();
  };

  const fail = (dones: Done[], fault: Error) => {
    log.error({ err: fault, segment }, 'clicks could not be written to disk; their visitors are asked to try again');
    // What may have been written in part is taken back, so that the next record begins at a whole one.
    try {
      ftruncateSync(file, bytesOnDisk);
    } catch (error) {
      log.error({ err: error, segment }, 'the segment could not be cut back, a new one is begun');
      try {
        nextSegment();
      } catch (openFault) {
        log.error({ err: openFault }, 'no new segment can be made');
      }
    }
    finish(dones, fault);
  };

  const nextSegment = () => {
    const next = createSegment(dir, segment + 1);
    closeSync(file);
    file = next;
    segment += 1;
    bytesOnDisk = 0;
  };

  const flush = () => {
    isScheduled = false;
    if (isFlushing || payloads.length === 0) return;
    isFlushing = true;
    const dones = waiting;
    const batch = payloads;
    payloads = [];
    waiting = [];
    let bytes: Buffer;
    try {
      if (bytesOnDisk >= segmentBytesMax) nextSegment();
      bytes = frame(batch);
    } catch (error) {
      return fail(dones, error instanceof Error ? error : new Error(String(error)));
    }
    const startedAt = bytesOnDisk;
    writeAll(file, bytes, startedAt, (writeFault) => {
      if (writeFault !== null) return fail(dones, writeFault);
      const stored = (syncFault: Error | null) => {
        if (syncFault !== null) return fail(dones, syncFault);
        bytesOnDisk = startedAt + bytes.length;
        appended += batch.length;
        finish(dones, null);
      };
      if (writesThrough) stored(null);
      else fdatasync(file, stored);
    });
  };

  // At the end of the turn: everything that came in by then goes to disk together.
  const schedule = () => {
    if (isScheduled || isFlushing) return;
    isScheduled = true;
    setImmediate(flush);
  };

  return {
    append: (payload, done) => {
      payloads.push(payload);
      waiting.push(done);
      schedule();
    },
    appended: () => appended,
    position: () => ({ segment, bytes: bytesOnDisk }),
    close: async () => {
      if (isFlushing || payloads.length > 0) await new Promise<void>((resolve) => (onIdle = resolve));
      closeSync(file);
    },
  };
}

function createSegment(dir: string, segment: number): number {
  const file = openSync(segmentPath(dir, segment), segmentFlags, 0o600);
  // The name of the new file must survive a power cut as well as its content.
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
  return file;
}

function writeAll(file: number, bytes: Buffer, position: number, done: Done): void {
  write(file, bytes, 0, bytes.length, position, (fault, written) => {
    if (fault !== null) return done(fault);
    if (written === bytes.length) return done(null);
    if (written === 0) return done(new Error('The disk takes no more bytes.'));
    writeAll(file, bytes.subarray(written), position + written, done);
  });
}
