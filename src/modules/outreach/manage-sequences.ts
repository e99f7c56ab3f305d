import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import {
  type createSequence,
  type listSequences,
  type removeSequence,
  type Sequence,
  stepSchema,
  type updateSequence,
} from './api.ts';
import { checkSteps } from './check-steps.ts';
import { toStats } from './list-mailings.ts';
import { nameTaken } from './manage-templates.ts';
import { selectSettings } from './queries/settings.ts';
import { selectStats, selectStepStats } from './queries/stats.ts';
import {
  deleteSequence,
  insertSequence,
  isNameTaken,
  type SequenceRow,
  selectSequences,
  updateSequenceRow,
} from './queries/templates.ts';

const shareNMin = 10;

export function listAllSequences(infra: Infra, call: Call<typeof listSequences>): Promise<{ rows: Sequence[] }> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => ({
    rows: await present(tx, call.workspaceId, await selectSequences(tx, call.workspaceId)),
  }));
}

async function present(tx: Tx, workspaceId: string, rows: readonly SequenceRow[]): Promise<Sequence[]> {
  const ids = rows.map((row) => row.id);
  const stats = await selectStats(tx, workspaceId, { by: 'sequence', ids });
  const steps = await selectStepStats(tx, workspaceId, ids);
  const { track_opens: tracksOpens } = await selectSettings(tx, workspaceId);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    steps: stepSchema.array().parse(row.steps),
    stopPhases: row.stop_phases,
    stats: toStats(stats.get(row.id), tracksOpens),
    stepStats: steps
      .filter((step) => step.sequence_id === row.id)
      .map((step) => {
        const n = Number(step.people);
        const count = Number(step.replied);
        return {
          step: step.step,
          sent: Number(step.sent),
          replied: { count, n, share: n < shareNMin ? null : count / n },
        };
      }),
    createdBy: row.created_by,
    updatedAt: row.updated_at.toISOString(),
  }));
}

/** Errors: outreach.bad_template, name_taken. */
export function makeSequence(infra: Infra, call: Call<typeof createSequence>): Promise<Sequence> {
  const { workspaceId, input } = call;
  checkSteps(input.steps);
  const now = infra.clock.now();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await insertSequence(tx, {
      workspace_id: workspaceId,
      id: newId('sequence', now.getTime()),
      name: input.name,
      steps: JSON.stringify(input.steps),
      stop_phases: input.stopPhases,
      created_by: call.actor.name,
      created_at: now,
      updated_at: now,
    });
    if (row === null) throw nameTaken(input.name);
    return one(await present(tx, workspaceId, [row]));
  });
}

/** Errors: not_found, outreach.bad_template, name_taken. */
export function changeSequence(infra: Infra, call: Call<typeof updateSequence>): Promise<Sequence> {
  const { workspaceId, input } = call;
  const { name, steps, stopPhases, sequenceId: id } = input;
  if (steps !== undefined) checkSteps(steps);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if (name !== undefined && (await isNameTaken(tx, workspaceId, { table: 'sequence', name, exceptId: id })))
      throw nameTaken(name);
    const set = {
      updated_at: infra.clock.now(),
      ...(name === undefined ? {} : { name }),
      ...(steps === undefined ? {} : { steps: JSON.stringify(steps) }),
      ...(stopPhases === undefined ? {} : { stop_phases: stopPhases }),
    };
    const row = await updateSequenceRow(tx, workspaceId, { id, set });
    if (row === undefined) throw notFound('sequence');
    return one(await present(tx, workspaceId, [row]));
  });
}

/** Error: not_found. */
export function dropSequence(infra: Infra, call: Call<typeof removeSequence>): Promise<null> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    if (!(await deleteSequence(tx, call.workspaceId, call.input.sequenceId))) throw notFound('sequence');
    return null;
  });
}

function one(rows: readonly Sequence[]): Sequence {
  const [row] = rows;
  if (row === undefined) throw notFound('sequence');
  return row;
}
