import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { urlKey } from '#modules/campaigns/index.ts';
import type { Post } from '#modules/creators/api.ts';
import { listPosts } from '#modules/creators/index.ts';
import type { SeenPost } from './api.ts';

const postsPage = 500;
const pagesMax = 6;

/** The creator's imported post with this address, among the newest 3,000; null when none is. */
export async function findPost(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; url: string; postId: string | null },
): Promise<Post | null> {
  const key = urlKey(of.url);
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page += 1) {
    const posts = await listPosts(tx, workspaceId, { personId: of.personId, limit: postsPage, cursor });
    const found = posts.rows.find(
      (post) => post.id === of.postId || (post.url !== null && urlKey(post.url) === key) || isIdIn(post, of.url),
    );
    if (found !== undefined) return found;
    if (posts.nextCursor === null) return null;
    cursor = posts.nextCursor;
  }
  return null;
}

/** Posts that came without an address are known by the platform's id, which stands in it as a whole part. */
function isIdIn(post: Post, url: string): boolean {
  if (post.url !== null || post.externalId.length < 6) return false;
  return url.split(/[/?&=#]/).includes(post.externalId);
}

export function toSeen(post: Post): SeenPost {
  return {
    url: post.url,
    caption: post.caption,
    postedAt: post.postedAt,
    handle: post.handle,
    isPaidLabel: post.isPaidLabel,
    isGone: false,
    source: post.source,
    observedAt: post.observedAt,
  };
}

const goneStatuses = new Set([404, 410]);

/**
 * Asks the address of a post whether it is still there. Only a plain "not found" counts: platforms answer strangers with sign-in pages, so
 * any other answer says nothing, and so does no answer.
 */
export async function askAddress(infra: Infra, url: string): Promise<SeenPost | null> {
  try {
    const answer = await infra.fetch(url, { timeoutMs: 15_000 });
    if (!goneStatuses.has(answer.status)) return null;
    return {
      url,
      caption: null,
      postedAt: null,
      handle: null,
      isPaidLabel: null,
      isGone: true,
      source: `${new URL(url).host}, which answered ${answer.status}`,
      observedAt: infra.clock.now().toISOString(),
    };
  } catch (error) {
    infra.log.debug({ err: error, host: new URL(url).host }, 'the address of a live post gave no answer');
    return null;
  }
}
