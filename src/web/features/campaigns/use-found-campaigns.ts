import { listCampaigns } from '#modules/campaigns/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import type { Found } from '#web/shell/feature.ts';
import { stateNames } from './words.ts';

const hitsMax = 5;

/** Campaigns by name for the palette; nothing is asked while no word is typed. */
export function useFoundCampaigns(words: string): { group: string; hits: Found[] } {
  const query = words.trim();
  const { data } = useApiQuery(listCampaigns, { query, limit: hitsMax }, { enabled: query !== '', keepPrevious: true });
  const rows = query === '' ? [] : (data?.rows ?? []);
  const hits = rows.map((campaign) => ({
    id: campaign.id,
    label: campaign.name,
    description: `${campaign.modelName}, ${stateNames[campaign.state].toLowerCase()}`,
    to: '/campaigns/$campaignId/roster',
    params: { campaignId: campaign.id },
  }));
  return { group: 'Campaigns', hits };
}
