import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { BriefVersion, saveBrief as saveBriefEndpoint } from './api.ts';
import { campaignsError } from './errors.ts';
import { insertBriefVersion } from './queries/change-campaign.ts';
import { readBriefVersion } from './read-brief.ts';
import { holdCampaign } from './read-campaigns.ts';
import { recordCampaignChange } from './record-change.ts';
import { compareBriefs } from './rules/compare-briefs.ts';

/** Saves the brief as the next version; an equal one makes none. Errors: not_found, brief_outdated when somebody saved in between. */
export async function saveBrief(infra: Infra, call: Call<typeof saveBriefEndpoint>): Promise<BriefVersion> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const newest = await readBriefVersion(tx, workspaceId, {
      campaignId: campaign.id,
      version: campaign.brief_version,
    });
    if (JSON.stringify(newest.brief) === JSON.stringify(input.brief)) return newest;
    if (input.basedOn !== newest.version) {
      const what = compareBriefs(
        (await readBriefVersion(tx, workspaceId, { campaignId: campaign.id, version: input.basedOn })).brief,
        newest.brief,
      );
      const fields = what.map((change) => change.label).join(', ');
      throw campaignsError(
        'brief_outdated',
        `${newest.savedBy ?? 'Somebody'} saved version ${newest.version} after you opened version ${input.basedOn}${fields === '' ? '' : ` (${fields})`}. Look at the changes and save again on top of it.`,
        [{ field: 'basedOn', message: `The newest version is ${newest.version}` }],
      );
    }
    const version = newest.version + 1;
    await insertBriefVersion(tx, workspaceId, {
      campaignId: campaign.id,
      version,
      brief: input.brief,
      savedBy: call.actor.name,
      at: infra.clock.now(),
    });
    const changes = {
      version: { from: newest.version, to: version },
      fields: compareBriefs(newest.brief, input.brief).map((change) => change.field),
    };
    await recordCampaignChange(infra, tx, {
      call,
      campaignId: campaign.id,
      what: 'brief',
      action: 'brief.saved',
      changes,
    });
    return readBriefVersion(tx, workspaceId, { campaignId: campaign.id, version });
  });
}
