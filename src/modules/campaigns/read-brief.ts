import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import {
  type Brief,
  type BriefVersion,
  briefSchema,
  type checkBrief as checkBriefEndpoint,
  type compareBriefs as compareBriefsEndpoint,
  type getBrief as getBriefEndpoint,
  type listBriefVersions as listVersionsEndpoint,
  type ScriptWarning,
} from './api.ts';
import { selectBriefVersion, selectBriefVersions } from './queries/change-campaign.ts';
import { getCampaignRow } from './read-campaigns.ts';
import { compareBriefs } from './rules/compare-briefs.ts';
import { warnOfScript } from './rules/warn-of-script.ts';

/** A version of a brief as it is answered; version 0 is the empty brief nobody saved. Error: not_found. */
export async function readBriefVersion(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; version: number },
): Promise<BriefVersion> {
  const { campaignId, version } = of;
  if (version === 0)
    return { campaignId, version, brief: briefSchema.parse({}), savedBy: null, savedAt: null, warnings: [] };
  const row = await selectBriefVersion(tx, workspaceId, of);
  if (row === undefined) throw notFound('brief version');
  const brief = briefSchema.parse(row.brief);
  return {
    campaignId,
    version,
    brief,
    savedBy: row.saved_by,
    savedAt: row.saved_at.toISOString(),
    warnings: warnOfScript(brief),
  };
}

/** The newest brief, or the version asked for. Error: not_found. */
export async function getBrief(infra: Infra, call: Call<typeof getBriefEndpoint>): Promise<BriefVersion> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    return readBriefVersion(tx, workspaceId, {
      campaignId: campaign.id,
      version: input.version ?? campaign.brief_version,
    });
  });
}

/** All versions, newest first. Error: not_found. */
export async function listBriefVersions(
  infra: Infra,
  call: Call<typeof listVersionsEndpoint>,
): Promise<OutputOf<typeof listVersionsEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const rows = await selectBriefVersions(tx, workspaceId, campaign.id);
    return rows.map((row) => ({ version: row.version, savedBy: row.saved_by, savedAt: row.saved_at.toISOString() }));
  });
}

/** What changed between two versions. Error: not_found. */
export async function compareBriefVersions(
  infra: Infra,
  call: Call<typeof compareBriefsEndpoint>,
): Promise<OutputOf<typeof compareBriefsEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const read = async (version: number): Promise<Brief> =>
      (await readBriefVersion(tx, workspaceId, { campaignId: campaign.id, version })).brief;
    return { from: input.from, to: input.to, changes: compareBriefs(await read(input.from), await read(input.to)) };
  });
}

/** Signs that a brief turns into a script; the brief need not be saved. */
export function checkBrief(call: Call<typeof checkBriefEndpoint>): Promise<ScriptWarning[]> {
  return Promise.resolve(warnOfScript(call.input.brief));
}
