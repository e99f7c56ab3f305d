import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import type { AutomationRun, listAutomationRuns, retryAutomationRun } from './api.ts';
import { automationsError } from './errors.ts';
import { runDueJob } from './jobs.ts';
import { finishRun, selectRuns } from './queries/runs.ts';

/** The log, newest first. Error: automations.bad_cursor. */
export async function listRuns(infra: Infra, call: Call<typeof listAutomationRuns>): Promise<Page<AutomationRun>> {
  const { limit, cursor, ...filter } = call.input;
  const after = cursor === undefined ? null : afterOf(cursor);
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectRuns(tx, call.workspaceId, { filter, limit: limit + 1, after }),
  );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit),
    nextCursor: last === undefined ? null : encodeCursor([last.happenedAt, last.id]),
  };
}

function afterOf(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at !== 'string' || typeof id !== 'string' || Number.isNaN(Date.parse(at)))
    throw automationsError('bad_cursor', 'The cursor is none of this list. Start again without it.', [
      { field: 'cursor', message: 'is not from this list' },
    ]);
  return { at, id };
}

/** Has a run that failed tried again from where it stopped. Errors: not_found, automations.not_failed. */
export async function retryRun(infra: Infra, call: Call<typeof retryAutomationRun>): Promise<AutomationRun> {
  const { workspaceId, input } = call;
  const at = infra.clock.now();
  const again = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const filter = { id: input.runId };
    const [run] = await selectRuns(tx, workspaceId, { filter, limit: 1, after: null });
    if (run === undefined) throw notFound('run');
    if (run.state !== 'failed' && run.state !== 'interrupted' && run.state !== 'limited')
      throw automationsError('not_failed', `This run is ${run.state}; only one that failed can be tried again.`);
    await finishRun(tx, workspaceId, { id: run.id, state: 'waiting', because: null, at, dueAt: at });
    const [waiting] = await selectRuns(tx, workspaceId, { filter, limit: 1, after: null });
    return waiting ?? run;
  });
  await infra.jobs.enqueue(runDueJob, {}, 'due');
  return again;
}
