import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import { newId } from '#kernel/id.ts';

/** One change a person would ask "who did that?" about. */
export interface AuditRecord {
  workspaceId: string;
  actor: Actor;
  /** Null for what no request caused, such as a job. */
  requestId: string | null;
  /** `<subject>.<what happened>`, such as `campaign.created`. */
  action: string;
  subjectKind: string;
  subjectId: string;
  /** What changed, by field: `{ name: { from: 'Spring', to: 'Summer' } }`; free for acts that change no field. Never a secret. */
  changes?: Record<string, unknown>;
}

/** Writes the record in the transaction of the change itself: both are there, or neither. */
export async function recordAudit(tx: Tx, record: AuditRecord): Promise<void> {
  await recordAudits(tx, [record]);
}

/** As recordAudit, for many changes made at once: one statement a thousand rows. */
export async function recordAudits(tx: Tx, records: readonly AuditRecord[]): Promise<void> {
  for (let at = 0; at < records.length; at += rowsMax) {
    await tx
      .insertInto('audit_entry')
      .values(records.slice(at, at + rowsMax).map(toRow))
      .execute();
  }
}

const rowsMax = 1000;

function toRow(record: AuditRecord) {
  return {
    workspace_id: record.workspaceId,
    id: newId('auditEntry'),
    actor_kind: record.actor.kind,
    actor_id: record.actor.id,
    actor_name: record.actor.name,
    action: record.action,
    subject_kind: record.subjectKind,
    subject_id: record.subjectId,
    changes: JSON.stringify(record.changes ?? {}, (_, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    ),
    request_id: record.requestId,
  };
}
