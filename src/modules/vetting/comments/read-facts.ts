import type { Tx } from '#infra/db/database.ts';
import { type CommentInPlace, readComments } from '#modules/creators/index.ts';
import type { Evidence } from '../api.ts';
import type { CommentFacts } from '../rules/subject.ts';
import { type FactRow, selectFacts } from './queries/facts.ts';
import { readSearch } from './queries/pods.ts';

const textCharactersMax = 200;

/** What the comments of profiles say, for their reports; profiles without comments are left out. */
export async function readCommentFacts(
  tx: Tx,
  workspaceId: string,
  of: { profileIds: readonly string[]; now: Date },
): Promise<Map<string, CommentFacts>> {
  const rows = await selectFacts(tx, workspaceId, of);
  if (rows.length === 0) return new Map();
  const ids = rows.flatMap((row) => idLists(row).flatMap((list) => list ?? []));
  const comments = new Map((await readComments(tx, workspaceId, [...new Set(ids)])).map((one) => [one.id, one]));
  const arePodsKnown = (await readSearch(tx, workspaceId))?.state === 'searched';
  return new Map(rows.map((row) => [row.profileId, toFacts(row, comments, arePodsKnown)]));
}

const idLists = (row: FactRow) => [
  row.lowIds,
  row.copiedIds,
  row.podIds,
  row.spamIds,
  row.negativeIds,
  row.purchaseIds,
];

function toFacts(row: FactRow, comments: ReadonlyMap<string, CommentInPlace>, arePodsKnown: boolean): CommentFacts {
  const evidence = (ids: string[] | null) =>
    (ids ?? []).flatMap((id) => {
      const comment = comments.get(id);
      return comment === undefined ? [] : [toEvidence(comment)];
    });
  const { profileId: _, newestAt, lowIds, copiedIds, podIds, spamIds, negativeIds, purchaseIds, ...counts } = row;
  return {
    ...counts,
    arePodsKnown,
    newestAt: newestAt?.toISOString() ?? null,
    rows: {
      low: evidence(lowIds),
      copied: evidence(copiedIds),
      pods: evidence(podIds),
      spam: evidence(spamIds),
      negative: evidence(negativeIds),
      purchase: evidence(purchaseIds),
    },
  };
}

function toEvidence(comment: CommentInPlace): Evidence {
  return {
    kind: 'comment',
    id: comment.id,
    at: comment.commentedAt?.toISOString() ?? null,
    url: comment.postUrl,
    label: comment.authorHandle === null ? 'Comment by somebody unnamed' : `@${comment.authorHandle.replace(/^@/, '')}`,
    value: comment.text.slice(0, textCharactersMax),
  };
}
