import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addToList, createList } from '#modules/discovery/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { aCreator, likesAround, testNow } from './a-vetted-creator.ts';
import { cancelRun, getRun, getVetting, listRuns, type Run, startRun } from './api.ts';
import { createPeerReader } from './read-peers.ts';
import { vetMany } from './vet-many.ts';

describe('vetting many creators', () => {
  let test: TestCore;
  let workspaceId: string;
  const people: string[] = [];

  beforeAll(async () => {
    test = await openTestCore({ clock: { now: () => testNow } });
    workspaceId = await test.database.createWorkspace('mine');
    await test.database.createWorkspace('theirs');
    for (let i = 0; i < 25; i += 1) {
      const { personId } = await aCreator(test.core.infra, workspaceId, {
        handle: `many.${i}`,
        followers: 20_000 + i,
        likes: i % 5 === 0 ? [] : likesAround(600),
      });
      people.push(personId);
    }
  }, 60_000);

  afterAll(() => test.close());

  const parts = () => ({ infra: test.core.infra, peers: createPeerReader(() => testNow.getTime()) });
  const waiting = (personIds: string[]) =>
    test.core.infra.db.inWorkspace(workspaceId, async (tx) => {
      const id = `vrun_${personIds.length}_${Math.random().toString(36).slice(2)}`;
      await tx
        .insertInto('vetting_run')
        .values({
          workspace_id: workspaceId,
          id,
          person_ids: personIds,
          state: 'waiting',
          created_by: 'test',
          created_by_name: 'Test',
          created_at: testNow,
        })
        .execute();
      return id;
    });

  const finished = async (runId: string): Promise<Run> => {
    for (let polls = 0; polls < 100; polls += 1) {
      const run = await test.client('mine').call(getRun, { runId });
      if (run.state === 'done') return run;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('The run did not end in 10 s');
  };

  it('vets every one in the background, each once, and counts the verdicts', async () => {
    const client = test.client('mine');

    const started = await client.call(startRun, { personIds: [...people, ...people] });
    const run = await finished(started.id);

    expect(started).toMatchObject({ total: 25, done: 0 });
    expect(run).toMatchObject({ done: 25, errors: [] });
    expect(Object.values(run.counts).reduce((sum, n) => sum + n, 0)).toBe(25);
    expect(run.counts.not_enough_data).toBe(5);
    expect((await client.call(listRuns, {})).rows.map((row) => row.id)).toContain(run.id);
  }, 30_000);

  it('goes on where it was after a kill, and ends with every creator vetted', async () => {
    const runId = await waiting(people);
    const abort = new AbortController();
    const infra = test.core.infra;
    let saved = 0;
    // The kill comes in the middle: after the first progress was written.
    const watching = {
      ...infra,
      db: {
        ...infra.db,
        inWorkspace: ((id, run) =>
          infra.db.inWorkspace(id, run).then((result) => {
            if (result === true && ++saved === 1) abort.abort(new Error('killed'));
            return result;
          })) as typeof infra.db.inWorkspace,
      },
    };

    await expect(
      vetMany({ infra: watching, peers: parts().peers }, { workspaceId, runId }, abort.signal, 10),
    ).rejects.toThrow('killed');
    const half = await test.client('mine').call(getRun, { runId });
    await vetMany(parts(), { workspaceId, runId }, new AbortController().signal);
    await vetMany(parts(), { workspaceId, runId }, new AbortController().signal);
    const whole = await test.client('mine').call(getRun, { runId });

    expect(half).toMatchObject({ state: 'running', done: 10 });
    expect(whole).toMatchObject({ state: 'done', done: 25 });
    expect(Object.values(whole.counts).reduce((sum, n) => sum + n, 0)).toBe(25);
  }, 30_000);

  it('goes on past a creator that was erased meanwhile, and names it', async () => {
    const { personId } = await aCreator(test.core.infra, workspaceId, { handle: 'gone.soon', followers: 20_000 });
    const runId = await waiting([personId, people[0] ?? '']);
    await test.core.infra.db.inWorkspace(workspaceId, (tx) =>
      tx.deleteFrom('person').where('workspace_id', '=', workspaceId).where('id', '=', personId).execute(),
    );

    await vetMany(parts(), { workspaceId, runId }, new AbortController().signal);

    const run = await test.client('mine').call(getRun, { runId });
    expect(run).toMatchObject({
      state: 'done',
      counts: { failed: 1 },
      errors: [{ personId, message: 'No such creator.' }],
    });
  });

  it('stops when it is cancelled, and says so when there is nothing left to stop', async () => {
    const client = test.client('mine');
    const runId = await waiting(people);

    await client.call(cancelRun, { runId });
    await vetMany(parts(), { workspaceId, runId }, new AbortController().signal);

    expect(await client.call(getRun, { runId })).toMatchObject({ state: 'cancelled', done: 0 });
    await expect(client.call(cancelRun, { runId })).rejects.toMatchObject({
      code: 'vetting.run_over',
      kind: 'conflict',
    });
  });

  it('vets everybody on a list, and refuses an empty one or one of another workspace', async () => {
    const client = test.client('mine');
    const list = await client.call(createList, { name: 'To vet' });
    const empty = await client.call(createList, { name: 'Nobody' });
    await client.call(addToList, { listId: list.id, personIds: people.slice(0, 7) });

    const run = await finished((await client.call(startRun, { listId: list.id })).id);

    expect(run).toMatchObject({ total: 7, done: 7, errors: [] });
    await expect(client.call(startRun, { listId: empty.id })).rejects.toMatchObject({
      code: 'vetting.run_size',
      details: [{ field: 'listId' }],
    });
    await expect(test.client('theirs').call(startRun, { listId: list.id })).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(client.call(startRun, {})).rejects.toMatchObject({ details: [{ field: 'personIds' }] });
  }, 30_000);

  it('refuses a list with a creator of another workspace, and starts nothing', async () => {
    const theirs = test.client('theirs');

    await expect(theirs.call(startRun, { personIds: people.slice(0, 1) })).rejects.toMatchObject({
      kind: 'not_found',
      message: 'No such creator.',
    });
    await expect(theirs.call(startRun, { personIds: [] })).rejects.toMatchObject({
      kind: 'invalid',
      details: [{ field: 'personIds' }],
    });
    expect((await theirs.call(listRuns, {})).rows).toEqual([]);
  });

  it('answers for a named profile of the person, and for no other', async () => {
    const kept = await aCreator(test.core.infra, workspaceId, {
      handle: 'kept',
      followers: 30_000,
      likes: likesAround(600),
    });
    const reportBefore = await test.client('mine').call(getVetting, { personId: kept.personId });

    const again = await test.client('mine').call(getVetting, { personId: kept.personId, profileId: kept.profileId });

    expect(again.profileId).toBe(reportBefore.profileId);
    await expect(
      test.client('mine').call(getVetting, { personId: kept.personId, profileId: 'prf_none' }),
    ).rejects.toMatchObject({ kind: 'not_found' });
  });
});
