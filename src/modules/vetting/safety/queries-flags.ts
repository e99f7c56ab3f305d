import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import { type SafetyCategory, type SafetyFlag, safetyCategorySchema } from '../api.ts';
import { readCursor } from '../queries/reports.ts';
import { contextOf } from '../rules/safety-context.ts';

export interface FoundFlag {
  id: string;
  personId: string;
  profileId: string;
  place: 'post' | 'bio';
  placeId: string;
  category: string;
  word: string;
  language: string | null;
  listVersion: string;
  excerpt: string;
  postedAt: Date | null;
  url: string | null;
}

/**
 * Makes the flags of persons what was found: new ones are added, known ones keep their id and what was decided, those no longer found are marked as
 * gone. The same finding twice changes nothing.
 */
export async function syncSafetyFlags(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[]; found: readonly FoundFlag[]; at: Date },
): Promise<void> {
  const given = JSON.stringify(of.found);
  await sql`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb) as g (id text, "personId" text, "profileId" text, place text, "placeId" text, category text,
        word text, language text, "listVersion" text, excerpt text, "postedAt" timestamptz, url text)
    ), gone as (
      update safety_flag f set gone_at = ${of.at}
      where f.workspace_id = ${workspaceId} and f.person_id = any(${of.personIds}::text[]) and f.gone_at is null
        and not exists (select from given g where g."placeId" = f.place_id and g.category = f.category and g.word = f.word)
    )
    insert into safety_flag as f (workspace_id, id, person_id, profile_id, place, place_id, category, word, language, list_version, excerpt, posted_at, url, found_at)
    select ${workspaceId}, id, "personId", "profileId", place, "placeId", category, word, language, "listVersion", excerpt, "postedAt", url, ${of.at} from given
    on conflict (workspace_id, place_id, category, word) do update set person_id = excluded.person_id, profile_id = excluded.profile_id,
      list_version = excluded.list_version, language = excluded.language, excerpt = excluded.excerpt, posted_at = excluded.posted_at,
      url = excluded.url, gone_at = null
    where (f.person_id, f.profile_id, f.list_version, f.excerpt, f.posted_at, f.url, f.gone_at)
      is distinct from (excluded.person_id, excluded.profile_id, excluded.list_version, excluded.excerpt, excluded.posted_at, excluded.url, null)`.execute(
    tx,
  );
}

interface FlagRow {
  id: string;
  person_id: string;
  profile_id: string;
  place: string;
  place_id: string;
  category: string;
  word: string;
  language: string | null;
  list_version: string;
  excerpt: string;
  posted_at: Date | null;
  url: string | null;
  found_at: Date;
  state: string;
  reason: string | null;
  decided_by_name: string | null;
  decided_at: Date | null;
}

export interface FlagQuery {
  personId?: string | undefined;
  category?: SafetyCategory | undefined;
  state: 'open' | 'dismissed' | 'all';
  limit: number;
  cursor?: string | undefined;
}

/** Flags whose words still stand, newest found first. Error: vetting.bad_cursor. */
export async function pageSafetyFlags(tx: Tx, workspaceId: string, query: FlagQuery): Promise<Page<SafetyFlag>> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const rows = await tx
    .selectFrom('safety_flag')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('gone_at', 'is', null)
    .$if(query.personId !== undefined, (select) => select.where('person_id', '=', query.personId ?? ''))
    .$if(query.category !== undefined, (select) => select.where('category', '=', query.category ?? ''))
    .$if(query.state !== 'all', (select) => select.where('state', '=', query.state))
    .$if(after !== null, (select) =>
      select.where(sql<boolean>`(found_at, id) < (${after?.at ?? ''}::timestamptz, ${after?.id ?? ''})`),
    )
    .orderBy('found_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const flags = rows.slice(0, query.limit).map(toFlag);
  const last = flags.at(-1);
  const hasMore = rows.length > query.limit && last !== undefined;
  return { rows: flags, nextCursor: hasMore ? encodeCursor([last.foundAt, last.id]) : null };
}

function toFlag(row: FlagRow): SafetyFlag {
  return {
    id: row.id,
    personId: row.person_id,
    profileId: row.profile_id,
    place: row.place === 'bio' ? 'bio' : 'post',
    placeId: row.place_id,
    category: safetyCategorySchema.parse(row.category),
    word: row.word,
    language: row.language,
    listVersion: row.list_version,
    excerpt: row.excerpt,
    context: contextOf(row.excerpt, row.word),
    postedAt: row.posted_at?.toISOString() ?? null,
    url: row.url,
    foundAt: row.found_at.toISOString(),
    state: row.state === 'dismissed' ? 'dismissed' : 'open',
    reason: row.reason,
    decidedBy: row.decided_by_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}

export async function findSafetyFlag(tx: Tx, workspaceId: string, id: string): Promise<SafetyFlag | null> {
  const row = await tx
    .selectFrom('safety_flag')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('gone_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : toFlag(row);
}

export async function updateSafetyFlag(
  tx: Tx,
  workspaceId: string,
  change: { id: string; state: 'open' | 'dismissed'; reason: string; by: { id: string; name: string }; at: Date },
): Promise<void> {
  await tx
    .updateTable('safety_flag')
    .set({
      state: change.state,
      reason: change.reason === '' ? null : change.reason,
      decided_by: change.by.id,
      decided_by_name: change.by.name,
      decided_at: change.at,
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', change.id)
    .execute();
}

export interface FlagCount {
  personId: string;
  profileId: string;
  category: string;
  open: number;
  dismissed: number;
  words: string[];
  postIds: string[];
}

/** Flags by profile and category: how many are open and dismissed, with the open words and posts. */
export async function countSafetyFlags(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<FlagCount[]> {
  const { rows } = await sql<FlagCount>`
    select person_id as "personId", profile_id as "profileId", category,
      (count(*) filter (where state = 'open'))::int as open, (count(*) filter (where state = 'dismissed'))::int as dismissed,
      coalesce(array_agg(distinct word) filter (where state = 'open'), '{}') as words,
      coalesce(array_agg(distinct place_id) filter (where state = 'open'), '{}') as "postIds"
    from safety_flag where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[]) and gone_at is null
    group by 1, 2, 3 order by 1, 2, 3`.execute(tx);
  return rows;
}

/** After a merge the flags of the absorbed person are the kept one's; a scan that follows makes them exact. */
export async function moveSafetyFlags(tx: Tx, workspaceId: string, from: string, to: string): Promise<void> {
  await tx
    .updateTable('safety_flag')
    .set({ person_id: to })
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', from)
    .execute();
}

/** What people dismissed, as "place category word". */
export async function dismissedSafetyKeys(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`
    select place_id || ' ' || category || ' ' || word as key from safety_flag
    where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[]) and state = 'dismissed'`.execute(tx);
  return new Set(rows.map((row) => row.key));
}
