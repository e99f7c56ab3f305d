import { createHmac } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkClicks } from '#admin/doctor-clicks.ts';
import { systemClock } from '#infra/clock.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { createOutbox } from '#infra/outbox/outbox.ts';
import { startClickWriter } from '#tests/support/click-writer.ts';
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { createClickIds } from './click-id.ts';
import { openClickLog, segmentPath } from './click-log/append-clicks.ts';
import { encodeClick } from './click-log/click-record.ts';
import { frame, unframe } from './click-log/frame.ts';
import { inspectClickLog } from './click-log/keep-rest.ts';
import { makeOwnFolder } from './click-log/own-folder.ts';
import { createDrain, type Drain } from './drain-clicks.ts';
import { createLiveHub } from './live-hub.ts';
import { forgetSegment, holdSegment } from './queries/store-clicks.ts';

const secret = 'the secret of the tests';
const linkId = 'lnk_log';
const log = createLogger('silent');
const ids = createClickIds(secret);

let test: TestDatabase;
let workspaceId: string;
let dataDir: string;
let root: string;

beforeAll(async () => {
  test = await openTestDatabase();
  workspaceId = await test.createWorkspace();
  await test.db.asSystem((tx) =>
    tx
      .insertInto('link')
      .values({
        workspace_id: workspaceId,
        id: linkId,
        slug: 'log',
        slug_skeleton: 'log',
        destination: 'https://shop.example/',
        target: 'https://shop.example/',
        created_by: 'test',
      })
      .execute(),
  );
});

afterAll(() => test.drop());

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rapport-clicks-'));
  root = join(dataDir, 'clicks');
  mkdirSync(root);
  await test.db.asSystem(async (tx) => {
    for (const table of ['click', 'click_daily', 'click_window', 'click_drain'] as const)
      await tx.deleteFrom(table).execute();
  });
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

let visitors = 0;
function aClick(over: { visitor?: string; atMs?: number } = {}): { id: string; record: string } {
  visitors += 1;
  const atMs = over.atMs ?? Date.now();
  const id = ids.make(linkId, atMs);
  const visitorHash = Buffer.from((over.visitor ?? `v${visitors}`).padStart(16, '0')).toString('base64url');
  return {
    id,
    record: encodeClick({
      workspaceId,
      linkId,
      clickId: id,
      atMs,
      dropReason: null,
      visitorHash,
      country: 'IE',
      userAgent: 'x',
      referrer: '',
      isQr: false,
      consent: 'unasked' as const,
      route: null,
      prefixHash: null,
      adParam: null,
    }),
  };
}

/** A drain of this process, whose own log is empty; it takes up what others left. */
async function withDrain(run: (drain: Drain) => Promise<void>, db = test.db): Promise<void> {
  const ownName = makeOwnFolder(root, Date.now());
  const clickLog = openClickLog({ dir: join(root, ownName), log });
  const drain = createDrain({
    db,
    outbox: createOutbox(test.db, systemClock, log),
    log,
    hub: createLiveHub(),
    root,
    ownName,
    clickLog,
  });
  try {
    await run(drain);
  } finally {
    await clickLog.close();
  }
}

async function anOrphan(name: string, records: readonly string[]): Promise<string> {
  const dir = join(root, name);
  await mkdir(dir, { recursive: true });
  writeFileSync(segmentPath(dir, 1), frame(records));
  return segmentPath(dir, 1);
}

async function stored(): Promise<{
  ids: string[];
  counted: number;
  daily: { clicks: bigint; visitors: bigint; dropped: bigint };
}> {
  const rows = await test.db.asSystem((tx) => tx.selectFrom('click').select(['click_id', 'counted']).execute());
  const { rows: sums } = await test.db.asSystem((tx) =>
    sql<{ clicks: bigint; visitors: bigint; dropped: bigint }>`
      select coalesce(sum(clicks), 0)::bigint as clicks, coalesce(sum(visitors), 0)::bigint as visitors, coalesce(sum(dropped), 0)::bigint as dropped from click_daily`.execute(
      tx,
    ),
  );
  return {
    ids: rows.map((row) => row.click_id).sort(),
    counted: rows.filter((row) => row.counted).length,
    daily: sums[0] ?? { clicks: -1n, visitors: -1n, dropped: -1n },
  };
}

describe('the frames of the log', () => {
  it('give back every record, and of a cut log every whole one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 20 }),
        fc.nat(),
        (records, cut) => {
          const bytes = frame(records);
          expect(unframe(bytes, 1000)).toEqual({ payloads: records, bytes: bytes.length, isTorn: false });
          const read = unframe(bytes.subarray(0, cut % (bytes.length + 1)), 1000);
          expect(records.slice(0, read.payloads.length)).toEqual(read.payloads);
        },
      ),
    );
  });
});

describe('clicks in the log', () => {
  it('of a process killed with -9 are all there, once, when they were acknowledged', async () => {
    // Not as fast as the machine can: all of them are drained and compared.
    const of = { workspaceId, linkId, secret, pauseMs: 5 };
    const writers = await Promise.all([1, 2].map(() => startClickWriter(root, of)));
    for (const { acknowledged } of writers)
      await expect.poll(() => acknowledged.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(300);
    await Promise.all(writers.map((writer) => writer.kill()));
    const acknowledged = writers.flatMap((writer) => writer.acknowledged);
    await withDrain((drain) => drain.settle());
    const after = await stored();
    const there = new Set(after.ids);
    expect(acknowledged.length).toBeGreaterThan(600);
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
    expect(there.size).toBe(after.ids.length);
    expect(Number(after.daily.clicks)).toBe(after.ids.length);
    expect(readdirSync(root).filter((name) => !name.startsWith('.'))).toHaveLength(1);
  });

  it('are drained once by two processes that find them at the same moment, and once more change nothing', async () => {
    const clicks = Array.from({ length: 500 }, () => aClick());
    const records = clicks.map((click) => click.record);
    await anOrphan('orphan', records);
    await withDrain((first) =>
      withDrain(async (second) => void (await Promise.all([first.settle(), second.settle()]))),
    );
    const once = await stored();
    expect(once.ids).toEqual(clicks.map((click) => click.id).sort());
    await anOrphan('again', records);
    await withDrain((drain) => drain.settle());
    expect(await stored()).toEqual(once);
    expect(once.daily).toEqual({ clicks: 500n, visitors: 500n, dropped: 0n });
  });

  it('are held by one process at a time, also while another one forgets the segment it is done with', async () => {
    const { db } = test;
    const turn = async () => {
      for (let time = 0; time < 40; time += 1) {
        await db.asSystem((tx) => holdSegment(tx, 'shared/00000001'));
        await db.asSystem((tx) => forgetSegment(tx, 'shared/00000001'));
      }
    };
    await Promise.all(Array.from({ length: 4 }, turn));
    expect(await db.asSystem((tx) => holdSegment(tx, 'shared/00000001'))).toBe(0);
    await db.asSystem((tx) => forgetSegment(tx, 'shared/00000001'));
  });

  it('before a torn or damaged tail are kept, the tail is cut', async () => {
    const clicks = Array.from({ length: 10 }, () => aClick());
    const torn = await anOrphan(
      'torn',
      clicks.map((click) => click.record),
    );
    truncateSync(torn, readFileSync(torn).length - 5);
    const noisy = aClick();
    appendFileSync(await anOrphan('noise', [noisy.record]), Buffer.alloc(64, 0xab));
    await anOrphan('zeros', ['\u0000']);
    await withDrain((drain) => drain.settle());
    expect((await stored()).ids).toEqual([...clicks.slice(0, 9).map((click) => click.id), noisy.id].sort());
    // What was cut off is kept and told: by the log, and by the doctor.
    const left = await inspectClickLog(root);
    expect(left?.rests.map((rest) => basename(rest.file).replace(/-from-\d+/, '')).sort()).toEqual([
      'noise-00000001.part',
      'torn-00000001.part',
    ]);
    expect(left?.rests.find((rest) => rest.file.includes('noise'))?.bytes).toBe(64);
    const told = await checkClicks(readConfig({ RAPPORT_DATA: dataDir }));
    expect(told).toMatchObject({ check: 'clicks', ok: 'warn', message: expect.stringContaining('2 broken segments') });
  });

  it('of one visitor in one hour count once, in whichever order they are drained', async () => {
    const hour = Date.UTC(2026, 4, 14, 10);
    const clicks = [0, 10, 59, 60, 61].map((minute) => aClick({ visitor: 'same', atMs: hour + minute * 60_000 }));
    for (const [index, click] of clicks.toReversed().entries()) await anOrphan(`part-${index}`, [click.record]);
    await withDrain((drain) => drain.settle());
    const after = await stored();
    expect(after.counted).toBe(2);
    expect(after.daily).toEqual({ clicks: 2n, visitors: 1n, dropped: 3n });
  });

  it('wait in the log while the database is away, and arrive when it is back', async () => {
    const click = aClick();
    await anOrphan('waiting', [click.record]);
    const away = { ...test.db, asSystem: () => Promise.reject(new Error('connection refused')) };
    await withDrain((drain) => expect(drain.settle()).rejects.toThrow('refused'), away);
    expect((await stored()).ids).toEqual([]);
    await withDrain((drain) => drain.settle());
    expect((await stored()).ids).toEqual([click.id]);
  });

  it('are refused, not half kept, when they cannot be written; the next one is taken', async () => {
    const dir = join(root, makeOwnFolder(root, Date.now()));
    const clickLog = openClickLog({ dir, log });
    const append = (record: string) => new Promise<Error | null>((resolve) => clickLog.append(record, resolve));
    expect(await append(aClick().record)).toBeNull();
    const before = clickLog.position();
    const bad = await append(undefined as unknown as string);
    expect(bad).toBeInstanceOf(Error);
    expect(clickLog.position()).toEqual(before);
    expect(await append(aClick().record)).toBeNull();
    await clickLog.close();
    expect(unframe(readFileSync(segmentPath(dir, 1)), 10)).toMatchObject({ payloads: { length: 2 }, isTorn: false });
  });
});

describe('a click id', () => {
  it('carries the first 8 bytes of the HMAC of its own bytes and its link', () => {
    const bytes = Buffer.from(ids.make('lnk_a', Date.now()), 'base64url');
    const key = createHmac('sha256', secret).update('click-id').digest();
    const whole = createHmac('sha256', key).update(bytes.subarray(0, 16)).update('lnk_a').digest();
    expect(bytes.subarray(16).equals(whole.subarray(0, 8))).toBe(true);
  });

  it('belongs to its link alone and cannot be made up', () => {
    const id = ids.make('lnk_a', Date.now());
    expect(ids.belongsTo(id, 'lnk_a')).toBe(true);
    expect(ids.belongsTo(id, 'lnk_b')).toBe(false);
    expect(ids.belongsTo(`${id.slice(0, 31)}${id.endsWith('A') ? 'B' : 'A'}`, 'lnk_a')).toBe(false);
    expect(createClickIds('another installation').belongsTo(id, 'lnk_a')).toBe(false);
  });
});
