import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '#infra/db/database.ts';
import type { Logger } from '#infra/log.ts';
import type { Outbox } from '#infra/outbox/outbox.ts';
import { type ClickLog, segmentPath } from './click-log/append-clicks.ts';
import { keepRest } from './click-log/keep-rest.ts';
import { listOrphanFolders, listSegments, removeFolder } from './click-log/own-folder.ts';
import type { LiveHub } from './live-hub.ts';
import { forgetSegment, forgetSegments, holdSegment, moveSegment } from './queries/store-clicks.ts';
import { type Batch, readBatch } from './read-batch.ts';
import { storeBatch, wakeWaitingOrders } from './store-batch.ts';

export interface DrainParts {
  db: Database;
  outbox: Outbox;
  log: Logger;
  hub: LiveHub;
  /** Folder of all processes' folders. */
  root: string;
  ownName: string;
  clickLog: ClickLog;
}

export interface Drain {
  /** Something was appended: drain soon. */
  wake(): void;
  start(): void;
  /** Drains what is left, within the timeout, and stops. True when nothing is left. */
  stop(timeoutMs: number): Promise<boolean>;
  /** Resolves when everything appended so far is in the database; throws what keeps it from there. */
  settle(): Promise<void>;
}

const recordsMax = 8000;
const gatherMs = 200;
const idleMs = 30_000;
const retryMs = 1000;
const retryMsMax = 10_000;
/** From this many clicks a second on, redirects go first: the drain works a tenth of the time and rests the others. */
const busyClicksPerS = 1500;
const restPerWork = 9;
/** Until so many clicks wait; then it works without rest, so that the log cannot grow without end. */
const waitingClicksMax = 2_000_000;

/** Called after each batch with the time it took and how many clicks it moved; resolves when the next may begin. */
type Rest = (tookMs: number, clicks: number) => Promise<void>;

/** Moves the click log into the database: the own segments as they grow, those of ended processes once. */
export function createDrain(parts: DrainParts): Drain {
  const { log } = parts;
  let running = false;
  let isPending = true;
  let waitMs = retryMs;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  const rest = restWhileBusy(parts.clickLog);

  const pass = (afterBatch: Rest) => {
    const before = current;
    const next = before.catch(() => undefined).then(() => drainAll(parts, afterBatch));
    current = next;
    return next;
  };

  const plan = (delayMs: number) => {
    clearTimeout(timer);
    if (!running) return;
    timer = setTimeout(async () => {
      isPending = false;
      try {
        await pass(rest);
        waitMs = retryMs;
        plan(isPending ? gatherMs : idleMs);
      } catch (error) {
        isPending = true;
        log.warn({ err: error, retryMs: waitMs }, 'clicks stay in their log until the database is back');
        plan(waitMs);
        waitMs = Math.min(waitMs * 2, retryMsMax);
      }
    }, delayMs);
    timer.unref();
  };

  return {
    wake: () => {
      if (isPending) return;
      isPending = true;
      plan(gatherMs);
    },
    start: () => {
      running = true;
      plan(0);
    },
    stop: async (timeoutMs) => {
      running = false;
      clearTimeout(timer);
      try {
        await Promise.race([pass(noRest), rejectAfter(timeoutMs)]);
        return true;
      } catch (error) {
        log.warn({ err: error }, 'clicks are left in their log; the next start drains them');
        return false;
      }
    },
    settle: () => pass(noRest),
  };
}

const noRest: Rest = () => Promise.resolve();

/** Rests between batches while many clicks come in, so that storing them does not slow the redirects they come from. */
function restWhileBusy(clickLog: ClickLog): Rest {
  let before = { atMs: performance.now(), appended: clickLog.appended() };
  let moved = 0;
  return async (tookMs, clicks) => {
    const now = { atMs: performance.now(), appended: clickLog.appended() };
    const perS = ((now.appended - before.appended) * 1000) / Math.max(1, now.atMs - before.atMs);
    before = now;
    moved += clicks;
    if (perS < busyClicksPerS || now.appended - moved > waitingClicksMax) return;
    await new Promise((resolve) => setTimeout(resolve, tookMs * restPerWork).unref());
  };
}

async function drainAll(parts: DrainParts, afterBatch: Rest): Promise<void> {
  await drainOwn(parts, afterBatch);
  for (const name of listOrphanFolders(parts.root, parts.ownName)) await drainOrphan(parts, name, afterBatch);
}

async function drainOwn(parts: DrainParts, afterBatch: Rest): Promise<void> {
  const dir = join(parts.root, parts.ownName);
  const now = parts.clickLog.position();
  for (const number of listSegments(dir)) {
    if (number > now.segment) return;
    const untilBytes = number === now.segment ? now.bytes : null;
    await drainSegment(parts, { folder: parts.ownName, number, untilBytes }, afterBatch);
  }
}

async function drainOrphan(parts: DrainParts, name: string, afterBatch: Rest): Promise<void> {
  const dir = join(parts.root, name);
  try {
    const segments = listSegments(dir);
    if (segments.length > 0)
      parts.log.info({ folder: name, segments: segments.length }, 'draining clicks of a process that has ended');
    for (const number of segments) await drainSegment(parts, { folder: name, number, untilBytes: null }, afterBatch);
  } catch (error) {
    // Another process drains the same folder and was faster.
    if (isMissing(error)) return;
    throw error;
  }
  removeFolder(dir);
  await parts.db.asSystem((tx) => forgetSegments(tx, name));
}

interface Segment {
  folder: string;
  number: number;
  /** End of the part that is safely written; null when nobody writes it any more. */
  untilBytes: number | null;
}

async function drainSegment(parts: DrainParts, segment: Segment, afterBatch: Rest): Promise<void> {
  const path = segmentPath(join(parts.root, segment.folder), segment.number);
  const name = `${segment.folder}/${segment.number.toString().padStart(8, '0')}`;
  const limits = { untilBytes: segment.untilBytes, recordsMax };
  let ahead: Ahead | null = null;
  let cutAt: number | null = null;
  for (;;) {
    const startedMs = performance.now();
    const early: Ahead | null = ahead;
    const step = await parts.db.asSystem(async (tx) => {
      const offset = await holdSegment(tx, name);
      const batch = (await takeAhead(early, offset)) ?? (await readBatch(path, offset, limits));
      ahead = isLast(batch) ? null : readAhead(path, offset + batch.bytes, limits);
      const stored = await storeBatch(tx, parts, batch.clicks);
      if (batch.bytes > 0) await moveSegment(tx, name, offset + batch.bytes);
      return { batch, stored };
    });
    const { batch, stored } = step;
    if (stored.length > 0) await parts.db.asSystem((tx) => wakeWaitingOrders(tx, parts.outbox, stored));
    parts.hub.publishClicks(stored);
    if (batch.unknown > 0)
      parts.log.error(
        { records: batch.unknown },
        'records of the click log are none of this version and were passed over',
      );
    if (batch.isTorn) cutAt = batch.fromBytes + batch.bytes;
    await afterBatch(performance.now() - startedMs, batch.records);
    if (isLast(batch)) break;
  }
  if (segment.untilBytes !== null) return;
  if (cutAt !== null) await cutOff(parts, { ...segment, name, fromBytes: cutAt });
  await rm(path, { force: true });
  await parts.db.asSystem((tx) => forgetSegment(tx, name));
}

/** The next part of a segment, read while the database stores the one before. */
interface Ahead {
  fromBytes: number;
  /** Null when it could not be read ahead: it is read again in its turn, and fails there. */
  batch: Promise<Batch | null>;
}

function readAhead(path: string, fromBytes: number, limits: { untilBytes: number | null; recordsMax: number }): Ahead {
  return { fromBytes, batch: readBatch(path, fromBytes, limits).catch(() => null) };
}

/** Null when another process moved the segment on meanwhile. */
function takeAhead(ahead: Ahead | null, offset: number): Promise<Batch | null> | null {
  return ahead?.fromBytes === offset ? ahead.batch : null;
}

function isLast(batch: Batch): boolean {
  return batch.records === 0 || (batch.isEnd && batch.records < recordsMax);
}

async function cutOff(parts: DrainParts, of: Segment & { name: string; fromBytes: number }): Promise<void> {
  const keptBytes = await keepRest(parts.root, of);
  parts.log.warn(
    { segment: of.name, bytes: of.fromBytes, keptBytes },
    'a segment ends in a record that is not whole; cut off at the last whole one, the rest is kept, see the doctor',
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function rejectAfter(timeoutMs: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`The click log was not drained within ${timeoutMs} ms`)), timeoutMs).unref();
  });
}
