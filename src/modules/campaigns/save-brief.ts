import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { briefSendMax, type saveBrief as saveBriefEndpoint } from './api.ts';
import { checkImages } from './briefs/keep-images.ts';
import { selectBriefReaders, selectNewestReceipts } from './briefs/queries.ts';
import { sendToCreators } from './briefs/send-brief.ts';
import { campaignsError } from './errors.ts';
import { briefChanged } from './events.ts';
import { insertBriefVersion } from './queries/change-campaign.ts';
import { readBriefVersion } from './read-brief.ts';
import { holdCampaign } from './read-campaigns.ts';
import { type ChangeFrame, recordCampaignChange } from './record-change.ts';
import { compareBriefs } from './rules/compare-briefs.ts';

/** Saves the brief as the next version; an equal one makes none. Errors: not_found, bad_image, brief_outdated when somebody saved in between. */
export async function saveBrief(
  infra: Infra,
  call: Call<typeof saveBriefEndpoint>,
): Promise<OutputOf<typeof saveBriefEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const newest = await readBriefVersion(tx, workspaceId, {
      campaignId: campaign.id,
      version: campaign.brief_version,
    });
    if (JSON.stringify(newest.brief) === JSON.stringify(input.brief)) return { ...newest, told: 0 };
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
    await checkImages(tx, workspaceId, input.brief);
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
    await infra.outbox.emit(tx, {
      workspaceId,
      name: briefChanged,
      payload: { campaignId: campaign.id, version: String(version), actorName: call.actor.name },
    });
    const told = input.tell
      ? await tellReaders(infra, tx, { call, campaign: { id: campaign.id, name: campaign.name, version } })
      : 0;
    return { ...(await readBriefVersion(tx, workspaceId, { campaignId: campaign.id, version })), told };
  });
}

// Only who has the brief is told, and of those only whose part reads otherwise now.
async function tellReaders(
  infra: Infra,
  tx: Tx,
  of: { call: ChangeFrame; campaign: { id: string; name: string; version: number } },
): Promise<number> {
  const { workspaceId } = of.call;
  const readers = await selectBriefReaders(tx, workspaceId, { campaignId: of.campaign.id });
  const ids = readers.map((reader) => reader.id);
  const having = (await selectNewestReceipts(tx, workspaceId, ids)).map((receipt) => receipt.enrolment_id);
  let told = 0;
  for (let from = 0; from < having.length; from += briefSendMax) {
    const enrolmentIds = having.slice(from, from + briefSendMax);
    told += (await sendToCreators(infra, tx, { ...of, enrolmentIds, message: '', again: false })).sent;
  }
  return told;
}
