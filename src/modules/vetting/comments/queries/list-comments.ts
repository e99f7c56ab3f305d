import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { vettingError } from '../../errors.ts';

export interface ClassRow {
  comment_id: string;
  post_id: string;
  profile_id: string;
  author_key: string | null;
  is_own: boolean;
  is_due: boolean;
  commented_at: Date | null;
  model_version: string | null;
  language: string | null;
  language_confidence: number | null;
  kind: string | null;
  is_spam: boolean | null;
  sentiment: string | null;
  intents: string[] | null;
  target: string | null;
  model_kind: string | null;
  model_is_spam: boolean | null;
  model_sentiment: string | null;
  model_intents: string[] | null;
  model_target: string | null;
  spam_probability: number | null;
  sentiment_score: number | null;
  sentiment_confidence: number | null;
  reasons: unknown;
  duplicate_group: string | null;
  fixed_kind: string | null;
  fixed_is_spam: boolean | null;
  fixed_sentiment: string | null;
  fixed_intents: string[] | null;
  fixed_target: string | null;
}

export interface CommentFilter {
  profileId: string;
  kinds?: readonly string[] | undefined;
  sentiments?: readonly string[] | undefined;
  intents?: readonly string[] | undefined;
  targets?: readonly string[] | undefined;
  languages?: readonly string[] | undefined;
  isSpam?: boolean | undefined;
  isCorrected?: boolean | undefined;
  /** Between these two; null is always. */
  during: { since: Date; until: Date } | null;
  postId?: string | undefined;
  duplicateGroup?: string | undefined;
  podId?: string | undefined;
}

const columns = sql`comment_id, post_id, profile_id, author_key, is_own, is_due, commented_at, model_version, language, language_confidence, kind, is_spam,
  sentiment, intents, target, model_kind, model_is_spam, model_sentiment, model_intents, model_target, spam_probability, sentiment_score,
  sentiment_confidence, reasons, duplicate_group, fixed_kind, fixed_is_spam, fixed_sentiment, fixed_intents, fixed_target`;

/** Comments that fit, newest first, those without a date last. Grouped: of nearly the same ones only the newest. Error: vetting.bad_cursor. */
export async function pageClasses(
  tx: Tx,
  workspaceId: string,
  query: CommentFilter & { isGrouped: boolean; limit: number; cursor?: string | undefined },
): Promise<Page<ClassRow>> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const source = query.isGrouped
    ? sql`(select *, row_number() over (partition by coalesce(duplicate_group, comment_id) order by commented_at desc nulls last, comment_id desc) as place
        from comment_class where ${fits(workspaceId, query)}) c`
    : sql`(select *, 1 as place from comment_class where ${fits(workspaceId, query)}) c`;
  const { rows } = await sql<ClassRow & { sort_key: string }>`
    select ${columns}, coalesce(commented_at, '-infinity')::text as sort_key from ${source}
    where place = 1
      ${after === null ? sql`` : sql`and (coalesce(commented_at, '-infinity'), comment_id) < (${after.at}::timestamptz, ${after.id})`}
    order by commented_at desc nulls last, comment_id desc limit ${query.limit + 1}`.execute(tx);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: rows.length > query.limit && last !== undefined ? encodeCursor([last.sort_key, last.comment_id]) : null,
  };
}

/** The rows of comments by id; those of other workspaces are not there. */
export async function selectClasses(tx: Tx, workspaceId: string, commentIds: readonly string[]): Promise<ClassRow[]> {
  const { rows } = await sql<ClassRow>`
    select ${columns} from comment_class where workspace_id = ${workspaceId} and comment_id = any(${[...commentIds]}::text[])
    order by comment_id`.execute(tx);
  return rows;
}

function fits(workspaceId: string, filter: CommentFilter) {
  const among = (column: string, values: readonly string[] | undefined) =>
    values === undefined || values.length === 0 ? sql`` : sql`and ${sql.ref(column)} = any(${[...values]}::text[])`;
  return sql`workspace_id = ${workspaceId} and profile_id = ${filter.profileId}
    ${among('kind', filter.kinds)} ${among('sentiment', filter.sentiments)} ${among('target', filter.targets)} ${among('language', filter.languages)}
    ${filter.intents === undefined || filter.intents.length === 0 ? sql`` : sql`and intents && ${[...filter.intents]}::text[]`}
    ${filter.isSpam === undefined ? sql`` : sql`and is_spam = ${filter.isSpam}`}
    ${
      filter.isCorrected === undefined
        ? sql``
        : sql`and (num_nonnulls(fixed_kind, fixed_is_spam, fixed_sentiment, fixed_intents, fixed_target) > 0) = ${filter.isCorrected}`
    }
    ${filter.during === null ? sql`` : sql`and commented_at between ${filter.during.since} and ${filter.during.until}`}
    ${filter.postId === undefined ? sql`` : sql`and post_id = ${filter.postId}`}
    ${filter.duplicateGroup === undefined ? sql`` : sql`and duplicate_group = ${filter.duplicateGroup}`}
    ${
      filter.podId === undefined
        ? sql``
        : sql`and author_key in (select author_key from comment_pod_member where workspace_id = ${workspaceId} and pod_id = ${filter.podId})`
    }`;
}

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at !== 'string' || typeof id !== 'string' || !/^(-infinity|\d{4}[-\d :.+]{6,40})$/.test(at)) {
    throw vettingError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
      { field: 'cursor', message: 'Not a cursor of this list' },
    ]);
  }
  return { at, id };
}
