import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '#infra/clock.ts';
import { createLogger } from '#infra/log.ts';
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { readChanges, readHorizon } from './read-changes.ts';

let test: TestDatabase;
let outbox: Outbox;

beforeAll(async () => {
  test = await openTestDatabase();
  outbox = createOutbox(test.db, systemClock, createLogger('error'));
});
afterAll(() => test.drop());

/** A transaction that stays open until told, and writes its event when it begins. */
function openWriter(workspaceId: string, name: string): { written: Promise<void>; commit(): Promise<void> } {
  let release: () => void = () => undefined;
  let tellWritten: () => void = () => undefined;
  const written = new Promise<void>((resolve) => {
    tellWritten = resolve;
  });
  const ended = test.db.inWorkspace(workspaceId, async (tx) => {
    await outbox.emit(tx, { workspaceId, name: 'thing.changed', payload: { name } });
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    tellWritten();
    await held;
  });
  return {
    written,
    commit: async () => {
      release();
      await ended;
    },
  };
}

/** Each step begins a writer, lets one of the open ones commit, or reads. */
const steps = fc.array(fc.oneof(fc.constant('begin' as const), fc.constant('read' as const), fc.nat({ max: 3 })), {
  maxLength: 14,
});

it('every event is read exactly once, in whatever order transactions begin, commit and are read', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const workspaceId = await test.createWorkspace();
      let since = await test.db.asSystem(readHorizon);
      let seenIds = new Set<string>();
      const read: string[] = [];
      const open: { name: string; commit(): Promise<void> }[] = [];
      const committed: string[] = [];
      let begun = 0;
      const look = async () => {
        const found = await test.db.asSystem((tx) =>
          readChanges(tx, { workspaceId, names: ['thing.changed'], since, seenIds }),
        );
        read.push(...found.events.map((event) => (event.payload as { name: string }).name));
        since = found.horizon;
        seenIds = new Set(found.stillSeenIds);
      };
      const commit = async (at: number) => {
        const [writer] = open.splice(at % Math.max(1, open.length), 1);
        if (writer === undefined) return;
        await writer.commit();
        committed.push(writer.name);
      };
      for (const step of plan) {
        if (step === 'read') await look();
        else if (typeof step === 'number') await commit(step);
        else if (open.length < 3) {
          const name = `writer ${begun}`;
          begun += 1;
          const writer = openWriter(workspaceId, name);
          await writer.written;
          open.push({ name, commit: writer.commit });
        }
      }
      while (open.length > 0) await commit(0);
      await look();
      expect(read.toSorted()).toEqual(committed.toSorted());
    }),
    { numRuns: 60 },
  );
});

it('does not mistake rows of another database, whose numbers are higher, for news', async () => {
  const workspaceId = await test.createWorkspace();
  const since = await test.db.asSystem(readHorizon);
  await test.db.asSystem((tx) =>
    sql`insert into outbox (workspace_id, id, name, payload, xid) values (${workspaceId}, 'evt_old', 'thing.changed', '{}', '900000000')`.execute(
      tx,
    ),
  );
  const found = await test.db.asSystem((tx) =>
    readChanges(tx, { workspaceId, names: ['thing.changed'], since, seenIds: new Set() }),
  );
  expect(found.events).toEqual([]);
});
