import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Person, Post } from '#modules/creators/api.ts';
import { getPerson, listPostsOf } from '#modules/creators/index.ts';
import { fitBrief } from '#modules/vetting/index.ts';
import type { alignCreator as alignEndpoint, BriefAlignment } from './api.ts';
import { readBriefVersion } from './read-brief.ts';
import { getCampaignRow } from './read-campaigns.ts';
import { compareWithBrief, handlesIn, wordsOfBrief } from './rules/brief-alignment.ts';

/** The newest posts of each profile that are looked at. */
const postsMax = 60;

/** How a creator matches the newest brief of a campaign. Error: not_found. */
export async function alignCreator(infra: Infra, call: Call<typeof alignEndpoint>): Promise<BriefAlignment> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const person = await getPerson(tx, workspaceId, input.personId);
    const read = await readBriefVersion(tx, workspaceId, { campaignId: campaign.id, version: campaign.brief_version });
    const { brief } = read;
    const text = wordsOfBrief(brief);
    const of = {
      campaignId: campaign.id,
      personId: person.id,
      briefVersion: read.version,
      savedAt: read.savedAt,
      ...compareWithBrief(brief, await readProfiles(tx, workspaceId, { person })),
    };
    if (text === '') {
      const hint = 'The brief of this campaign has no words yet to match by: write its background or key messages.';
      return { ...of, state: 'no_brief', text: hint, fit: null };
    }
    const fits = await fitBrief(tx, workspaceId, {
      brief: { text, handles: handlesIn(text), audience: {} },
      personIds: [person.id],
    });
    const fit = fits.get(person.id) ?? null;
    if (fit === null || fit.share === null)
      return { ...of, state: 'unknown', text: 'Not enough is known of this creator or told by the brief.', fit };
    const known = fit.contributions.filter((one) => one.value !== null).length;
    const words = `${Math.round(fit.share * 100)} % of the points that ${known} of ${fit.contributions.length} signals could give.`;
    return { ...of, state: 'matched', text: words, fit };
  });
}

/** The creator's profiles with their newest posts. */
async function readProfiles(tx: Tx, workspaceId: string, of: { person: Person }) {
  const { profiles } = of.person;
  const posts: Map<string, Post[]> = await listPostsOf(tx, workspaceId, {
    profileIds: profiles.map((profile) => profile.id),
    limitEach: postsMax,
  });
  return profiles.map(({ id, platform }) => ({ platform, posts: posts.get(id) ?? [] }));
}
