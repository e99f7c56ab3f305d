import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { addDays, dayIn, dayMs } from '#kernel/time.ts';
import { readLivePosts, readRefs } from '#modules/tracking/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { SeenCredit, getSeen as seenEndpoint } from './api.ts';
import { attributionError } from './errors.ts';
import { countAround, sumSeen } from './queries/seen.ts';
import { differenceOf } from './rules/post-window.ts';

const periodDays = 90;
const postsMax = 100;
const creatorsMax = 200;

/**
 * What a campaign's creators may have led to without a click or a code in time: touches too late, what customers said, and orders of nobody around each post.
 * Beside paid credit, never in it. Errors: not_found, attribution.bad_period.
 */
export async function getSeen(infra: Infra, call: Call<typeof seenEndpoint>): Promise<SeenCredit> {
  const { workspaceId, input } = call;
  const { campaignId, postDays } = input;
  const now = infra.clock.now();
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const to = input.to ?? dayIn(timeZone, now);
    const from = input.from ?? addDays(to, -periodDays);
    if (from > to)
      throw attributionError('bad_period', `The first day ${from} is after the last one ${to}.`, [
        { field: 'from', message: 'Must not be after the last day.' },
      ]);
    const period = { workspaceId, campaignId, from, to, timeZone };
    const sums = await sumSeen(tx, { ...period, limit: creatorsMax });
    const posts = await readLivePosts(tx, { ...period, limit: postsMax });
    const counts = await countAround(tx, workspaceId, { instants: posts.map((post) => post.liveAt), days: postDays });
    const refs = await readRefs(tx, workspaceId, [
      { person_id: null, campaign_id: campaignId },
      ...sums.map((row) => ({ person_id: row.person_id, campaign_id: null })),
      ...posts.map((post) => ({ person_id: post.personId, campaign_id: null })),
    ]);
    const campaign = refs.campaignOf(campaignId);
    if (campaign === null) throw notFound('campaign');
    const windowMs = postDays * dayMs;
    const distance = (a: Date, b: Date) => Math.abs(a.getTime() - b.getTime());
    return {
      campaign,
      from,
      to,
      postDays,
      creators: sums.map(({ person_id, late, said }) => ({ creator: refs.creatorOf(person_id), late, said })),
      posts: posts.map((post, at) => {
        const { after, before } = counts[at] ?? { after: 0, before: 0 };
        const isOver = post.liveAt.getTime() + windowMs <= now.getTime();
        return {
          creator: refs.creatorOf(post.personId),
          title: post.title,
          url: post.url,
          liveAt: post.liveAt.toISOString(),
          after,
          before,
          others: posts.filter((other) => other !== post && distance(other.liveAt, post.liveAt) < windowMs).length,
          ...differenceOf({ after, before, isOver }),
        };
      }),
    };
  });
}
