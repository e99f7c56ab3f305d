import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Happening, Stage } from './api.ts';
import { type HeldEnrolment, setStage } from './queries/roster.ts';
import { deleteStepsFrom, type NewStep, selectHappenings, selectSteps, upsertSteps } from './queries/steps.ts';
import { type ChangeFrame, recordRosterChanges } from './record-change.ts';
import { sayMissing, whatIsMissing } from './rules/walk-stages.ts';

export interface Walk {
  call: ChangeFrame;
  campaignId: string;
  stages: readonly Stage[];
  to: Stage;
  /** Held rows that do not stand in the stage yet. */
  rows: readonly HeldEnrolment[];
  skipReason: string | undefined;
}

/** Moves creators to a stage, as far as nothing is missing before it, or a reason to skip that is given. */
export async function walkTo(
  infra: Infra,
  tx: Tx,
  of: Walk,
): Promise<{ moved: number; refused: { row: HeldEnrolment; missing: string }[] }> {
  const { call, to, stages } = of;
  const { workspaceId } = call;
  const ids = of.rows.map((row) => row.id);
  if (ids.length === 0) return { moved: 0, refused: [] };
  const steps = Map.groupBy(await selectSteps(tx, workspaceId, ids), (step) => step.enrolment_id);
  const needsAny = to.needs.length > 0;
  const happened = Map.groupBy(needsAny ? await selectHappenings(tx, workspaceId, ids) : [], (one) => one.enrolment_id);
  const refused: { row: HeldEnrolment; missing: string }[] = [];
  const moving: HeldEnrolment[] = [];
  const left: NewStep[] = [];
  const place = (name: string) => stages.findIndex((stage) => stage.name === name);
  for (const row of of.rows) {
    const missing = whatIsMissing(stages, {
      from: row.stage,
      to: to.name,
      steps: new Map((steps.get(row.id) ?? []).map((step) => [step.stage, step.state])),
      happened: new Set<Happening>((happened.get(row.id) ?? []).map((one) => one.happening)),
    });
    const isFree = missing.stages.length === 0 && missing.needs.length === 0;
    if (!isFree && of.skipReason === undefined) {
      refused.push({ row, missing: sayMissing(missing) });
      continue;
    }
    moving.push(row);
    // Moving on from a stage means that it is done; one that was left out says why.
    if (place(to.name) > place(row.stage))
      left.push({ enrolmentId: row.id, stage: row.stage, state: 'done', reason: null });
    for (const stage of missing.stages)
      left.push({ enrolmentId: row.id, stage: stage.name, state: 'skipped', reason: of.skipReason ?? null });
  }
  if (moving.length === 0) return { moved: 0, refused };
  const at = infra.clock.now();
  const movingIds = moving.map((row) => row.id);
  await setStage(tx, workspaceId, { ids: movingIds, stage: to.name, at });
  await upsertSteps(tx, workspaceId, { steps: left, byName: call.actor.name, at });
  // Who goes back has the way before them again.
  const ahead = stages.slice(place(to.name)).map((stage) => stage.name);
  await deleteStepsFrom(tx, workspaceId, { enrolmentIds: movingIds, stages: ahead });
  const changes = of.skipReason === undefined ? {} : { changes: { skipReason: of.skipReason } };
  await recordRosterChanges(infra, tx, {
    call,
    campaignId: of.campaignId,
    what: 'moved',
    rows: moving.map((row) => ({
      enrolmentId: row.id,
      personId: row.person_id,
      fromStage: row.stage,
      toStage: to.name,
      ...changes,
    })),
  });
  return { moved: moving.length, refused };
}
