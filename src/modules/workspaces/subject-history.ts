import type { Tx } from '#infra/db/database.ts';
import { type AuditRow, auditEntries } from './queries/audit.ts';

/** What the trail says of one subject, newest first; for pages that show a thing's own history. */
export async function readSubjectHistory(
  tx: Tx,
  workspaceId: string,
  of: { subjectKind: string; subjectId: string; limit: number },
): Promise<{ at: Date; actorName: string; action: string; changes: unknown }[]> {
  const rows: AuditRow[] = await auditEntries(tx, { ...of, workspaceId, timeZone: 'UTC', after: null });
  return rows
    .slice(0, of.limit)
    .map((row) => ({ at: row.at, actorName: row.actor_name, action: row.action, changes: row.changes }));
}
