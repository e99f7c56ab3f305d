import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import { type CommentInPlace, readComments } from '#modules/creators/index.ts';
import { type ClassedComment, type CorrectedLabels, classedCommentSchema } from '../api.ts';
import { type AuthorMarks, selectAuthorMarks } from './queries/authors.ts';
import { newestCorrections, type StoredCorrection } from './queries/corrections.ts';
import { sizeGroups } from './queries/duplicates.ts';
import { type ClassRow, selectClasses } from './queries/list-comments.ts';

/** Stored rows as they are shown: with text, author's marks, copies and correction. Rows whose comment is gone are left out. */
export async function showComments(tx: Tx, workspaceId: string, rows: readonly ClassRow[]): Promise<ClassedComment[]> {
  const ids = rows.map((row) => row.comment_id);
  const placed = new Map((await readComments(tx, workspaceId, ids)).map((one) => [one.id, one]));
  const corrections = await newestCorrections(tx, workspaceId, ids);
  const sizes = await sizeGroups(tx, workspaceId, [...new Set(rows.flatMap((row) => row.duplicate_group ?? []))]);
  const authors = [...new Set(rows.flatMap((row) => row.author_key ?? []))];
  const marks = new Map((await selectAuthorMarks(tx, workspaceId, authors)).map((one) => [one.authorKey, one]));
  return rows.flatMap((row) => {
    const comment = placed.get(row.comment_id);
    if (comment === undefined) return [];
    return [
      toClassed(row, {
        comment,
        correction: corrections.get(row.comment_id) ?? null,
        marks: row.is_own || row.author_key === null ? undefined : marks.get(row.author_key),
        duplicates: row.duplicate_group === null ? 1 : (sizes.get(row.duplicate_group) ?? 1),
      }),
    ];
  });
}

/** One comment as it is shown. Error: not_found. */
export async function showComment(tx: Tx, workspaceId: string, commentId: string): Promise<ClassedComment> {
  const [shown] = await showComments(tx, workspaceId, await selectClasses(tx, workspaceId, [commentId]));
  if (shown === undefined) throw notFound('comment');
  return shown;
}

interface Beside {
  comment: CommentInPlace;
  correction: StoredCorrection | null;
  marks: AuthorMarks | undefined;
  duplicates: number;
}

function toClassed(row: ClassRow, { comment, correction, marks, duplicates }: Beside): ClassedComment {
  // Labels stand as text in the table, whose checks allow no others; parsing gives them their names back.
  return classedCommentSchema.parse({
    id: row.comment_id,
    postId: row.post_id,
    postUrl: comment.postUrl,
    postedAt: comment.postedAt?.toISOString() ?? null,
    profileId: row.profile_id,
    authorHandle: comment.authorHandle,
    isOwn: row.is_own,
    text: comment.text,
    likes: comment.likes,
    commentedAt: comment.commentedAt?.toISOString() ?? null,
    isRead: !row.is_due,
    kind: row.kind,
    isSpam: row.is_spam,
    sentiment: row.sentiment,
    intents: row.intents,
    target: row.target,
    model: {
      kind: row.model_kind,
      isSpam: row.model_is_spam,
      sentiment: row.model_sentiment,
      intents: row.model_intents,
      target: row.model_target,
      version: row.model_version,
      spamProbability: row.spam_probability,
    },
    language: row.language,
    languageConfidence: row.language_confidence,
    sentimentScore: row.sentiment_score,
    sentimentConfidence: row.sentiment_confidence,
    reasons: row.reasons,
    authorMarks: marks === undefined ? [] : describeMarks(marks),
    duplicateGroup: row.duplicate_group,
    duplicates,
    correction:
      correction === null
        ? null
        : {
            id: correction.id,
            labels: correction.after,
            reason: correction.reason,
            by: correction.byName,
            at: correction.at.toISOString(),
          },
  });
}

/** The labels of a row that a person has set. */
export function fixedLabels(row: ClassRow): CorrectedLabels {
  const set = {
    kind: row.fixed_kind,
    isSpam: row.fixed_is_spam,
    sentiment: row.fixed_sentiment,
    intents: row.fixed_intents,
    target: row.fixed_target,
  };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== null));
}

export function describeMarks(marks: AuthorMarks): ClassedComment['authorMarks'] {
  return [
    ...(marks.spam > 0
      ? [
          {
            name: 'spammer' as const,
            text: `wrote ${marks.spam === 1 ? 'a comment' : `${marks.spam} comments`} taken for spam`,
          },
        ]
      : []),
    ...(marks.isPodMember ? [{ name: 'pod_member' as const, text: 'belongs to a likely pod' }] : []),
    ...(marks.copied > 0
      ? [{ name: 'copied' as const, text: 'wrote a text that at least two others wrote as well' }]
      : []),
    ...(marks.hasMachineName ? [{ name: 'machine_name' as const, text: 'its name ends in five digits or more' }] : []),
  ];
}
