import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '#infra/clock.ts';
import { createLogger } from '#infra/log.ts';
import { dayMs } from '#kernel/time.ts';
import { createVisitorSalts } from '#modules/tracking/index.ts';
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { noteOwnVisit } from './note-own-visit.ts';
import { selectVisits } from './queries/judgements.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.drop());

it('notes the device of today, and none of a day whose salt no click has', async () => {
  const workspaceId = await test.createWorkspace();
  const personId = 'per_1';
  await test.db.inWorkspace(workspaceId, (tx) =>
    tx.insertInto('person').values({ workspace_id: workspaceId, id: personId, name: 'Ana' }).execute(),
  );
  const salts = createVisitorSalts(test.db, systemClock, createLogger('silent'));
  const noted = async (at: Date) => {
    const visit = { workspaceId, personId, at, address: '192.0.2.7', userAgent: 'Browser', salts };
    await test.db.inWorkspace(workspaceId, (tx) => noteOwnVisit(tx, visit));
    return (await test.db.inWorkspace(workspaceId, (tx) => selectVisits(tx, workspaceId, [personId]))).length;
  };
  const now = new Date();
  expect(await noted(now)).toBe(0);
  await salts.refresh();
  expect(await noted(new Date(now.getTime() - 30 * dayMs))).toBe(0);
  expect(await noted(now)).toBe(1);
  expect(await noted(now)).toBe(1);
});
