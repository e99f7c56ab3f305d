import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { CommentReason } from '../../api.ts';
import type { ClassifiedComment } from '../classify-comment.ts';

export interface KnownComment {
  commentId: string;
  postId: string;
  profileId: string;
  authorKey: string | null;
  isOwn: boolean;
  commentedAt: Date | null;
}

/** Notes comments to be read; one that is known already is read again. */
export async function markDue(tx: Tx, workspaceId: string, comments: readonly KnownComment[]): Promise<void> {
  if (comments.length === 0) return;
  const rows = JSON.stringify(
    comments.map((one) => ({
      comment_id: one.commentId,
      post_id: one.postId,
      profile_id: one.profileId,
      author_key: one.authorKey,
      is_own: one.isOwn,
      commented_at: one.commentedAt,
    })),
  );
  await sql`
    insert into comment_class (workspace_id, comment_id, post_id, profile_id, author_key, is_own, commented_at)
    select ${workspaceId}, r.* from jsonb_to_recordset(${rows}::jsonb)
      as r (comment_id text, post_id text, profile_id text, author_key text, is_own boolean, commented_at timestamptz)
    order by r.comment_id
    on conflict (workspace_id, comment_id) do update set is_due = true, author_key = excluded.author_key, is_own = excluded.is_own,
      commented_at = excluded.commented_at`.execute(tx);
}

/** Takes the next comments that are due and holds them: a change of their text waits for the end of the transaction and makes them due again. */
export async function takeDue(tx: Tx, workspaceId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ comment_id: string }>`
    select comment_id from comment_class where workspace_id = ${workspaceId} and is_due
    order by comment_id limit ${limit} for update skip locked`.execute(tx);
  return rows.map((row) => row.comment_id);
}

export interface ReadComment {
  commentId: string;
  classified: ClassifiedComment;
  wordCount: number;
  signature: Uint8Array | null;
}

/** Stores what comments were read as, beside what people set. Whether a label of a person or of the machine counts follows in the table. */
export async function storeRead(
  tx: Tx,
  workspaceId: string,
  what: { comments: readonly ReadComment[]; modelVersion: string; at: Date },
): Promise<void> {
  const rows = JSON.stringify(
    what.comments.map(({ commentId, classified: found, wordCount, signature }) => ({
      comment_id: commentId,
      language: found.language.code,
      language_confidence: found.language.confidence,
      kind: found.kind,
      spam_probability: found.spam,
      is_spam: found.isSpam,
      sentiment: found.sentiment.label,
      sentiment_score: found.sentiment.score,
      sentiment_confidence: found.sentiment.confidence,
      intents: found.intents,
      target: found.target,
      word_count: wordCount,
      reasons: found.reasons satisfies CommentReason[],
      signature: signature === null ? null : Buffer.from(signature).toString('hex'),
    })),
  );
  await sql`
    update comment_class c set is_due = false, model_version = ${what.modelVersion}, classified_at = ${what.at}, language = r.language,
      language_confidence = r.language_confidence, model_kind = r.kind, spam_probability = r.spam_probability, model_is_spam = r.is_spam,
      model_sentiment = r.sentiment, sentiment_score = r.sentiment_score, sentiment_confidence = r.sentiment_confidence, model_intents = r.intents,
      model_target = r.target, word_count = r.word_count, reasons = r.reasons, signature = decode(r.signature, 'hex'),
      duplicate_group = case when r.signature is null then null else c.duplicate_group end
    from jsonb_to_recordset(${rows}::jsonb) as r (comment_id text, language text, language_confidence real, kind text, spam_probability real,
      is_spam boolean, sentiment text, sentiment_score real, sentiment_confidence real, intents text[], target text, word_count int, reasons jsonb,
      signature text)
    where c.workspace_id = ${workspaceId} and c.comment_id = r.comment_id`.execute(tx);
}

export async function countRead(tx: Tx, workspaceId: string): Promise<{ total: number; read: number }> {
  const row = await tx
    .selectFrom('comment_class')
    .select([sql<bigint>`count(*)`.as('total'), sql<bigint>`count(*) filter (where not is_due)`.as('read')])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return { total: Number(row.total), read: Number(row.read) };
}

/** Workspaces with comments to be read. For the system role. */
export async function workspacesWithDue(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    select distinct workspace_id from comment_class where is_due order by workspace_id`.execute(tx);
  return rows.map((row) => row.workspace_id);
}

/** Makes comments that another version of the models read due again, at most `limit` at once; how many there were. For the system role. */
export async function outdate(tx: Tx, of: { modelVersion: string; limit: number }): Promise<number> {
  const { rows } = await sql`
    update comment_class c set is_due = true
    from (select workspace_id, comment_id from comment_class where not is_due and model_version <> ${of.modelVersion} limit ${of.limit}) old
    where c.workspace_id = old.workspace_id and c.comment_id = old.comment_id
    returning 1`.execute(tx);
  return rows.length;
}

export interface SignedComment {
  id: string;
  signature: Uint8Array;
  group: string | null;
}

/** Signatures of the comments that have one, newest first. */
export async function selectSignatures(
  tx: Tx,
  workspaceId: string,
  page: { before: string | null; limit: number },
): Promise<SignedComment[]> {
  const rows = await tx
    .selectFrom('comment_class')
    .select(['comment_id', 'signature', 'duplicate_group'])
    .where('workspace_id', '=', workspaceId)
    .where('signature', 'is not', null)
    .where('is_own', '=', false)
    .$if(page.before !== null, (select) => select.where('comment_id', '<', page.before ?? ''))
    .orderBy('comment_id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.flatMap((row) =>
    row.signature === null ? [] : [{ id: row.comment_id, signature: row.signature, group: row.duplicate_group }],
  );
}

/** Writes the groups of comments whose group changed, and says under which profiles they stand. */
export async function setGroups(
  tx: Tx,
  workspaceId: string,
  changes: readonly { id: string; group: string | null }[],
): Promise<string[]> {
  const { rows } = await sql<{ profile_id: string }>`
    update comment_class c set duplicate_group = r.group_id
    from unnest(${changes.map((one) => one.id)}::text[], ${changes.map((one) => one.group)}::text[]) as r (id, group_id)
    where c.workspace_id = ${workspaceId} and c.comment_id = r.id
    returning c.profile_id`.execute(tx);
  return [...new Set(rows.map((row) => row.profile_id))];
}
