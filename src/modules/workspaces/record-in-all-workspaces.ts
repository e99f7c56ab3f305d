import type { Tx } from '#infra/db/database.ts';
import { membershipsOf } from './queries/members.ts';
import { type AuditRecord, recordAudits } from './record-audit.ts';

/** Records a change of a person in every workspace they work in: each of them has the right to know. */
export async function recordInAllWorkspaces(
  tx: Tx,
  personId: string,
  what: Omit<AuditRecord, 'workspaceId' | 'subjectKind' | 'subjectId'>,
): Promise<void> {
  const memberships = await membershipsOf(tx, personId);
  const about = { ...what, subjectKind: 'user', subjectId: personId };
  await recordAudits(
    tx,
    memberships.map(({ workspace }) => ({ ...about, workspaceId: workspace.id })),
  );
}
