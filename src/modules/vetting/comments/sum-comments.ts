import type { Tx } from '#infra/db/database.ts';
import {
  type CommentShare,
  type CommentSums,
  commentIntents,
  commentKinds,
  commentTargets,
  sentiments,
} from '../api.ts';
import { wilsonInterval } from '../rules/statistics.ts';
import { type CommentCounts, type CountScope, countByPost, countComments, countLanguages } from './queries/sums.ts';

/** Fewer comments than this give counts, but no shares. */
export const commentsForShares = 20;

/**
 * Sums over the comments of posts, for each post and for all together: counts, and shares with Wilson intervals. Corrections count; the creator's own
 * comments and those not read yet do not. A post without comments has sums of 0 comments.
 */
export async function sumComments(
  tx: Tx,
  workspaceId: string,
  of: { postIds: readonly string[]; now: Date },
): Promise<{ posts: Map<string, CommentSums>; all: CommentSums }> {
  const counts = await countByPost(tx, workspaceId, of);
  return {
    posts: new Map([...new Set(of.postIds)].map((id) => [id, toSums(counts.get(id) ?? noCounts, [])])),
    all: await sumScope(tx, workspaceId, of),
  };
}

export async function sumScope(tx: Tx, workspaceId: string, scope: CountScope): Promise<CommentSums> {
  const counts = await countComments(tx, workspaceId, scope);
  return toSums(counts, counts.n === 0 ? [] : await countLanguages(tx, workspaceId, scope));
}

const noCounts: CommentCounts = {
  n: 0,
  unread: 0,
  corrected: 0,
  undated: 0,
  ahead: 0,
  spam: 0,
  kinds: {},
  sentiments: {},
  intents: {},
  targets: {},
  newestAt: null,
};

/** Counts as shares: which labels are few of many says nothing while the many are few. */
export function toSums(counts: CommentCounts, languages: CommentSums['languages']): CommentSums {
  const { n } = counts;
  const shares = (names: readonly string[], of: Record<string, number>, among: number) =>
    names.map((name) => shareOf(name, of[name] ?? 0, among));
  // Not every text has a sentiment that can be read; those that have none are in no share of it.
  const felt = sentiments.reduce((sum, name) => sum + (counts.sentiments[name] ?? 0), 0);
  return {
    n,
    unread: counts.unread,
    corrected: counts.corrected,
    undated: counts.undated,
    ahead: counts.ahead,
    isEnough: n >= commentsForShares,
    kinds: shares(commentKinds, counts.kinds, n),
    sentiments: shares(sentiments, counts.sentiments, felt),
    intents: shares(commentIntents, counts.intents, n),
    targets: shares(commentTargets, counts.targets, n),
    spam: shareOf('spam', counts.spam, n),
    languages,
    asOf: counts.newestAt?.toISOString() ?? null,
  };
}

function shareOf(name: string, count: number, n: number): CommentShare {
  const isEnough = n >= commentsForShares;
  return {
    name,
    count,
    n,
    share: isEnough ? count / n : null,
    interval: isEnough ? wilsonInterval(count, n) : null,
  };
}
