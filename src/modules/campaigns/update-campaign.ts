import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Campaign, updateCampaign as updateCampaignEndpoint } from './api.ts';
import { checkCampaignDates } from './check-dates.ts';
import { differences } from './differences.ts';
import { type CampaignChange, updateCampaignRow } from './queries/change-campaign.ts';
import { holdCampaign, readCampaign } from './read-campaigns.ts';
import { readMoneyOrNull } from './read-money.ts';
import { recordCampaignChange } from './record-change.ts';

/** Changes what was given of a campaign; an equal value is no change. Errors: not_found, bad_dates, bad_money. */
export async function updateCampaign(infra: Infra, call: Call<typeof updateCampaignEndpoint>): Promise<Campaign> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await holdCampaign(tx, workspaceId, input.campaignId);
    checkCampaignDates(input.startsOn ?? row.starts_on, input.endsOn ?? row.ends_on);
    const wanted: CampaignChange = {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.startsOn === undefined ? {} : { starts_on: input.startsOn }),
      ...(input.endsOn === undefined ? {} : { ends_on: input.endsOn }),
      ...(input.budget === undefined
        ? {}
        : { budget_minor: readMoneyOrNull(input.budget, { field: 'budget', currency: row.currency }) }),
      ...(input.landingUrl === undefined ? {} : { landing_url: input.landingUrl }),
      ...(input.note === undefined ? {} : { note: input.note }),
      ...(input.ownerId === undefined ? {} : { owner_id: input.ownerId }),
    };
    const { change, changes } = differences<CampaignChange>(row, wanted);
    if (Object.keys(change).length > 0) {
      await updateCampaignRow(tx, workspaceId, { id: row.id, change });
      await recordCampaignChange(infra, tx, {
        call,
        campaignId: row.id,
        what: 'changed',
        action: 'campaign.changed',
        changes,
      });
    }
    return readCampaign(tx, workspaceId, { campaignId: row.id, clock: infra.clock });
  });
}
