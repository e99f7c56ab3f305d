import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { MoveOutcome, moveOnRoster as moveEndpoint, Stage } from './api.ts';
import { findStage } from './enrol.ts';
import { selectStages } from './queries/campaigns.ts';
import { type HeldEnrolment, lockEnrolments } from './queries/roster.ts';
import { shareCampaign, toStage } from './read-campaigns.ts';
import { walkTo } from './walk-to.ts';

/**
 * Moves creators who are still where the caller saw them; the others stay and are named with where they are now. A move past stages that come
 * before is refused for that creator, unless a reason to skip them is given, which stays. Errors: not_found, unknown_stage.
 */
export async function moveOnRoster(infra: Infra, call: Call<typeof moveEndpoint>): Promise<MoveOutcome> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    // Held for the stages: nobody takes one away while creators are on their way to it.
    const campaign = await shareCampaign(tx, workspaceId, input.campaignId);
    const stages = (await selectStages(tx, workspaceId, [campaign.id])).map(toStage);
    const to = findStage(stages, input.to);
    const seen = new Map(input.enrolments.map((one) => [one.id, one.from]));
    const held = await lockEnrolments(tx, workspaceId, { campaignId: campaign.id, ids: [...seen.keys()] });
    const { moving, clashes, unchanged } = sortOut(seen, { held, to: to.name });
    const { skipReason } = input;
    const walk = await walkTo(infra, tx, { call, campaignId: campaign.id, stages, to, rows: moving, skipReason });
    const refusedOf = [...clashes, ...walk.refused.map(({ row }) => ({ id: row.id, row }))];
    const names = await readPersonCards(
      tx,
      workspaceId,
      refusedOf.flatMap(({ row }) => (row === undefined ? [] : [row.person_id])),
    );
    const nameOf = (row: HeldEnrolment | undefined) => names.get(row?.person_id ?? '')?.name ?? 'Unknown creator';
    return {
      moved: walk.moved,
      unchanged,
      conflicts: [
        ...clashes.map(({ id, row }) => tellClash(id, { row, name: nameOf(row), stages })),
        ...walk.refused.map(({ row, missing }) => ({
          enrolmentId: row.id,
          name: nameOf(row),
          stage: row.stage,
          message: `${nameOf(row)} was not moved to ${to.label}: ${missing}.`,
          why: 'missing' as const,
        })),
      ],
    };
  });
}

interface Clash {
  id: string;
  row: HeldEnrolment | undefined;
}

function sortOut(
  seen: ReadonlyMap<string, string>,
  of: { held: readonly HeldEnrolment[]; to: string },
): { moving: HeldEnrolment[]; clashes: Clash[]; unchanged: number } {
  const heldById = new Map(of.held.map((row) => [row.id, row]));
  const moving: HeldEnrolment[] = [];
  const clashes: Clash[] = [];
  let unchanged = 0;
  for (const [id, from] of seen) {
    const row = heldById.get(id);
    if (row === undefined || row.removed_at !== null) clashes.push({ id, row });
    else if (row.stage === of.to) unchanged += 1;
    else if (row.stage !== from) clashes.push({ id, row });
    else moving.push(row);
  }
  return { moving, clashes, unchanged };
}

function tellClash(
  id: string,
  of: { row: HeldEnrolment | undefined; name: string; stages: readonly Stage[] },
): MoveOutcome['conflicts'][number] {
  const { row, name, stages } = of;
  const gone = { enrolmentId: id, name, stage: null, why: 'gone' as const };
  if (row === undefined) return { ...gone, message: 'No such creator on this campaign.' };
  if (row.removed_at !== null) return { ...gone, message: `${name} was taken off the campaign.` };
  const label = stages.find((stage) => stage.name === row.stage)?.label ?? row.stage;
  const message = `Somebody moved ${name} to ${label} in the meantime.`;
  return { enrolmentId: id, name, stage: row.stage, message, why: 'moved' };
}
