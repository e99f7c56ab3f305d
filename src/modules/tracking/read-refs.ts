import type { Tx } from '#infra/db/database.ts';
import { findCampaign } from '#modules/campaigns/index.ts';
import { type PersonCard, readPersonCards } from '#modules/creators/index.ts';
import type { CampaignRef, CreatorRef } from './api.ts';

export interface Refs {
  /** Null when there is no such person any more. */
  creatorOf(personId: string | null): CreatorRef | null;
  campaignOf(campaignId: string | null): CampaignRef | null;
}

interface Referring {
  person_id: string | null;
  campaign_id: string | null;
}

/** Names of the creators and campaigns that rows refer to. */
export async function readRefs(tx: Tx, workspaceId: string, rows: readonly Referring[]): Promise<Refs> {
  const personIds = [...new Set(rows.map((row) => row.person_id).filter((id) => id !== null))];
  const campaignIds = [...new Set(rows.map((row) => row.campaign_id).filter((id) => id !== null))];
  const cards = await readPersonCards(tx, workspaceId, personIds);
  const campaigns = new Map<string, CampaignRef>();
  for (const id of campaignIds) {
    const campaign = await findCampaign(tx, workspaceId, id);
    if (campaign !== null) campaigns.set(id, { id, name: campaign.name });
  }
  return {
    creatorOf: (personId) => {
      const card = personId === null ? undefined : cards.get(personId);
      return card === undefined ? null : toCreatorRef(card);
    },
    campaignOf: (campaignId) => (campaignId === null ? null : (campaigns.get(campaignId) ?? null)),
  };
}

export function toCreatorRef(card: PersonCard): CreatorRef {
  const profile = card.profiles[0];
  return {
    personId: card.personId,
    name: card.name,
    handle: profile?.handle ?? null,
    platform: profile?.platform ?? null,
  };
}

/** Of these persons, those whose name or handle holds the words. */
export async function findPersonsNamed(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[]; words: string },
): Promise<string[]> {
  const words = of.words.trim().toLowerCase().replace(/^@/, '');
  const cards = await readPersonCards(tx, workspaceId, of.personIds);
  return [...cards]
    .filter(
      ([, card]) =>
        card.name.toLowerCase().includes(words) ||
        card.profiles.some((profile) => profile.handle.toLowerCase().includes(words)),
    )
    .map(([id]) => id);
}
