import { type Selectable, sql } from 'kysely';
import type { AuditEntry as AuditTable } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type AuditRow = Selectable<AuditTable>;

export interface AuditFilter {
  workspaceId: string;
  timeZone: string;
  subjectKind?: string | undefined;
  subjectId?: string | undefined;
  actorId?: string | undefined;
  action?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Where the page before ended, in microseconds since 1970. */
  after: { at: string; id: string } | null;
  limit: number;
}

/** Entries newest first, ties by id; one more than the limit, to know whether there is a next page. A Date has only milliseconds. */
export function auditEntries(tx: Tx, filter: AuditFilter): Promise<(AuditRow & { atMicroseconds: string })[]> {
  const { timeZone } = filter;
  let asked = tx
    .selectFrom('audit_entry')
    .selectAll()
    .select(sql<string>`(extract(epoch from at) * 1000000)::int8::text`.as('atMicroseconds'))
    .where('workspace_id', '=', filter.workspaceId);
  if (filter.subjectKind !== undefined) asked = asked.where('subject_kind', '=', filter.subjectKind);
  if (filter.subjectId !== undefined) asked = asked.where('subject_id', '=', filter.subjectId);
  if (filter.actorId !== undefined) asked = asked.where('actor_id', '=', filter.actorId);
  if (filter.action !== undefined) {
    const action = filter.action;
    asked = asked.where((where) =>
      where.or([where('action', '=', action), sql<boolean>`starts_with(action, ${`${action}.`})`]),
    );
  }
  if (filter.from !== undefined)
    asked = asked.where(sql<boolean>`at >= (${filter.from}::date)::timestamp at time zone ${timeZone}`);
  if (filter.to !== undefined)
    asked = asked.where(sql<boolean>`at < (${filter.to}::date + 1)::timestamp at time zone ${timeZone}`);
  if (filter.after !== null)
    asked = asked.where(
      sql<boolean>`(at, id) < (timestamptz 'epoch' + ${filter.after.at}::int8 * interval '1 microsecond', ${filter.after.id})`,
    );
  return asked
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute();
}

const actorsMax = 200;

/** Who appears in the trail, under the name they had last. */
export async function auditActors(tx: Tx, workspaceId: string): Promise<{ id: string; name: string }[]> {
  const rows = await tx
    .selectFrom('audit_entry')
    .distinctOn('actor_id')
    .select(['actor_id as id', 'actor_name as name'])
    .where('workspace_id', '=', workspaceId)
    .orderBy('actor_id')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(actorsMax)
    .execute();
  return rows.toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

export async function auditActions(tx: Tx, workspaceId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('audit_entry')
    .select('action')
    .distinct()
    .where('workspace_id', '=', workspaceId)
    .orderBy('action')
    .execute();
  return rows.map((row) => row.action);
}
