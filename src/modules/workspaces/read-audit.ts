import { z } from 'zod';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { type AuditEntry, auditEntrySchema, type listAudit, type listAuditFilters } from './api.ts';
import { invalidField } from './errors.ts';
import { getWorkspace } from './get-workspace.ts';
import { type AuditRow, auditActions, auditActors, auditEntries } from './queries/audit.ts';

// Microseconds since 1970, and the id that breaks ties.
const cursorSchema = z.tuple([z.string().regex(/^\d{1,17}$/), z.string()]);

/** A page of the audit trail, newest first. Error: workspaces.invalid for a cursor that is none. */
export function readAudit(infra: Infra, call: Call<typeof listAudit>): Promise<Page<AuditEntry>> {
  const { workspaceId, input } = call;
  const after = readCursor(input.cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const found = await auditEntries(tx, { ...input, workspaceId, timeZone, after });
    const rows = found.slice(0, input.limit);
    const last = found.length > input.limit ? rows.at(-1) : undefined;
    return {
      rows: rows.map(toEntry),
      nextCursor: last === undefined ? null : encodeCursor([last.atMicroseconds, last.id]),
    };
  });
}

export function readAuditFilters(
  infra: Infra,
  call: Call<typeof listAuditFilters>,
): Promise<OutputOf<typeof listAuditFilters>> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => ({
    actors: await auditActors(tx, workspaceId),
    actions: await auditActions(tx, workspaceId),
  }));
}

function readCursor(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null;
  const parsed = cursorSchema.safeParse(decodeCursor(cursor));
  if (!parsed.success) throw invalidField('cursor', 'is not a cursor of this list; leave it out to begin');
  const [at, id] = parsed.data;
  return { at, id };
}

function toEntry(row: AuditRow): AuditEntry {
  return auditEntrySchema.parse({
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    action: row.action,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    changes: row.changes,
    requestId: row.request_id,
  });
}
