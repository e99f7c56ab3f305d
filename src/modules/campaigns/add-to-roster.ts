import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { findProfilesByHandle } from '#modules/creators/index.ts';
import { membersOfList } from '#modules/discovery/index.ts';
import { type addToRoster as addToRosterEndpoint, type CampaignModel, type Refused, rosterBulkMax } from './api.ts';
import { enrol } from './enrol.ts';
import { campaignsError } from './errors.ts';
import { selectStages } from './queries/campaigns.ts';
import { holdCampaign, toStage } from './read-campaigns.ts';
import { readMoneyOrNull } from './read-money.ts';

type Add = Call<typeof addToRosterEndpoint>;

/** Enrols creators by person ids, handles and a list, all in one transaction. Errors: not_found, unknown_stage, bad_money, unknown_creator when nobody is named. */
export async function addToRoster(infra: Infra, call: Add): Promise<OutputOf<typeof addToRosterEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    if (campaign.state === 'archived')
      throw campaignsError('step_not_allowed', `"${campaign.name}" is archived. Reopen it before you add creators.`);
    const byHandle = await findByHandles(tx, workspaceId, input.handles);
    const onList = input.listId === undefined ? [] : await readList(tx, workspaceId, input.listId);
    const personIds = [...input.personIds, ...byHandle.profileOf.keys(), ...onList];
    checkCount(personIds.length, input.handles.length);
    const { currency } = campaign;
    const outcome = await enrol(infra, tx, {
      call,
      campaignId: campaign.id,
      model: campaign.model as CampaignModel,
      stages: (await selectStages(tx, workspaceId, [campaign.id])).map(toStage),
      personIds,
      profileOf: byHandle.profileOf,
      platform: input.platform,
      stage: input.stage,
      feeMinor: readMoneyOrNull(input.fee, { field: 'fee', currency }),
      productCostMinor: readMoneyOrNull(input.productCost, { field: 'productCost', currency }),
    });
    return {
      added: outcome.added.length,
      restored: outcome.restored.length,
      unchanged: outcome.unchanged,
      refused: [...byHandle.refused, ...outcome.refused],
      enrolmentIds: [...outcome.added, ...outcome.restored],
    };
  });
}

async function readList(tx: Tx, workspaceId: string, listId: string): Promise<string[]> {
  const members = await membersOfList(tx, workspaceId, listId);
  if (members === null) throw notFound('list');
  return members;
}

function checkCount(persons: number, handles: number): void {
  if (persons + handles === 0)
    throw campaignsError('unknown_creator', 'Name the creators to add: personIds, handles or a listId with members.');
  if (persons > rosterBulkMax)
    throw campaignsError(
      'unknown_creator',
      `${persons} creators at once are too many; at most ${rosterBulkMax}. Add them in parts.`,
    );
}

async function findByHandles(
  tx: Tx,
  workspaceId: string,
  handles: Add['input']['handles'],
): Promise<{ profileOf: Map<string, string>; refused: Refused[] }> {
  const profileOf = new Map<string, string>();
  const refused: Refused[] = [];
  for (const wanted of handles) {
    const [match] = await findProfilesByHandle(tx, workspaceId, wanted);
    if (match !== undefined) profileOf.set(match.personId, match.profileId);
    else
      refused.push({
        who: wanted.handle,
        reason: 'unknown',
        message: `No creator here is ${wanted.handle} on ${wanted.platform}. Import them first.`,
      });
  }
  return { profileOf, refused };
}
