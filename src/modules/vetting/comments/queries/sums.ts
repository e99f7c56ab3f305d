import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { dayMs } from '#kernel/time.ts';
import { commentIntents, commentKinds, commentTargets, sentiments } from '../../api.ts';

/** Counts over comments; what is not the creator's own and has been read stands in `n` and all below it. */
export interface CommentCounts {
  n: number;
  unread: number;
  corrected: number;
  undated: number;
  /** Dated later than can be: in all time, but in no period and never the newest. */
  ahead: number;
  spam: number;
  kinds: Record<string, number>;
  sentiments: Record<string, number>;
  intents: Record<string, number>;
  targets: Record<string, number>;
  newestAt: Date | null;
}

export interface CountScope {
  now: Date;
  profileId?: string;
  postIds?: readonly string[];
  since?: Date | null;
}

const isCounted = sql`not is_own and kind is not null`;
const isFixed = sql`num_nonnulls(fixed_kind, fixed_is_spam, fixed_sentiment, fixed_intents, fixed_target) > 0`;

/** Clocks go wrong by hours; what is dated more than a day ahead is no date. */
const latestOf = (now: Date) => new Date(now.getTime() + dayMs);

const parts: { name: string; when: RawBuilder<unknown> }[] = [
  { name: 'spam', when: sql`is_spam` },
  { name: 'corrected', when: isFixed },
  { name: 'undated', when: sql`commented_at is null` },
  ...commentKinds.map((name) => ({ name: `kind ${name}`, when: sql`kind = ${sql.lit(name)}` })),
  ...sentiments.map((name) => ({ name: `sentiment ${name}`, when: sql`sentiment = ${sql.lit(name)}` })),
  ...commentIntents.map((name) => ({ name: `intent ${name}`, when: sql`${sql.lit(name)} = any(intents)` })),
  ...commentTargets.map((name) => ({ name: `target ${name}`, when: sql`target = ${sql.lit(name)}` })),
];

const countsAt = (now: Date) =>
  sql.join([
    sql`count(*) filter (where ${isCounted})::int as n`,
    sql`count(*) filter (where is_due and not is_own)::int as unread`,
    sql`max(commented_at) filter (where ${isCounted} and commented_at <= ${latestOf(now)}) as newest_at`,
    sql`count(*) filter (where ${isCounted} and commented_at > ${latestOf(now)})::int as ahead`,
    ...parts.map(({ name, when }) => sql`count(*) filter (where ${isCounted} and ${when})::int as ${sql.ref(name)}`),
  ]);

type CountRow = Record<string, number | Date | string | null>;

function inScope(workspaceId: string, scope: CountScope) {
  const { profileId, postIds, since = null, now } = scope;
  return sql`workspace_id = ${workspaceId}
    ${profileId === undefined ? sql`` : sql`and profile_id = ${profileId}`}
    ${postIds === undefined ? sql`` : sql`and post_id = any(${[...postIds]}::text[])`}
    ${since === null ? sql`` : sql`and commented_at >= ${since} and commented_at <= ${latestOf(now)}`}`;
}

/** Counts over all comments in the scope. */
export async function countComments(tx: Tx, workspaceId: string, scope: CountScope): Promise<CommentCounts> {
  const { rows } =
    await sql<CountRow>`select ${countsAt(scope.now)} from comment_class where ${inScope(workspaceId, scope)}`.execute(
      tx,
    );
  return toCounts(rows[0] ?? {});
}

/** Counts per post; a post without comments is in none. */
export async function countByPost(
  tx: Tx,
  workspaceId: string,
  scope: { postIds: readonly string[]; now: Date },
): Promise<Map<string, CommentCounts>> {
  const { rows } = await sql<CountRow>`
    select post_id, ${countsAt(scope.now)} from comment_class where ${inScope(workspaceId, scope)} group by post_id order by post_id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [String(row.post_id), toCounts(row)]));
}

const languagesMax = 12;

export async function countLanguages(
  tx: Tx,
  workspaceId: string,
  scope: CountScope,
): Promise<{ language: string; count: number }[]> {
  const { rows } = await sql<{ language: string; count: number }>`
    select language, count(*)::int as count from comment_class
    where ${inScope(workspaceId, scope)} and ${isCounted} and language is not null
    group by language order by count(*) desc, language limit ${languagesMax}`.execute(tx);
  return rows;
}

export interface WeekRow {
  week: string;
  n: number;
  positive: number;
  neutral: number;
  negative: number;
}

const weeksMax = 104;

/** Sentiment a week of the calendar, oldest first. */
export async function countWeeks(
  tx: Tx,
  workspaceId: string,
  of: { profileId: string; now: Date },
): Promise<WeekRow[]> {
  const { rows } = await sql<WeekRow>`
    select * from (
      select date_trunc('week', commented_at at time zone 'UTC')::date::text as week, count(*)::int as n,
        count(*) filter (where sentiment = 'positive')::int as positive, count(*) filter (where sentiment = 'neutral')::int as neutral,
        count(*) filter (where sentiment = 'negative')::int as negative
      from comment_class
      where workspace_id = ${workspaceId} and profile_id = ${of.profileId} and commented_at <= ${latestOf(of.now)} and ${isCounted}
      group by 1 order by 1 desc limit ${weeksMax}
    ) newest order by week`.execute(tx);
  return rows;
}

/** How many comments of a profile are known and read. */
export async function countProgress(
  tx: Tx,
  workspaceId: string,
  profileId: string,
): Promise<{ total: number; read: number }> {
  const { rows } = await sql<{ total: number; read: number }>`
    select count(*)::int as total, count(*) filter (where not is_due)::int as read from comment_class
    where workspace_id = ${workspaceId} and profile_id = ${profileId}`.execute(tx);
  return rows[0] ?? { total: 0, read: 0 };
}

function toCounts(row: CountRow): CommentCounts {
  const number = (name: string) => Number(row[name] ?? 0);
  const group = (prefix: string, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, number(`${prefix} ${name}`)]));
  return {
    n: number('n'),
    unread: number('unread'),
    corrected: number('corrected'),
    undated: number('undated'),
    ahead: number('ahead'),
    spam: number('spam'),
    kinds: group('kind', commentKinds),
    sentiments: group('sentiment', sentiments),
    intents: group('intent', commentIntents),
    targets: group('target', commentTargets),
    newestAt: row.newest_at instanceof Date ? row.newest_at : null,
  };
}
