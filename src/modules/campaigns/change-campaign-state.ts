import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import {
  type Campaign,
  type CampaignState,
  campaignSteps,
  type changeCampaignState as changeStateEndpoint,
} from './api.ts';
import { campaignsError } from './errors.ts';
import { campaignStateEvents } from './events.ts';
import { updateCampaignRow } from './queries/change-campaign.ts';
import { holdCampaign, readCampaign } from './read-campaigns.ts';
import { recordCampaignChange } from './record-change.ts';

/** Moves a campaign to another state; asking again for the state it has changes nothing. Errors: not_found, state_changed, step_not_allowed. */
export async function changeCampaignState(infra: Infra, call: Call<typeof changeStateEndpoint>): Promise<Campaign> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await holdCampaign(tx, workspaceId, input.campaignId);
    const state = row.state as CampaignState;
    if (state !== input.to) {
      if (state !== input.from) {
        throw campaignsError(
          'state_changed',
          `The campaign is ${state} by now, not ${input.from}. Look at it again before you change it.`,
        );
      }
      const allowed = campaignSteps[state];
      if (!allowed.includes(input.to)) {
        throw campaignsError(
          'step_not_allowed',
          `A campaign that is ${state} cannot become ${input.to}. It can become ${allowed.join(' or ')}.`,
        );
      }
      await updateCampaignRow(tx, workspaceId, { id: row.id, change: { state: input.to } });
      const changes = { state: { from: state, to: input.to } };
      await recordCampaignChange(infra, tx, {
        call,
        campaignId: row.id,
        what: 'state',
        action: `campaign.${verbs[input.to]}`,
        changes,
      });
      await infra.outbox.emit(tx, {
        workspaceId,
        name: campaignStateEvents[input.to],
        payload: { campaignId: row.id, actorName: call.actor.name },
      });
    }
    return readCampaign(tx, workspaceId, { campaignId: row.id, clock: infra.clock });
  });
}

const verbs: Record<CampaignState, string> = {
  draft: 'drafted',
  live: 'went-live',
  ended: 'ended',
  archived: 'archived',
};
