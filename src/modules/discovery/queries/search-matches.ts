import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { SearchNotice } from '../api.ts';

/** Adds who was not matched before under a notice, or as known from the start (null); their ids. */
export async function insertMatches(
  tx: Tx,
  workspaceId: string,
  add: { searchId: string; personIds: readonly string[]; noticeId: string | null; foundAt: Date },
): Promise<string[]> {
  if (add.personIds.length === 0) return [];
  const { rows } = await sql<{ person_id: string }>`
    insert into search_match (workspace_id, search_id, person_id, found_at, notice_id)
    select ${workspaceId}, ${add.searchId}, given.id, ${add.foundAt}, ${add.noticeId}
    from unnest(${add.personIds}::text[]) as given (id)
    on conflict (workspace_id, search_id, person_id) do nothing
    returning person_id`.execute(tx);
  return rows.map((row) => row.person_id);
}

export async function insertNotice(
  tx: Tx,
  workspaceId: string,
  notice: { id: string; searchId: string; foundAt: Date; creators: number },
): Promise<void> {
  await tx
    .insertInto('search_notice')
    .values({
      workspace_id: workspaceId,
      id: notice.id,
      search_id: notice.searchId,
      found_at: notice.foundAt,
      creators: notice.creators,
    })
    .execute();
}

/** Says when a search was looked at, and why it could not be. */
export async function markChecked(
  tx: Tx,
  workspaceId: string,
  check: { searchId: string; checkedAt: Date | null; fault: string | null },
): Promise<void> {
  await tx
    .updateTable('saved_search')
    .set({ check_fault: check.fault, ...(check.checkedAt === null ? {} : { checked_at: check.checkedAt }) })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', check.searchId)
    .execute();
}

/** Notices stay as they were told. */
export async function forgetMatches(tx: Tx, workspaceId: string, searchId: string): Promise<void> {
  await tx
    .deleteFrom('search_match')
    .where('workspace_id', '=', workspaceId)
    .where('search_id', '=', searchId)
    .where('notice_id', 'is', null)
    .execute();
}

export async function forgetPersons(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  await tx
    .deleteFrom('search_match')
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`person_id = any(${personIds}::text[])`)
    .execute();
}

/** Searches with alerts, of one workspace or of all. */
export async function selectAlerts(
  tx: Tx,
  workspaceId: string | null,
): Promise<{ workspaceId: string; searchId: string }[]> {
  let query = tx.selectFrom('saved_search').select(['workspace_id', 'id']).where('alerts', '=', true);
  if (workspaceId !== null) query = query.where('workspace_id', '=', workspaceId);
  const rows = await query.orderBy('workspace_id').orderBy('id').execute();
  return rows.map((row) => ({ workspaceId: row.workspace_id, searchId: row.id }));
}

const noticeColumns = (tx: Tx, workspaceId: string, readerId: string) =>
  tx
    .selectFrom('search_notice as n')
    .innerJoin('saved_search as s', (join) =>
      join.onRef('s.workspace_id', '=', 'n.workspace_id').onRef('s.id', '=', 'n.search_id'),
    )
    .leftJoin('search_notice_seen as r', (join) =>
      join
        .onRef('r.workspace_id', '=', 'n.workspace_id')
        .onRef('r.notice_id', '=', 'n.id')
        .on('r.reader_id', '=', readerId),
    )
    .select(['n.id', 'n.search_id', 's.name', 'n.found_at', 'n.creators', 'r.seen_at'])
    .where('n.workspace_id', '=', workspaceId);

interface NoticeRow {
  id: string;
  search_id: string;
  name: string;
  found_at: Date;
  creators: number;
  seen_at: Date | null;
}

function toNotice(row: NoticeRow): SearchNotice {
  return {
    id: row.id,
    searchId: row.search_id,
    searchName: row.name,
    foundAt: row.found_at.toISOString(),
    creators: row.creators,
    isSeen: row.seen_at !== null,
  };
}

/** A page of notices, newest first. */
export async function selectNotices(
  tx: Tx,
  workspaceId: string,
  page: { readerId: string; beforeId: string | null; limit: number },
): Promise<SearchNotice[]> {
  let query = noticeColumns(tx, workspaceId, page.readerId);
  if (page.beforeId !== null) query = query.where('n.id', '<', page.beforeId);
  return (await query.orderBy('n.id', 'desc').limit(page.limit).execute()).map(toNotice);
}

export async function selectNotice(
  tx: Tx,
  workspaceId: string,
  of: { noticeId: string; readerId: string; personsMax: number },
): Promise<{ notice: SearchNotice; personIds: string[] } | null> {
  const row = await noticeColumns(tx, workspaceId, of.readerId).where('n.id', '=', of.noticeId).executeTakeFirst();
  if (row === undefined) return null;
  const persons = await tx
    .selectFrom('search_match')
    .select('person_id')
    .where('workspace_id', '=', workspaceId)
    .where('notice_id', '=', of.noticeId)
    .orderBy('person_id')
    .limit(of.personsMax)
    .execute();
  return { notice: toNotice(row), personIds: persons.map((person) => person.person_id) };
}

/** How many were not seen before. */
export async function markSeen(
  tx: Tx,
  workspaceId: string,
  seen: { noticeIds: readonly string[]; readerId: string; seenAt: Date },
): Promise<number> {
  const { rows } = await sql<{ notice_id: string }>`
    insert into search_notice_seen (workspace_id, notice_id, reader_id, seen_at)
    select n.workspace_id, n.id, ${seen.readerId}, ${seen.seenAt} from search_notice n
    where n.workspace_id = ${workspaceId} and n.id = any(${seen.noticeIds}::text[])
    on conflict (workspace_id, notice_id, reader_id) do nothing
    returning notice_id`.execute(tx);
  return rows.length;
}
