import type { Tx } from '#infra/db/database.ts';
import { urlKey } from '#modules/campaigns/index.ts';
import { sumComments } from '#modules/vetting/index.ts';
import type { CampaignComments, CampaignReport } from './api.ts';
import { type CandidatePost, selectCandidatePosts } from './queries/campaign-posts.ts';

/** Shorter ids stand in too many addresses by chance. */
const idCharactersMin = 5;

/** Sums over the comments below the live content of a campaign, by post and for all posts together. */
export async function readCampaignComments(
  tx: Tx,
  workspaceId: string,
  of: { report: CampaignReport; now: Date },
): Promise<CampaignComments> {
  const { report, now } = of;
  const found = new Map<string, CandidatePost>();
  for (const candidate of await selectCandidatePosts(tx, workspaceId, report.campaign.id))
    if (!found.has(candidate.deliverable_id) && isSame(candidate)) found.set(candidate.deliverable_id, candidate);
  const matched = [...found.values()];
  const sums = await sumComments(tx, workspaceId, { postIds: matched.map((one) => one.post_id), now });
  return {
    live: report.deliverables.filter((row) => row.state === 'live').length,
    matched: matched.length,
    all: sums.all,
    posts: matched.flatMap(({ deliverable_id: deliverableId, post_id: postId, title }) => {
      const own = sums.posts.get(postId);
      return own === undefined ? [] : [{ deliverableId, postId, title, sums: own }];
    }),
  };
}

/** The same address, or an address that holds the post's own id as a part of its path. */
function isSame({ live_url_key: key, url, external_id: id }: CandidatePost): boolean {
  if (url !== null && urlKey(url) === key) return true;
  return id.length >= idCharactersMin && key.split(/[/=]/).includes(id);
}
