import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { MoveOutcome, moveOnRoster as moveEndpoint, Stage } from './api.ts';
import { findStage } from './enrol.ts';
import { selectStages } from './queries/campaigns.ts';
import { lockEnrolments, setStage } from './queries/roster.ts';
import { getCampaignRow, toStage } from './read-campaigns.ts';
import { recordRosterChanges } from './record-change.ts';

type Held = Awaited<ReturnType<typeof lockEnrolments>>[number];

/**
 * Moves creators who are still where the caller saw them; the others stay and are named with where they are now.
 * Errors: not_found, unknown_stage.
 */
export async function moveOnRoster(infra: Infra, call: Call<typeof moveEndpoint>): Promise<MoveOutcome> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const stages = (await selectStages(tx, workspaceId, [campaign.id])).map(toStage);
    const to = findStage(stages, input.to);
    const seen = new Map(input.enrolments.map((one) => [one.id, one.from]));
    const held = await lockEnrolments(tx, workspaceId, { campaignId: campaign.id, ids: [...seen.keys()] });
    const heldById = new Map(held.map((row) => [row.id, row]));

    const moving: Held[] = [];
    const clashes: { id: string; row: Held | undefined }[] = [];
    let unchanged = 0;
    for (const [id, from] of seen) {
      const row = heldById.get(id);
      if (row === undefined || row.removed_at !== null) clashes.push({ id, row });
      else if (row.stage === to.name) unchanged += 1;
      else if (row.stage !== from) clashes.push({ id, row });
      else moving.push(row);
    }
    const at = infra.clock.now();
    if (moving.length > 0) {
      await setStage(tx, workspaceId, { ids: moving.map((row) => row.id), stage: to.name, at });
      const rows = moving.map((row) => ({
        enrolmentId: row.id,
        personId: row.person_id,
        fromStage: row.stage,
        toStage: to.name,
      }));
      await recordRosterChanges(infra, tx, { call, campaignId: campaign.id, what: 'moved', rows });
    }
    const names = await readPersonCards(
      tx,
      workspaceId,
      clashes.flatMap(({ row }) => (row === undefined ? [] : [row.person_id])),
    );
    const conflicts = clashes.map(({ id, row }) =>
      tellClash(id, { row, name: names.get(row?.person_id ?? '')?.name ?? 'Unknown creator', stages }),
    );
    return { moved: moving.length, unchanged, conflicts };
  });
}

function tellClash(
  id: string,
  of: { row: Held | undefined; name: string; stages: readonly Stage[] },
): MoveOutcome['conflicts'][number] {
  const { row, name, stages } = of;
  if (row === undefined) return { enrolmentId: id, name, stage: null, message: 'No such creator on this campaign.' };
  if (row.removed_at !== null)
    return { enrolmentId: id, name, stage: null, message: `${name} was taken off the campaign.` };
  const label = stages.find((stage) => stage.name === row.stage)?.label ?? row.stage;
  return { enrolmentId: id, name, stage: row.stage, message: `Somebody moved ${name} to ${label} in the meantime.` };
}
