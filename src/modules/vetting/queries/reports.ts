import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import type { Report } from '../api.ts';
import { vettingError } from '../errors.ts';
import { unpackReport } from './pack-report.ts';

export interface StoredReport {
  report: Report;
  resultHash: string;
  isStale: boolean;
  /** Version of the workspace's points and rules. */
  rulesSet: number;
}

interface ReportRow {
  id: string;
  person_id: string;
  profile_id: string;
  is_main: boolean;
  computed_at: Date;
  checked_at: Date;
  result_hash: string;
  stale_at: Date | null;
  rules_set: number;
  report: unknown;
  packed: Buffer | null;
}

const columns = [
  'id',
  'person_id',
  'profile_id',
  'is_main',
  'computed_at',
  'checked_at',
  'result_hash',
  'stale_at',
  'rules_set',
  'report',
  'packed',
] as const;

/** The newest report of a profile. */
export async function findLatestReport(tx: Tx, workspaceId: string, profileId: string): Promise<StoredReport | null> {
  const row = await tx
    .selectFrom('vetting_report')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('profile_id', '=', profileId)
    .orderBy('computed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toStored(row);
}

export async function findReport(
  tx: Tx,
  workspaceId: string,
  key: { personId: string; reportId: string },
): Promise<Report | null> {
  const row = await tx
    .selectFrom('vetting_report')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', key.personId)
    .where('id', '=', key.reportId)
    .executeTakeFirst();
  return row === undefined ? null : toStored(row).report;
}

/** Reports of a profile, newest first, one more than a page so that the last can be held against the one before it. */
export async function pageReports(
  tx: Tx,
  workspaceId: string,
  query: { personId: string; profileId: string; limit: number; cursor?: string | undefined },
): Promise<Page<Report> & { before: Report | null }> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const rows = await tx
    .selectFrom('vetting_report')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', query.personId)
    .where('profile_id', '=', query.profileId)
    .$if(after !== null, (select) =>
      select.where(sql<boolean>`(computed_at, id) < (${after?.at ?? ''}::timestamptz, ${after?.id ?? ''})`),
    )
    .orderBy('computed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const reports = rows.map((row) => toStored(row).report);
  const page = reports.slice(0, query.limit);
  const last = page.at(-1);
  const hasMore = reports.length > query.limit;
  return {
    rows: page,
    nextCursor: hasMore && last !== undefined ? encodeCursor([last.computedAt, last.id]) : null,
    before: reports[query.limit] ?? null,
  };
}

/** Reads a cursor made of an instant and an id. Error: vetting.bad_cursor. */
export function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at !== 'string' || typeof id !== 'string' || Number.isNaN(Date.parse(at))) {
    throw vettingError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
      { field: 'cursor', message: 'Not a cursor of this list' },
    ]);
  }
  return { at, id };
}

/** Marks reports of persons, or of the whole workspace, to be computed again when next read. */
export async function markStale(
  tx: Tx,
  workspaceId: string,
  what: { personIds: readonly string[] | 'all'; at: Date },
): Promise<void> {
  await tx
    .updateTable('vetting_report')
    .set({ stale_at: what.at })
    .where('workspace_id', '=', workspaceId)
    .where('stale_at', 'is', null)
    .$if(what.personIds !== 'all', (update) =>
      update.where('person_id', '=', sql<string>`any(${what.personIds}::text[])`),
    )
    .execute();
}

/** After a merge what was said of the absorbed person is said of the kept one. */
export async function moveToPerson(tx: Tx, workspaceId: string, from: string, to: string): Promise<void> {
  for (const table of ['vetting_report', 'vetting_verdict'] as const) {
    await tx
      .updateTable(table)
      .set({ person_id: to })
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', from)
      .execute();
  }
}

/** After a split a profile's reports go with their profile. */
export async function moveReportsOfProfiles(
  tx: Tx,
  workspaceId: string,
  profileIds: readonly string[],
  to: string,
): Promise<void> {
  await tx
    .updateTable('vetting_report')
    .set({ person_id: to })
    .where('workspace_id', '=', workspaceId)
    .where('profile_id', '=', sql<string>`any(${profileIds}::text[])`)
    .execute();
}

// Ids and times of the row win over the copy inside.
function toStored(row: ReportRow): StoredReport {
  const report = unpackReport(row);
  return {
    report: {
      ...report,
      id: row.id,
      personId: row.person_id,
      profileId: row.profile_id,
      isMain: row.is_main,
      computedAt: row.computed_at.toISOString(),
      checkedAt: row.checked_at.toISOString(),
    },
    resultHash: row.result_hash,
    isStale: row.stale_at !== null,
    rulesSet: row.rules_set,
  };
}
