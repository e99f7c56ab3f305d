import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Infra } from '#infra/module.ts';
import { removeSample } from '#modules/workspaces/api.ts';
import { beginRename, createPart, rename } from '#tests/support/change-creators.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createPlainCreators } from '#tests/support/plain-creators.ts';
import { defaultTiers, type SearchAnswer } from './api.ts';
import { createIndexHost, type IndexHost } from './index-host.ts';
import { createSqlEngine } from './sql-engine/sql-engine.ts';

let test: TestCore;
let workspaceId: string;
const running: IndexHost[] = [];

beforeAll(async () => {
  test = await openTestCore();
});
afterAll(async () => {
  for (const host of running) await host.stop();
  await test.close();
});
beforeEach(async () => {
  workspaceId = await test.database.createWorkspace();
});

/** What a start does: a host of its own over the same data folder. `told` are its warnings. */
function startHost(change: Partial<Infra['config']> = {}): { host: IndexHost; told: string[]; infra: Infra } {
  const { infra: plain } = test.core;
  const told: string[] = [];
  const log = Object.create(plain.log) as Infra['log'];
  log.warn = ((about: { reason?: string }, message: string) => told.push(`${message}: ${about.reason ?? ''}`)) as never;
  const infra = { ...plain, log, config: { ...plain.config, ...change } };
  const host = createIndexHost(infra);
  running.push(host);
  return { host, told, infra };
}

async function everybody(host: IndexHost, of = workspaceId): Promise<Omit<SearchAnswer, 'tookMs'>> {
  const query = { filters: [], facets: ['platform', 'country', 'niche', 'tier'], limit: 500 };
  const { tookMs: _took, ...answer } = await host.search(
    of,
    { ...query, sort: { field: 'name', direction: 'asc' } },
    defaultTiers,
  );
  return answer;
}

const here = () => ({ infra: test.core.infra, workspaceId });
const snapshotFolder = () => join(test.core.infra.config.dataDir, 'discovery');
const filesOf = (id: string) => readdirSync(snapshotFolder()).filter((name) => name.startsWith(id));

/** An index that has nothing but the database to read. */
async function rebuilt(): Promise<Omit<SearchAnswer, 'tookMs'>> {
  const { host } = startHost({ dataDir: join(test.core.infra.config.dataDir, `rebuilt-${running.length}`) });
  const answer = await everybody(host);
  await host.stop();
  return answer;
}

describe('a start', () => {
  it('goes on from the snapshot with what was changed, added and removed since', async () => {
    const ids = await createPlainCreators(test.database.db, workspaceId, 400);
    const before = startHost();
    await before.host.warm(workspaceId);
    await before.host.saveAll();
    await before.host.stop();
    await rename(here(), ids[7] ?? '', 'Aaron the first');
    await test.database.db.inWorkspace(workspaceId, async (tx) => {
      await tx
        .deleteFrom('person')
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', ids[9] ?? '')
        .execute();
      const payload = { personIds: [ids[9]] };
      await test.core.infra.outbox.emit(tx, { workspaceId, name: 'creators.removed', payload });
    });

    const after = startHost();
    const answer = await everybody(after.host);
    expect(answer.rows[0]?.name).toBe('Aaron the first');
    expect(answer.total).toBe(399);
    // Nobody was read again who had not changed.
    expect(after.host.progress(workspaceId)).toMatchObject({ state: 'ready', creators: 399 });
    expect(after.told).toEqual([]);
    expect(answer).toEqual(await rebuilt());
  });

  it('misses no change, in whatever order transactions begin, commit and snapshots are written', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('begin' as const), person: fc.nat({ max: 5 }) }),
        fc.record({ kind: fc.constant('commit' as const), at: fc.nat({ max: 2 }) }),
        fc.constant({ kind: 'save' as const }),
        fc.constant({ kind: 'restart' as const }),
        fc.constant({ kind: 'follow' as const }),
      ),
      { minLength: 3, maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        workspaceId = await test.database.createWorkspace();
        const ids = await createPlainCreators(test.database.db, workspaceId, 6);
        let { host } = startHost();
        await host.warm(workspaceId);
        const open: { person: number; commit(): Promise<void> }[] = [];
        let names = 0;
        for (const step of plan) {
          if (step.kind === 'begin') {
            // Two transactions on one person would wait for each other.
            if (open.length === 3 || open.some((one) => one.person === step.person)) continue;
            names += 1;
            const commit = await beginRename(here(), ids[step.person] ?? '', `Renamed ${names}`);
            open.push({ person: step.person, commit });
          } else if (step.kind === 'commit') await open.splice(step.at % Math.max(1, open.length), 1)[0]?.commit();
          else if (step.kind === 'save') await host.saveAll();
          else if (step.kind === 'follow') await host.catchUp(workspaceId);
          else {
            await host.stop();
            host = startHost().host;
            await host.warm(workspaceId);
          }
        }
        for (const { commit } of open) await commit();
        await host.catchUp(workspaceId);
        const wanted = await rebuilt();
        expect(await everybody(host)).toEqual(wanted);
        // And so does a start from whatever snapshot was written last.
        await host.stop();
        const last = startHost();
        expect(await everybody(last.host)).toEqual(wanted);
        await last.host.stop();
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  for (const [what, damage, reason] of [
    ['one byte changed', (path: string) => changeByte(path), /checksum/],
    ['cut short', (path: string) => truncateSync(path, 500), /cut short/],
    ['an older version', (path: string) => writeFileSync(path, 'the format of another day'), /cut short/],
    ['texts changed', (path: string) => changeByte(path.replace('.index', '.texts')), /texts have another checksum/],
  ] as const) {
    it(`finds a snapshot with ${what}, says so, and reads the database`, async () => {
      await createPlainCreators(test.database.db, workspaceId, 100);
      const first = startHost();
      const wanted = await everybody(first.host);
      await first.host.saveAll();
      await first.host.stop();
      const name = filesOf(workspaceId).find((file) => file.endsWith(what.startsWith('texts') ? '.texts' : '.index'));
      const path = join(snapshotFolder(), name ?? '');
      damage(path);
      const second = startHost();
      expect(await everybody(second.host)).toEqual(wanted);
      expect(second.told).toHaveLength(1);
      expect(second.told[0]).toMatch(reason);
      await second.host.saveAll();
      await second.host.stop();
      const third = startHost();
      expect(await everybody(third.host)).toEqual(wanted);
      expect(third.told).toEqual([]);
    });
  }
});

function changeByte(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 3);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
}

describe('an index in use', () => {
  it('has a change within a second while others are made, searched and saved', async () => {
    const ids = await createPlainCreators(test.database.db, workspaceId, 3000);
    const { host } = startHost();
    await host.warm(workspaceId);
    let isOver = false;
    const searching = (async () => {
      while (!isOver) await everybody(host);
    })();
    const changing = (async () => {
      for (let at = 100; !isOver; at += 1) await rename(here(), ids[at % ids.length] ?? '', `Stream ${at}`);
    })();
    const saving = (async () => {
      while (!isOver) await host.saveAll();
    })();
    const waits: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      const name = `Wanted${round}`;
      await rename(here(), ids[round] ?? '', name);
      const startedMs = performance.now();
      const query = { text: name, filters: [], facets: [], limit: 5, tolerant: false };
      for (;;) {
        const { rows } = await host.search(workspaceId, query, defaultTiers);
        if (rows[0]?.personId === ids[round]) break;
        expect(performance.now() - startedMs).toBeLessThan(15_000);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      waits.push(performance.now() - startedMs);
    }
    isOver = true;
    await Promise.all([searching, changing, saving]);
    // The middle one, since a machine that does much else at the time holds up one or the other.
    expect(waits.toSorted((a, b) => a - b)[6]).toBeLessThan(1000);
  }, 60_000);

  it('answers while another one is read', async () => {
    const large = await test.database.createWorkspace();
    await createPlainCreators(test.database.db, workspaceId, 200);
    for (let part = 0; part < 4; part += 1) await createPart(test.database.db, large, part);
    const { host } = startHost();
    await host.warm(workspaceId);
    const reading = host.warm(large);
    const waits: number[] = [];
    while (host.progress(large).state !== 'ready') {
      const startedMs = performance.now();
      await everybody(host);
      waits.push(performance.now() - startedMs);
    }
    await reading;
    expect(waits.length).toBeGreaterThan(5);
    expect(waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.9)]).toBeLessThan(250);
    expect((await everybody(host, large)).total).toBe(16_000);
  }, 60_000);

  it('is let go when others need the memory, the one not asked the longest first, and comes back', async () => {
    const others = [await test.database.createWorkspace(), await test.database.createWorkspace()];
    for (const id of [workspaceId, ...others]) await createPlainCreators(test.database.db, id, 400);
    const alone = startHost();
    await alone.host.warm(workspaceId);
    const progress = alone.host.progress(workspaceId);
    const bytes = progress.state === 'ready' ? progress.bytes : 0;
    const { host } = startHost({ indexMemoryMb: (bytes * 2.5) / 1e6 });
    for (const id of [workspaceId, ...others]) {
      await everybody(host, id);
      await everybody(host, workspaceId);
    }
    await expect.poll(() => host.progress(others[0] ?? '').state).toBe('none');
    expect(host.progress(workspaceId).state).toBe('ready');
    expect((await everybody(host, others[0])).total).toBe(400);
  });

  it('that alone needs more than there may be is answered by the database, with the same hits and counts', async () => {
    await createPlainCreators(test.database.db, workspaceId, 300);
    const { infra, told } = startHost({ indexMemoryMb: 0.02 });
    const host = createIndexHost(infra, createSqlEngine(infra));
    running.push(host);
    const answer = await everybody(host);
    expect(host.progress(workspaceId)).toEqual({ state: 'in_database' });
    expect(told.join()).toContain('RAPPORT_INDEX_MEMORY_MB');
    expect(answer).toEqual(await rebuilt());
    expect(filesOf(workspaceId)).toEqual([]);
  });

  it('that was let go changes nothing of the one read after it', async () => {
    const ids = await createPlainCreators(test.database.db, workspaceId, 1200);
    const { host } = startHost();
    await host.warm(workspaceId);
    const refreshing = Array.from({ length: 5 }, () => host.refreshCreators(workspaceId, ids).catch(() => undefined));
    await host.forget(workspaceId);
    await host.warm(workspaceId);
    await Promise.all(refreshing);
    expect(host.progress(workspaceId)).toMatchObject({ state: 'ready', creators: 1200 });
    expect((await everybody(host)).total).toBe(1200);
  });

  it('goes at once when the sample workspace is removed, in memory and on disk', async () => {
    const slug = `sample-${running.length}`;
    const sampleId = await test.database.createWorkspace(slug);
    const { db } = test.database;
    await db.asSystem((tx) =>
      tx.updateTable('workspace').set({ is_sample: true }).where('id', '=', sampleId).execute(),
    );
    await createPlainCreators(db, sampleId, 50);
    const { index } = test.core.modules.discovery;
    await index.warm(sampleId);
    await index.saveAll();
    expect(filesOf(sampleId)).toHaveLength(2);
    await test.client(slug).call(removeSample, {});
    expect(index.progress(sampleId)).toEqual({ state: 'none' });
    expect(filesOf(sampleId)).toEqual([]);
  });
});
