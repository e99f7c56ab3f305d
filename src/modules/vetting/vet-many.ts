import { z } from 'zod';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { cancelRun, Run, startRun } from './api.ts';
import { vettingError } from './errors.ts';
import { endRun, findRun, insertRun, saveProgress } from './queries/runs.ts';
import { computeAgain, type Parts } from './vet-creator.ts';

export const vetManyJob = 'vetting.run';
export const vetManyPayload = z.object({ workspaceId: z.string(), runId: z.string() });

const errorsMax = 100;
/** Progress is written after so many creators: often enough to watch, seldom enough not to slow down. */
const progressEvery = 10;

/** Starts vetting many creators in the background. Error: not_found when one of them is not of this workspace. */
export async function startVetting(infra: Infra, call: Call<typeof startRun>): Promise<Run> {
  const { workspaceId, actor, input } = call;
  const personIds = [...new Set(input.personIds)];
  const id = newId('vettingRun', infra.clock.now().getTime());
  const run = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const known = await readPersonCards(tx, workspaceId, personIds);
    if (personIds.some((personId) => !known.has(personId))) throw notFound('creator');
    await insertRun(tx, workspaceId, { id, personIds, by: actor, at: infra.clock.now() });
    return findRun(tx, workspaceId, id);
  });
  await infra.jobs.enqueue(vetManyJob, { workspaceId, runId: id }, id);
  if (run === null) throw notFound('run');
  return run.run;
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

/** Vets the creators of a run one by one, each in a transaction of its own. Started again after a crash it goes on where it was. */
export async function vetMany(
  parts: Parts,
  payload: z.infer<typeof vetManyPayload>,
  signal: AbortSignal,
): Promise<void> {
  const { workspaceId, runId } = payload;
  const { db, clock } = parts.infra;
  const stored = await db.inWorkspace(workspaceId, (tx) => findRun(tx, workspaceId, runId));
  if (stored === null || !['waiting', 'running'].includes(stored.run.state)) return;
  const { personIds } = stored;
  const counts = { ...stored.run.counts };
  const errors = [...stored.run.errors];
  for (let at = stored.run.done; at < personIds.length; at += 1) {
    signal.throwIfAborted();
    const personId = personIds[at] ?? '';
    const outcome = await vetOne(parts, workspaceId, personId);
    const counted = 'error' in outcome ? 'failed' : outcome.verdict;
    counts[counted] = (counts[counted] ?? 0) + 1;
    if ('error' in outcome && errors.length < errorsMax) errors.push({ personId, message: outcome.error });
    if ((at + 1) % progressEvery !== 0) continue;
    const goesOn = await db.inWorkspace(workspaceId, (tx) =>
      saveProgress(tx, workspaceId, { id: runId, state: 'running', done: at + 1, counts, errors, finishedAt: null }),
    );
    if (!goesOn) return;
  }
  await db.inWorkspace(workspaceId, (tx) =>
    saveProgress(tx, workspaceId, {
      id: runId,
      state: 'done',
      done: personIds.length,
      counts,
      errors,
      finishedAt: clock.now(),
    }),
  );
}

async function vetOne(
  parts: Parts,
  workspaceId: string,
  personId: string,
): Promise<{ verdict: string } | { error: string }> {
  try {
    const { verdict } = await parts.infra.db.inWorkspace(workspaceId, (tx) =>
      computeAgain(parts, tx, workspaceId, { personId }),
    );
    return { verdict };
  } catch (error) {
    // A creator without a profile, or erased since the run began, does not keep the others from being vetted.
    if (error instanceof AppError) return { error: error.message };
    throw error;
  }
}
