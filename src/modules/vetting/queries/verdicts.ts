import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import type { Verdict } from '../api.ts';
import { readCursor } from './reports.ts';

export async function insertVerdict(
  tx: Tx,
  workspaceId: string,
  row: Verdict & { personId: string; decidedById: string },
): Promise<void> {
  await tx
    .insertInto('vetting_verdict')
    .values({
      workspace_id: workspaceId,
      id: row.id,
      person_id: row.personId,
      point: row.point,
      verdict: row.verdict,
      reason: row.reason,
      decided_by: row.decidedById,
      decided_by_name: row.decidedBy,
      decided_at: row.decidedAt,
    })
    .execute();
}

/** The newest verdict per point. */
export async function newestVerdicts(tx: Tx, workspaceId: string, personId: string): Promise<Verdict[]> {
  const rows = await tx
    .selectFrom('vetting_verdict')
    .selectAll()
    .distinctOn('point')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .orderBy('point')
    .orderBy('decided_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toVerdict);
}

/** Every verdict on a person, newest first. */
export async function pageVerdicts(
  tx: Tx,
  workspaceId: string,
  query: { personId: string; limit: number; cursor?: string | undefined },
): Promise<Page<Verdict>> {
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  const rows = await tx
    .selectFrom('vetting_verdict')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', query.personId)
    .$if(after !== null, (select) =>
      select.where(sql<boolean>`(decided_at, id) < (${after?.at ?? ''}::timestamptz, ${after?.id ?? ''})`),
    )
    .orderBy('decided_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const page = rows.slice(0, query.limit).map(toVerdict);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: rows.length > query.limit && last !== undefined ? encodeCursor([last.decidedAt, last.id]) : null,
  };
}

interface VerdictRow {
  id: string;
  point: string;
  verdict: string;
  reason: string;
  decided_by_name: string;
  decided_at: Date;
}

function toVerdict(row: VerdictRow): Verdict {
  return {
    id: row.id,
    point: row.point as Verdict['point'],
    verdict: row.verdict as Verdict['verdict'],
    reason: row.reason,
    decidedBy: row.decided_by_name,
    decidedAt: row.decided_at.toISOString(),
  };
}
