import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { getPersons, readPersonCards } from '#modules/creators/index.ts';
import { membersOfList } from '#modules/discovery/index.ts';
import type { cancelRun, Run, startRun } from './api.ts';
import { vettingError } from './errors.ts';
import { endRun, findRun, insertRun, saveProgress } from './queries/runs.ts';
import type { Target } from './read-subject.ts';
import { noProfileText } from './vet-creator.ts';
import { type Parts, vetTargets } from './vet-targets.ts';

export const vetManyJob = 'vetting.run';
export const vetManyPayload = z.object({ workspaceId: z.string(), runId: z.string() });

const errorsMax = 100;
const atOnceMax = 10_000;
/** Creators read, computed and stored together, in one transaction with the progress: often enough to watch and to stop, few enough to keep in memory. */
const batchSize = 100;

/** Starts vetting chosen creators, or everybody on a list, in the background. Errors: not_found for a creator or list that is not of this workspace, vetting.run_size. */
export async function startVetting(infra: Infra, call: Call<typeof startRun>): Promise<Run> {
  const { workspaceId, actor, input } = call;
  const run = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const personIds = await wantedPersons(tx, workspaceId, input);
    const known = await readPersonCards(tx, workspaceId, personIds);
    if (personIds.some((personId) => !known.has(personId))) throw notFound('creator');
    return addRun(infra, tx, { workspaceId, personIds, by: actor });
  });
  await beginRun(infra, workspaceId, run.id);
  return run;
}

async function wantedPersons(tx: Tx, workspaceId: string, input: Call<typeof startRun>['input']): Promise<string[]> {
  if (input.listId === undefined) return [...new Set(input.personIds)];
  const members = await membersOfList(tx, workspaceId, input.listId);
  if (members === null) throw notFound('list');
  if (members.length > 0 && members.length <= atOnceMax) return members;
  const what = members.length === 0 ? 'Nobody is on this list' : `${members.length} creators are on this list`;
  throw vettingError('run_size', `${what}; a run takes 1 to ${atOnceMax}.`, [{ field: 'listId', message: what }]);
}

/** Notes a run in the transaction of its cause; `beginRun` sets it going once that is kept. */
export async function addRun(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personIds: string[]; by: { id: string; name: string } },
): Promise<Run> {
  const { workspaceId, personIds, by } = of;
  const at = infra.clock.now();
  const id = newId('vettingRun', at.getTime());
  await insertRun(tx, workspaceId, { id, personIds, by, at });
  const stored = await findRun(tx, workspaceId, id);
  if (stored === null) throw notFound('run');
  return stored.run;
}

export async function beginRun(infra: Infra, workspaceId: string, runId: string): Promise<void> {
  await infra.jobs.enqueue(vetManyJob, { workspaceId, runId }, runId);
}

/** Stops a run after the creators it is at. Errors: not_found, vetting.run_over. */
export async function cancelVetting(infra: Infra, call: Call<typeof cancelRun>): Promise<Run> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const known = await findRun(tx, workspaceId, input.runId);
    if (known === null) throw notFound('run');
    if (!(await endRun(tx, workspaceId, { id: input.runId, state: 'cancelled', at: infra.clock.now() }))) {
      throw vettingError('run_over', `The run is ${known.run.state} already, so there is nothing to stop.`);
    }
    return { ...known.run, state: 'cancelled', finishedAt: infra.clock.now().toISOString() };
  });
}

/**
 * Vets the creators of a run, a batch at a time, each batch with its progress in one transaction: started again after a crash it goes on with the
 * batch it was at, and counts nobody twice.
 */
export async function vetMany(
  parts: Parts,
  payload: z.infer<typeof vetManyPayload>,
  signal: AbortSignal,
  atOnce = batchSize,
): Promise<void> {
  const { workspaceId, runId } = payload;
  const { db } = parts.infra;
  const stored = await db.inWorkspace(workspaceId, (tx) => findRun(tx, workspaceId, runId));
  if (stored === null || !['waiting', 'running'].includes(stored.run.state)) return;
  const { personIds } = stored;
  const tally = { counts: { ...stored.run.counts }, errors: [...stored.run.errors] };
  let goesOn = true;
  for (let done = stored.run.done; goesOn; done += atOnce) {
    signal.throwIfAborted();
    const batch = personIds.slice(done, done + atOnce);
    const reached = done + batch.length;
    const isLast = reached >= personIds.length;
    const isOpen = await db.inWorkspace(workspaceId, async (tx) => {
      await vetBatch(parts, tx, workspaceId, { personIds: batch, tally });
      const finishedAt = isLast ? parts.infra.clock.now() : null;
      const state = isLast ? 'done' : 'running';
      return saveProgress(tx, workspaceId, { id: runId, state, done: reached, ...tally, finishedAt });
    });
    goesOn = isOpen && !isLast;
  }
}

interface Batch {
  personIds: readonly string[];
  tally: { counts: Run['counts']; errors: Run['errors'] };
}

/** A creator without a profile, or erased since the run began, does not keep the others from being vetted. */
async function vetBatch(parts: Parts, tx: Tx, workspaceId: string, { personIds, tally }: Batch): Promise<void> {
  const count = (name: string) => {
    tally.counts[name] = (tally.counts[name] ?? 0) + 1;
  };
  const fail = (personId: string, message: string) => {
    count('failed');
    if (tally.errors.length < errorsMax) tally.errors.push({ personId, message });
  };
  const persons = await getPersons(tx, workspaceId, personIds);
  const targets = new Map<string, Target>();
  for (const personId of personIds) {
    const person = persons.get(personId);
    const profile = person?.profiles[0];
    if (person === undefined) fail(personId, notFound('creator').message);
    else if (profile === undefined) fail(personId, noProfileText(person));
    else targets.set(profile.id, { person, profile });
  }
  for (const report of await vetTargets(parts, tx, workspaceId, [...targets.values()])) count(report.verdict);
}
