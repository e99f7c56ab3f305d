import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { Happening, Stage } from './api.ts';
import { findStage } from './enrol.ts';
import { enrolmentHappened } from './events.ts';
import { selectStages } from './queries/campaigns.ts';
import { findCampaignIdOf, lockEnrolment } from './queries/change-enrolment.ts';
import { selectOpenDeliverables } from './queries/content.ts';
import { selectStandingId } from './queries/joins.ts';
import { setRemoved, setStage } from './queries/roster.ts';
import { insertHappening, selectSteps, upsertSteps } from './queries/steps.ts';
import { shareCampaign, toStage } from './read-campaigns.ts';
import { type ChangeFrame, recordRosterChanges } from './record-change.ts';
import { stageReachedBy } from './rules/walk-stages.ts';

export interface Advance {
  workspaceId: string;
  enrolmentId: string;
  /** What happened. */
  reason: Happening;
  /** Name of a stage to go to instead of the one the campaign ties to the reason. */
  to?: string | undefined;
  /** Who did it; the program itself when left out. */
  by?: Actor | undefined;
  requestId?: string | undefined;
}

/** Stands in the history when no person did it. */
export const machine: Actor = { kind: 'system', id: 'system', name: 'Rapport' };

/**
 * Says what happened to a creator on a campaign. The campaign's stages decide where that brings them: only ever forward, so that repeats and late arrivals
 * change nothing. `draft_approved` and `post_live` count once nothing of the creator is left to approve or to publish; `declined` takes them off
 * the roster. A creator who was removed stays so; what happened is noted all the same. Errors: not_found, unknown_stage.
 */
export async function advanceEnrolment(
  infra: Infra,
  tx: Tx,
  of: Advance,
): Promise<{ stage: string; isMoved: boolean }> {
  const { workspaceId } = of;
  const row = await holdEnrolment(tx, workspaceId, of.enrolmentId);
  const still = { stage: row.stage, isMoved: false };
  if (!(await isWholeReason(tx, workspaceId, { ...of, enrolmentId: row.id }))) return still;
  const at = infra.clock.now();
  const actor = of.by ?? machine;
  const isNews = await insertHappening(tx, workspaceId, {
    enrolmentId: row.id,
    happening: of.reason,
    byName: actor.name,
    at,
  });
  const { campaign_id: campaignId, person_id: personId } = row;
  if (isNews)
    await infra.outbox.emit(tx, {
      workspaceId,
      name: enrolmentHappened,
      payload: { campaignId, enrolmentId: row.id, personId, happening: of.reason, actorName: actor.name },
    });
  if (row.removed_at !== null) return still;
  const call: ChangeFrame = { workspaceId, actor, requestId: of.requestId ?? newId('request', at.getTime()) };
  if (of.reason === 'declined') {
    if (!isNews) return still;
    const reason = 'Declined';
    await setRemoved(tx, workspaceId, { ids: [row.id], reason, at });
    const change = { enrolmentId: row.id, personId, fromStage: row.stage, changes: { reason } };
    await recordRosterChanges(infra, tx, { call, campaignId, what: 'removed', rows: [change] });
    return still;
  }
  const stages = (await selectStages(tx, workspaceId, [campaignId])).map(toStage);
  const to = await nextStage(tx, { ...of, enrolmentId: row.id, stages, standing: row.stage });
  if (to === null) return still;
  await setStage(tx, workspaceId, { ids: [row.id], stage: to.name, at });
  const left = { enrolmentId: row.id, stage: row.stage, state: 'done' as const, reason: null };
  await upsertSteps(tx, workspaceId, { steps: [left], byName: actor.name, at });
  const change = {
    enrolmentId: row.id,
    personId,
    fromStage: row.stage,
    toStage: to.name,
    changes: { because: of.reason },
  };
  await recordRosterChanges(infra, tx, { call, campaignId, what: 'moved', rows: [change] });
  return { stage: to.name, isMoved: true };
}

/**
 * The enrolment held, and its campaign's stages with it: always in this order. Of one that was brought together with another, that other one: what is told late still
 * arrives. Error: not_found.
 */
export async function holdEnrolment(tx: Tx, workspaceId: string, ofId: string) {
  const id = await selectStandingId(tx, workspaceId, ofId);
  const campaignId = await findCampaignIdOf(tx, workspaceId, id);
  if (campaignId === null) throw notFound('enrolment');
  await shareCampaign(tx, workspaceId, campaignId);
  const row = await lockEnrolment(tx, workspaceId, id);
  if (row === undefined) throw notFound('enrolment');
  return row;
}

async function nextStage(tx: Tx, of: Advance & { stages: readonly Stage[]; standing: string }): Promise<Stage | null> {
  const { stages, standing } = of;
  if (of.to !== undefined) {
    const named = findStage(stages, of.to);
    const place = (name: string) => stages.findIndex((stage) => stage.name === name);
    return place(named.name) > place(standing) ? named : null;
  }
  const steps = new Map(
    (await selectSteps(tx, of.workspaceId, [of.enrolmentId])).map((step) => [step.stage, step.state]),
  );
  return stageReachedBy(stages, { standing, happening: of.reason, steps });
}

/** One of three posts being live is not yet "posts live". */
async function isWholeReason(tx: Tx, workspaceId: string, of: Advance): Promise<boolean> {
  if (of.reason !== 'draft_approved' && of.reason !== 'post_live') return true;
  const open = await selectOpenDeliverables(tx, workspaceId, of.enrolmentId);
  return of.reason === 'post_live'
    ? open.every((one) => one.state === 'approved' && one.is_for_brand)
    : open.every((one) => one.state === 'approved');
}
