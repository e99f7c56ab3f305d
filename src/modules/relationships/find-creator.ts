import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import { findCampaign } from '#modules/campaigns/index.ts';
import { type PersonCard, readPersonCards } from '#modules/creators/index.ts';

/** The creator, the kept one when the one asked for was merged. Error: not_found. */
export async function getCreator(tx: Tx, workspaceId: string, personId: string): Promise<PersonCard> {
  const card = (await readPersonCards(tx, workspaceId, [personId])).get(personId);
  if (card === undefined) throw notFound('creator');
  return card;
}

/** Name of a campaign that is named; null when none is. Error: not_found. */
export async function getCampaignRef(
  tx: Tx,
  workspaceId: string,
  campaignId: string | null,
): Promise<{ id: string; name: string } | null> {
  if (campaignId === null) return null;
  const campaign = await findCampaign(tx, workspaceId, campaignId);
  if (campaign === null) throw notFound('campaign');
  return { id: campaign.id, name: campaign.name };
}

/** Names of campaigns that still exist, by id. */
export async function readCampaignNames(
  tx: Tx,
  workspaceId: string,
  ids: readonly (string | null)[],
): Promise<Map<string, { id: string; name: string }>> {
  const names = new Map<string, { id: string; name: string }>();
  for (const id of new Set(ids)) {
    const campaign = id === null ? null : await findCampaign(tx, workspaceId, id);
    if (campaign !== null) names.set(campaign.id, { id: campaign.id, name: campaign.name });
  }
  return names;
}
