import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { dayMs } from '#kernel/time.ts';
import { commentKinds } from '../../api.ts';

/** What the newest comments of one profile say, counted; ids of some behind each count. */
export interface FactRow {
  profileId: string;
  n: number;
  unread: number;
  corrected: number;
  named: number;
  authors: number;
  low: number;
  lowByMarked: number;
  copied: number;
  byPods: number;
  spam: number;
  negative: number;
  neutral: number;
  positive: number;
  purchase: number;
  questions: number;
  complaints: number;
  newestAt: Date | null;
  kinds: Record<string, number>;
  lowIds: string[] | null;
  copiedIds: string[] | null;
  podIds: string[] | null;
  spamIds: string[] | null;
  negativeIds: string[] | null;
  purchaseIds: string[] | null;
}

/** The newest comments of a profile that a report looks at. */
export const commentsInReport = 2000;
/** Rows shown behind a signal. */
const idsMax = 20;
/** A text that comes so often is a copy. */
const copiesMin = 3;

/** Counts of many profiles by one statement; the creator's own comments left out. A profile without comments has no row. */
export async function selectFacts(
  tx: Tx,
  workspaceId: string,
  of: { profileIds: readonly string[]; now: Date },
): Promise<FactRow[]> {
  const { profileIds } = of;
  if (profileIds.length === 0) return [];
  // What is dated more than a day ahead is left out of a report, as such posts are.
  const latest = new Date(of.now.getTime() + dayMs);
  const isLow = sql`(kind in ('emoji_only', 'tag_only') or word_count = 1)`;
  const some = (when: ReturnType<typeof sql>) =>
    sql`(array_agg(comment_id order by commented_at desc nulls last, comment_id) filter (where ${when}))[1:${sql.lit(idsMax)}]`;
  const count = (when: ReturnType<typeof sql>) => sql`(count(*) filter (where ${when}))::int`;
  const { rows } = await sql<FactRow>`
    with mine as materialized (
      select wanted.id as profile_id, c.* from unnest(${[...profileIds]}::text[]) as wanted (id) cross join lateral (
        select comment_id, author_key, commented_at, kind, is_spam, is_due, sentiment, intents, word_count, duplicate_group,
          num_nonnulls(fixed_kind, fixed_is_spam, fixed_sentiment, fixed_intents, fixed_target) > 0 as is_fixed
        from comment_class where workspace_id = ${workspaceId} and profile_id = wanted.id and not is_own
          and (commented_at > ${latest}) is not true
        order by commented_at desc nulls last, comment_id desc limit ${commentsInReport}
      ) c
    ), authors as materialized (
      select distinct author_key from mine where author_key is not null
    ), groups as materialized (
      select duplicate_group, count(*) as comments, count(distinct author_key) as authors from comment_class
      where workspace_id = ${workspaceId} and duplicate_group in (select duplicate_group from mine where duplicate_group is not null)
      group by duplicate_group
    ), pod_members as materialized (
      select m.author_key from comment_pod_member m join comment_pod p on p.workspace_id = ${workspaceId} and p.id = m.pod_id
      where m.workspace_id = ${workspaceId} and p.state = 'likely' and m.author_key in (select author_key from authors)
    ), spammers as materialized (
      select distinct c.author_key from authors a join comment_class c on c.workspace_id = ${workspaceId} and c.author_key = a.author_key where c.is_spam
    ), judged as (
      select mine.*, g.comments >= ${copiesMin} as is_copied, p.author_key is not null as is_by_pod,
        (s.author_key is not null or p.author_key is not null or mine.author_key ~ '[0-9]{5,}$'
          or mine.author_key in (select m.author_key from mine m join groups on groups.duplicate_group = m.duplicate_group
            where groups.authors >= ${copiesMin} and m.author_key is not null)) as is_by_marked
      from mine left join groups g on g.duplicate_group = mine.duplicate_group
        left join pod_members p on p.author_key = mine.author_key left join spammers s on s.author_key = mine.author_key
    )
    select profile_id as "profileId", ${count(sql`kind is not null`)} as n, ${count(sql`is_due`)} as unread,
      ${count(sql`is_fixed`)} as corrected, ${count(sql`kind is not null and author_key is not null`)} as named,
      count(distinct author_key)::int as authors, ${count(isLow)} as low, ${count(sql`${isLow} and is_by_marked`)} as "lowByMarked",
      ${count(sql`is_copied and kind is not null`)} as copied, ${count(sql`is_by_pod and kind is not null`)} as "byPods", ${count(sql`is_spam`)} as spam,
      ${count(sql`sentiment = 'negative'`)} as negative, ${count(sql`sentiment = 'neutral'`)} as neutral,
      ${count(sql`sentiment = 'positive'`)} as positive, ${count(sql`'purchase_intent' = any(intents)`)} as purchase,
      ${count(sql`'question' = any(intents)`)} as questions, ${count(sql`'complaint' = any(intents)`)} as complaints,
      max(commented_at) filter (where kind is not null) as "newestAt",
      jsonb_build_object(${sql.join(commentKinds.flatMap((kind) => [sql.lit(kind), count(sql`kind = ${sql.lit(kind)}`)]))}) as kinds,
      ${some(sql`${isLow} and is_by_marked`)} as "lowIds", ${some(sql`is_copied`)} as "copiedIds", ${some(sql`is_by_pod`)} as "podIds",
      ${some(sql`is_spam`)} as "spamIds", ${some(sql`sentiment = 'negative'`)} as "negativeIds",
      ${some(sql`'purchase_intent' = any(intents)`)} as "purchaseIds"
    from judged group by profile_id order by profile_id`.execute(tx);
  return rows;
}
