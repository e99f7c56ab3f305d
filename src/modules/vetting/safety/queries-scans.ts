import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** Marks persons to be searched; those that do not exist are left out. */
export async function markSafetyDue(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<void> {
  await sql`
    insert into safety_scan (workspace_id, person_id, due_at)
    select ${workspaceId}, p.id, clock_timestamp() from person p where p.workspace_id = ${workspaceId} and p.id = any(${personIds}::text[])
    order by p.id
    on conflict (workspace_id, person_id) do update set due_at = excluded.due_at`.execute(tx);
}

/** Marks everybody of a workspace, those who were never noted included. */
export async function markAllSafetyDue(tx: Tx, workspaceId: string): Promise<void> {
  await sql`
    insert into safety_scan (workspace_id, person_id, due_at)
    select ${workspaceId}, p.id, clock_timestamp() from person p where p.workspace_id = ${workspaceId}
    order by p.id
    on conflict (workspace_id, person_id) do update set due_at = excluded.due_at`.execute(tx);
}

/** Marks everybody who was searched by other shipped lists than these. For the system role. */
export async function markOtherLists(tx: Tx, shippedVersion: string): Promise<void> {
  await sql`
    update safety_scan set due_at = clock_timestamp()
    where due_at is null and lists_version is not null and split_part(lists_version, '/', 1) <> ${shippedVersion}`.execute(
    tx,
  );
}

/** Workspaces with somebody to search. For the system role. */
export async function workspacesWithDue(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    select w.id as workspace_id from workspace w
    where exists (select from safety_scan s where s.workspace_id = w.id and s.due_at is not null) order by 1`.execute(
    tx,
  );
  return rows.map((row) => row.workspace_id);
}

export interface DueScan {
  personId: string;
  dueAt: string;
}

/** Persons to search, of those marked longest ago, each by one transaction at a time. Marks are text to the microsecond, so that a newer one is told apart. */
export async function selectSafetyDue(
  tx: Tx,
  workspaceId: string,
  of: { limit: number; personIds?: readonly string[] },
): Promise<DueScan[]> {
  // Locked in the order in which persons are marked, so that the two never wait for each other.
  const { rows } = await sql<DueScan>`
    with next as materialized (
      select person_id from safety_scan
      where workspace_id = ${workspaceId} and due_at is not null
        ${of.personIds === undefined ? sql`` : sql`and person_id = any(${of.personIds}::text[])`}
      order by due_at, person_id limit ${of.limit}
    )
    select s.person_id as "personId", s.due_at::text as "dueAt" from safety_scan s join next on s.person_id = next.person_id
    where s.workspace_id = ${workspaceId} and s.due_at is not null
    order by s.person_id for update of s`.execute(tx);
  return rows;
}

export async function countSafetyDue(tx: Tx, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from safety_scan where workspace_id = ${workspaceId} and due_at is not null`.execute(tx);
  return rows[0]?.n ?? 0;
}

export interface ScanDone extends DueScan {
  texts: number;
}

/** Notes that persons were searched. A mark made in the meantime stays. */
export async function saveScans(
  tx: Tx,
  workspaceId: string,
  done: { scans: readonly ScanDone[]; at: Date; listsVersion: string },
): Promise<void> {
  await sql`
    update safety_scan s set scanned_at = ${done.at}, lists_version = ${done.listsVersion}, texts = g.texts,
      due_at = case when s.due_at = g."dueAt"::timestamptz then null else s.due_at end
    from jsonb_to_recordset(${JSON.stringify(done.scans)}::jsonb) as g ("personId" text, "dueAt" text, texts int)
    where s.workspace_id = ${workspaceId} and s.person_id = g."personId"`.execute(tx);
}

export interface ScanState {
  personId: string;
  isDue: boolean;
  scannedAt: Date | null;
  listsVersion: string | null;
  texts: number;
}

export async function readScans(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, ScanState>> {
  const { rows } = await sql<ScanState>`
    select person_id as "personId", due_at is not null as "isDue", scanned_at as "scannedAt", lists_version as "listsVersion", texts
    from safety_scan where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.personId, row]));
}
