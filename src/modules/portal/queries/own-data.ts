import type { Selectable } from 'kysely';
import type { PortalDeletion, PortalProof } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type DeletionRow = Selectable<PortalDeletion>;
export type ProofRow = Selectable<PortalProof>;

export function openDeletion(tx: Tx, workspaceId: string, personId: string): Promise<DeletionRow | undefined> {
  return tx
    .selectFrom('portal_deletion')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .where('state', '=', 'waits')
    .executeTakeFirst();
}

export function openDeletions(tx: Tx, workspaceId: string): Promise<DeletionRow[]> {
  return tx
    .selectFrom('portal_deletion')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'waits')
    .orderBy('asked_at')
    .orderBy('id')
    .limit(500)
    .execute();
}

export function lockDeletion(tx: Tx, workspaceId: string, deletionId: string): Promise<DeletionRow | undefined> {
  return tx
    .selectFrom('portal_deletion')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', deletionId)
    .forUpdate()
    .executeTakeFirst();
}

/** Asking again changes the open wish. */
export async function putDeletion(
  tx: Tx,
  row: {
    workspaceId: string;
    id: string;
    personId: string;
    askedBy: string;
    reason: string;
    isObjection: boolean;
    at: Date;
  },
): Promise<void> {
  await tx
    .insertInto('portal_deletion')
    .values({
      workspace_id: row.workspaceId,
      id: row.id,
      person_id: row.personId,
      asked_by: row.askedBy,
      reason: row.reason,
      is_objection: row.isObjection,
      asked_at: row.at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'person_id'])
        .where('state', '=', 'waits')
        .doUpdateSet({ reason: row.reason, is_objection: row.isObjection }),
    )
    .execute();
}

/** A wish that was done names nobody any more. */
export async function closeDeletion(
  tx: Tx,
  row: DeletionRow,
  how: { state: 'done' | 'taken_back'; by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('portal_deletion')
    .set({
      state: how.state,
      decided_by: how.by,
      decided_at: how.at,
      ...(how.state === 'done' ? { asked_by: '', reason: '' } : {}),
    })
    .where('workspace_id', '=', row.workspace_id)
    .where('id', '=', row.id)
    .execute();
}

export interface NewProof {
  workspaceId: string;
  id: string;
  personId: string;
  profileId: string | null;
  platform: string;
  handle: string;
  fileId: string;
  takenOn: string;
  figures: Record<string, number>;
  note: string;
  at: Date;
}

export async function insertProof(tx: Tx, row: NewProof): Promise<void> {
  await tx
    .insertInto('portal_proof')
    .values({
      workspace_id: row.workspaceId,
      id: row.id,
      person_id: row.personId,
      profile_id: row.profileId,
      platform: row.platform,
      handle: row.handle,
      file_id: row.fileId,
      taken_on: row.takenOn,
      figures: JSON.stringify(row.figures),
      note: row.note,
      created_at: row.at,
    })
    .execute();
}

export interface ProofFilter {
  workspaceId: string;
  personId?: string | undefined;
  state?: string | undefined;
  limit: number;
  after: string | null;
}

/** Newest first. */
export function selectProofs(tx: Tx, filter: ProofFilter): Promise<ProofRow[]> {
  let rows = tx.selectFrom('portal_proof').selectAll().where('workspace_id', '=', filter.workspaceId);
  if (filter.personId !== undefined) rows = rows.where('person_id', '=', filter.personId);
  if (filter.state !== undefined) rows = rows.where('state', '=', filter.state);
  if (filter.after !== null) rows = rows.where('id', '<', filter.after);
  return rows.orderBy('id', 'desc').limit(filter.limit).execute();
}

export function lockProof(tx: Tx, workspaceId: string, proofId: string): Promise<ProofRow | undefined> {
  return tx
    .selectFrom('portal_proof')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', proofId)
    .forUpdate()
    .executeTakeFirst();
}

export async function decideProofRow(
  tx: Tx,
  row: ProofRow,
  how: { state: 'taken' | 'refused'; by: string; at: Date; reason: string | null },
): Promise<void> {
  await tx
    .updateTable('portal_proof')
    .set({ state: how.state, decided_by: how.by, decided_at: how.at, decided_reason: how.reason })
    .where('workspace_id', '=', row.workspace_id)
    .where('id', '=', row.id)
    .execute();
}
