import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { Page } from '#kernel/page.ts';
import type { Post } from '#modules/creators/api.ts';
import { getPerson, listPosts } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { correctSponsoredPost, DealPost, listSponsoredPosts } from '../api.ts';
import { markStale } from '../queries/reports.ts';
import { toPost } from '../read-subject.ts';
import { describePost } from '../rules/describe-deals.ts';
import { ratedPosts } from '../rules/engagement-rates.ts';
import { findDeal } from '../rules/find-deals.ts';
import { scoredDefinition } from '../rules/reference.ts';
import { choose } from '../vet-creator.ts';
import { dropSponsoredWord, readSponsoredWords, saveSponsoredWord } from './queries.ts';

/** Pages of posts looked through for one page of answers: a page may end early, its cursor goes on. */
const pagesMax = 5;
const postsAtOnce = 200;

/** Posts of a creator with what says they are paid for. Errors: not_found, vetting.no_profile, creators.bad_cursor. */
export async function readSponsoredPosts(infra: Infra, call: Call<typeof listSponsoredPosts>): Promise<Page<DealPost>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { profile } = await choose(tx, workspaceId, input);
    const found: DealPost[] = [];
    let cursor = input.cursor;
    for (let page = 0; page < pagesMax; page += 1) {
      // Rows of one list become rows of another, so a page is as long as what is still wanted: none is ever read past.
      const limit = Math.min(postsAtOnce, input.limit - found.length);
      const posts = await listPosts(tx, workspaceId, { profileId: profile.id, limit, cursor });
      const described = await describeAll(tx, workspaceId, { posts: posts.rows, followers: profile.followers });
      found.push(...described.filter((post) => input.state === 'all' || post.state === input.state));
      if (posts.nextCursor === null) return { rows: found, nextCursor: null };
      cursor = posts.nextCursor;
      if (found.length >= input.limit) break;
    }
    return { rows: found, nextCursor: cursor ?? null };
  });
}

/** Puts a person's word on a post above what the rules find; null takes it back. It counts at once. Error: not_found. */
export async function correctSponsored(infra: Infra, call: Call<typeof correctSponsoredPost>): Promise<DealPost> {
  const { workspaceId, actor, requestId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const person = await getPerson(tx, workspaceId, input.personId);
    const post = await findPost(tx, workspaceId, { personId: person.id, postId: input.postId });
    const before = (await readSponsoredWords(tx, workspaceId, [post.id])).get(post.id) ?? null;
    const at = infra.clock.now();
    const brands = [...new Set(input.brands.map((brand) => brand.replace(/^@/, '').toLowerCase()))];
    if (input.isSponsored === null) await dropSponsoredWord(tx, workspaceId, post.id);
    else {
      const { isSponsored, reason } = input;
      await saveSponsoredWord(tx, workspaceId, { postId: post.id, isSponsored, brands, reason, by: actor, at });
    }
    await markStale(tx, workspaceId, { personIds: [person.id], at });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'sponsored_post.corrected',
      subjectKind: 'post',
      subjectId: post.id,
      changes: {
        isSponsored: { from: before?.isSponsored ?? null, to: input.isSponsored },
        brands: { from: before?.brands ?? [], to: input.isSponsored === null ? [] : brands },
        reason: input.reason,
      },
    });
    const followers = person.profiles.find((profile) => profile.id === post.profileId)?.followers ?? null;
    const [described] = await describeAll(tx, workspaceId, { posts: [post], followers });
    if (described === undefined) throw notFound('post');
    return described;
  });
}

async function findPost(tx: Tx, workspaceId: string, of: { personId: string; postId: string }): Promise<Post> {
  let cursor: string | undefined;
  for (let page = 0; page < postPagesMax; page += 1) {
    const posts = await listPosts(tx, workspaceId, { personId: of.personId, limit: 500, cursor });
    const found = posts.rows.find((post) => post.id === of.postId);
    if (found !== undefined) return found;
    if (posts.nextCursor === null) break;
    cursor = posts.nextCursor;
  }
  throw notFound('post');
}

/** Of 500 posts each: more than anybody posts in a lifetime. */
const postPagesMax = 200;

async function describeAll(
  tx: Tx,
  workspaceId: string,
  of: { posts: readonly Post[]; followers: number | null },
): Promise<DealPost[]> {
  const words = await readSponsoredWords(
    tx,
    workspaceId,
    of.posts.map((post) => post.id),
  );
  return of.posts.map((post) => {
    const { handle, platform } = post;
    const vetted = toPost(post);
    const rated = ratedPosts([vetted], of.followers, scoredDefinition(platform))[0];
    const profile = { platform, handle, bio: null, category: null, isPrivate: null };
    return describePost({ profile, sponsoredWords: words }, vetted, {
      deal: findDeal(vetted, handle, words.get(post.id)),
      rates: new Map(rated === undefined ? [] : [[post.id, rated.rate]]),
    });
  });
}
