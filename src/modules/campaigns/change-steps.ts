import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { advanceEnrolment } from './advance-enrolment.ts';
import {
  type changeSteps as changeEndpoint,
  type EnrolmentStep,
  happeningWords,
  type listSteps as listEndpoint,
  type tellHappening as tellEndpoint,
} from './api.ts';
import { findStage } from './enrol.ts';
import { campaignsError } from './errors.ts';
import { selectStages } from './queries/campaigns.ts';
import { findCampaignIdOf } from './queries/change-enrolment.ts';
import { lockEnrolments, selectEnrolments } from './queries/roster.ts';
import { deleteSteps, type StepRow, selectHappenings, selectSteps, upsertSteps } from './queries/steps.ts';
import { shareCampaign, toStage } from './read-campaigns.ts';
import { recordRosterChanges } from './record-change.ts';

/** The stages as one creator passes them, and what happened so far. Error: not_found. */
export async function listSteps(infra: Infra, call: Call<typeof listEndpoint>): Promise<OutputOf<typeof listEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [row] = await selectEnrolments(tx, workspaceId, [input.enrolmentId]);
    if (row === undefined) throw notFound('enrolment');
    const stages = (await selectStages(tx, workspaceId, [row.campaign_id])).map(toStage);
    const known = new Map((await selectSteps(tx, workspaceId, [row.id])).map((step) => [step.stage, step]));
    const here = stages.findIndex((stage) => stage.name === row.stage);
    const happened = await selectHappenings(tx, workspaceId, [row.id]);
    return {
      steps: stages.map((stage, index) => {
        const step = known.get(stage.name);
        const { name, label, gate, isOptional } = stage;
        const said = { reason: step?.reason ?? null, by: step?.by_name ?? null, at: step?.at.toISOString() ?? null };
        return {
          stage: name,
          label,
          gate,
          isOptional,
          state: stateOf(step, { isOptional, place: index - here }),
          ...said,
        };
      }),
      happened: happened.map((one) => ({
        happening: one.happening,
        words: happeningWords[one.happening],
        by: one.by_name,
        at: one.at.toISOString(),
      })),
    };
  });
}

function stateOf(step: StepRow | undefined, of: { isOptional: boolean; place: number }): EnrolmentStep['state'] {
  if (of.place === 0) return 'here';
  if (step?.state === 'skipped') return 'skipped';
  if (step?.state === 'done') return 'passed';
  if (of.isOptional && step?.state !== 'extra') return 'not_theirs';
  return of.place < 0 ? 'passed' : 'open';
}

type Change = Call<typeof changeEndpoint>;

/** Departs from the campaign's stages for some creators. Errors: not_found, unknown_stage, bad_step. */
export async function changeSteps(infra: Infra, call: Change): Promise<OutputOf<typeof changeEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await shareCampaign(tx, workspaceId, input.campaignId);
    const stages = (await selectStages(tx, workspaceId, [campaign.id])).map(toStage);
    checkChanges(input.changes);
    for (const change of input.changes) findStage(stages, change.stage);
    const ids = [...new Set(input.enrolmentIds)];
    const held = await lockEnrolments(tx, workspaceId, { campaignId: campaign.id, ids });
    const cards = await readPersonCards(
      tx,
      workspaceId,
      held.map((row) => row.person_id),
    );
    const skipped = new Set(input.changes.filter((one) => one.state === 'skipped').map((one) => one.stage));
    const known = new Map(held.map((row) => [row.id, row]));
    const refused = ids.flatMap((enrolmentId) => {
      const row = known.get(enrolmentId);
      const name = cards.get(row?.person_id ?? '')?.name ?? 'Unknown creator';
      if (row === undefined) return [{ enrolmentId, name, message: 'No such creator on this campaign.' }];
      if (row.removed_at !== null) return [{ enrolmentId, name, message: `${name} was taken off the campaign.` }];
      const label = stages.find((stage) => stage.name === row.stage)?.label ?? row.stage;
      return skipped.has(row.stage)
        ? [{ enrolmentId, name, message: `${name} stands in ${label}. Move them on before you skip it for them.` }]
        : [];
    });
    const isRefused = new Set(refused.map((one) => one.enrolmentId));
    const rows = held.filter((row) => !isRefused.has(row.id));
    const enrolmentIds = rows.map((row) => row.id);
    const at = infra.clock.now();
    const open = input.changes.filter((one) => one.state === 'open').map((one) => one.stage);
    await deleteSteps(tx, workspaceId, { enrolmentIds, stages: open });
    const steps = enrolmentIds.flatMap((enrolmentId) =>
      input.changes.flatMap(({ stage, state, reason }) =>
        state === 'open' ? [] : [{ enrolmentId, stage, state, reason: reason ?? null }],
      ),
    );
    await upsertSteps(tx, workspaceId, { steps, byName: call.actor.name, at });
    const changes = { steps: input.changes };
    await recordRosterChanges(infra, tx, {
      call,
      campaignId: campaign.id,
      what: 'changed',
      rows: rows.map((row) => ({ enrolmentId: row.id, personId: row.person_id, changes })),
    });
    return { changed: rows.length, refused };
  });
}

function checkChanges(changes: Change['input']['changes']): void {
  const seen = new Set<string>();
  changes.forEach((change, index) => {
    const fail = (field: string, message: string) =>
      campaignsError('bad_step', `changes.${index}.${field}: ${message}`, [
        { field: `changes.${index}.${field}`, message },
      ]);
    if (seen.has(change.stage)) throw fail('stage', 'This stage stands in the list twice.');
    seen.add(change.stage);
    if (change.state === 'skipped' && (change.reason ?? '') === '')
      throw fail('reason', 'Say why the stage is skipped; the reason stays beside it.');
  });
}

/** Says by hand what happened. Errors: not_found. */
export async function tellHappening(
  infra: Infra,
  call: Call<typeof tellEndpoint>,
): Promise<OutputOf<typeof tellEndpoint>> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await findCampaignIdOf(tx, workspaceId, input.enrolmentId)) === null) throw notFound('enrolment');
    const { enrolmentId, happening: reason } = input;
    return advanceEnrolment(infra, tx, { workspaceId, enrolmentId, reason, by: actor, requestId });
  });
}
