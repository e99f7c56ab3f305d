import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type BriefOverride,
  briefOverrideSchema,
  type getBriefOverride as getEndpoint,
  type makeBriefLink as linkEndpoint,
  type saveBriefOverride as saveEndpoint,
} from '../api.ts';
import { campaignsError } from '../errors.ts';
import { readBriefVersion } from '../read-brief.ts';
import { holdCampaign } from '../read-campaigns.ts';
import {
  deleteOverride,
  insertReceipts,
  selectNewestReceipts,
  selectOverrides,
  selectReader,
  upsertOverride,
} from './queries.ts';
import { toText } from './read-texts.ts';
import { briefLinkDays } from './send-brief.ts';

async function getReader(tx: Tx, workspaceId: string, enrolmentId: string) {
  const reader = await selectReader(tx, workspaceId, { enrolmentId });
  if (reader === undefined) throw notFound('enrolment');
  return reader;
}

async function readOverride(tx: Tx, workspaceId: string, enrolmentId: string) {
  const [row] = await selectOverrides(tx, workspaceId, [enrolmentId]);
  return row === undefined
    ? { override: null, changedBy: null }
    : { override: briefOverrideSchema.parse(row.override), changedBy: row.changed_by };
}

/** The newest brief as one creator would read it. Error: not_found. */
export async function getBriefOverride(
  infra: Infra,
  call: Call<typeof getEndpoint>,
): Promise<OutputOf<typeof getEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const reader = await getReader(tx, workspaceId, input.enrolmentId);
    const version = reader.brief_version;
    const { brief } = await readBriefVersion(tx, workspaceId, { campaignId: reader.campaign_id, version });
    const { override, changedBy } = await readOverride(tx, workspaceId, reader.id);
    const { shown } = toText(brief, override);
    return { enrolmentId: reader.id, campaignId: reader.campaign_id, version, override, changedBy, shown };
  });
}

/** Says what one creator is told otherwise; what they were sent stays until it is sent anew. Error: not_found. */
export async function saveBriefOverride(
  infra: Infra,
  call: Call<typeof saveEndpoint>,
): Promise<OutputOf<typeof saveEndpoint>> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const reader = await getReader(tx, workspaceId, input.enrolmentId);
    // Whoever sends the brief at this moment holds the campaign.
    const campaign = await holdCampaign(tx, workspaceId, reader.campaign_id);
    const { brief } = await readBriefVersion(tx, workspaceId, {
      campaignId: campaign.id,
      version: campaign.brief_version,
    });
    const before = (await readOverride(tx, workspaceId, reader.id)).override;
    const override = input.override === null || isEmpty(input.override) ? null : input.override;
    const { shown } = toText(brief, override);
    if (JSON.stringify(before) !== JSON.stringify(override)) {
      if (override === null) await deleteOverride(tx, workspaceId, reader.id);
      else
        await upsertOverride(tx, workspaceId, {
          enrolmentId: reader.id,
          override,
          changedBy: actor.name,
          at: infra.clock.now(),
        });
      await recordAudit(tx, {
        workspaceId,
        actor,
        requestId: call.requestId,
        action: 'brief.overridden',
        subjectKind: 'enrolment',
        subjectId: reader.id,
        changes: { from: before, to: override },
      });
    }
    return { enrolmentId: reader.id, override, shown };
  });
}

function isEmpty({ note, ...parts }: BriefOverride): boolean {
  return note === '' && Object.values(parts).every((part) => part === undefined);
}

/** A link to the brief for one creator, to be copied; the text that holds now counts as sent. Errors: not_found, brief_empty, removed_creator. */
export async function makeBriefLink(
  infra: Infra,
  call: Call<typeof linkEndpoint>,
): Promise<OutputOf<typeof linkEndpoint>> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const reader = await getReader(tx, workspaceId, input.enrolmentId);
    if (reader.removed_at !== null)
      throw campaignsError(
        'removed_creator',
        'This creator was taken off the campaign. Add them again to share the brief.',
      );
    const campaign = await holdCampaign(tx, workspaceId, reader.campaign_id);
    const version = campaign.brief_version;
    if (version === 0)
      throw campaignsError('brief_empty', `"${campaign.name}" has no brief yet. Write it, then share it.`);
    const { brief } = await readBriefVersion(tx, workspaceId, { campaignId: campaign.id, version });
    const text = toText(brief, (await readOverride(tx, workspaceId, reader.id)).override);
    const [newest] = await selectNewestReceipts(tx, workspaceId, [reader.id]);
    const at = infra.clock.now();
    if (newest?.part_hash !== text.partHash) {
      const receipt = {
        id: newId('brief', at.getTime()),
        campaignId: campaign.id,
        enrolmentId: reader.id,
        version,
        partHash: text.partHash,
        shown: text.shown,
        sentBy: actor.name,
        mail: 'off' as const,
        at,
      };
      await insertReceipts(tx, workspaceId, [receipt]);
    }
    const url = await infra.portal.link(tx, {
      workspaceId,
      personId: reader.person_id,
      path: `/briefs/${reader.id}`,
      days: briefLinkDays,
      madeBy: actor.name,
    });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'brief.linked',
      subjectKind: 'enrolment',
      subjectId: reader.id,
      changes: { version },
    });
    return { url, version };
  });
}
