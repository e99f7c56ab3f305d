import type { Insertable, Selectable } from 'kysely';
import type { ContractEvent, ContractSignature, ContractVersion } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';
import type { Side } from '../api.ts';

export type VersionRow = Selectable<ContractVersion>;
export type SignatureRow = Selectable<ContractSignature>;
export type EventRow = Selectable<ContractEvent>;

const rowsMax = 500;

export async function insertVersions(tx: Tx, rows: readonly Insertable<ContractVersion>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsMax) {
    await tx
      .insertInto('contract_version')
      .values(rows.slice(at, at + rowsMax))
      .execute();
  }
}

/** Changes a version that was never offered. */
export async function updateDraft(
  tx: Tx,
  workspaceId: string,
  draft: Pick<
    Insertable<ContractVersion>,
    'contract_id' | 'version' | 'terms' | 'clauses' | 'parties' | 'by_name' | 'note' | 'made_at'
  >,
): Promise<void> {
  const { contract_id: contractId, version, ...set } = draft;
  await tx
    .updateTable('contract_version')
    .set({ ...set, document_file_id: null, document_hash: null })
    .where('workspace_id', '=', workspaceId)
    .where('contract_id', '=', contractId)
    .where('version', '=', version)
    .where('offered_at', 'is', null)
    .execute();
}

export async function setOffered(
  tx: Tx,
  workspaceId: string,
  of: { contractId: string; version: number; at: Date; note?: string | null },
): Promise<void> {
  await tx
    .updateTable('contract_version')
    .set({ offered_at: of.at, ...(of.note === undefined ? {} : { note: of.note }) })
    .where('workspace_id', '=', workspaceId)
    .where('contract_id', '=', of.contractId)
    .where('version', '=', of.version)
    .execute();
}

export async function selectVersions(tx: Tx, workspaceId: string, contractId: string): Promise<VersionRow[]> {
  return tx
    .selectFrom('contract_version')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('contract_id', '=', contractId)
    .orderBy('version', 'desc')
    .execute();
}

export async function selectVersion(
  tx: Tx,
  workspaceId: string,
  of: { contractId: string; version: number },
): Promise<VersionRow | undefined> {
  return tx
    .selectFrom('contract_version')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('contract_id', '=', of.contractId)
    .where('version', '=', of.version)
    .executeTakeFirst();
}

/** Ties the document to its version unless there is one. True when it was the first. A draft that changed meanwhile keeps none. */
export async function setDocument(
  tx: Tx,
  workspaceId: string,
  of: { contractId: string; version: number; madeAt: Date; fileId: string; hash: string },
): Promise<boolean> {
  const done = await tx
    .updateTable('contract_version')
    .set({ document_file_id: of.fileId, document_hash: of.hash })
    .where('workspace_id', '=', workspaceId)
    .where('contract_id', '=', of.contractId)
    .where('version', '=', of.version)
    .where('made_at', '=', of.madeAt)
    .where('document_file_id', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Ties the sealed document to its version unless there is one. True when it was the first. */
export async function setSealed(
  tx: Tx,
  workspaceId: string,
  of: { contractId: string; version: number; fileId: string; hash: string; at: Date; standard: string },
): Promise<boolean> {
  const done = await tx
    .updateTable('contract_version')
    .set({ sealed_file_id: of.fileId, sealed_hash: of.hash, sealed_at: of.at, sealed_standard: of.standard })
    .where('workspace_id', '=', workspaceId)
    .where('contract_id', '=', of.contractId)
    .where('version', '=', of.version)
    .where('sealed_file_id', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function insertSignature(tx: Tx, row: Insertable<ContractSignature>): Promise<void> {
  await tx.insertInto('contract_signature').values(row).execute();
}

/** In the order they were made. */
export async function selectSignatures(tx: Tx, workspaceId: string, contractId: string): Promise<SignatureRow[]> {
  return tx
    .selectFrom('contract_signature')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('contract_id', '=', contractId)
    .orderBy('signed_at')
    .orderBy('id')
    .execute();
}

export async function insertEvents(tx: Tx, rows: readonly Insertable<ContractEvent>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsMax) {
    await tx
      .insertInto('contract_event')
      .values(rows.slice(at, at + rowsMax))
      .execute();
  }
}

/** The newest first. */
export async function selectEvents(
  tx: Tx,
  workspaceId: string,
  of: { contractId: string; limit: number },
): Promise<EventRow[]> {
  return tx
    .selectFrom('contract_event')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('contract_id', '=', of.contractId)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(of.limit)
    .execute();
}

/** Whether somebody opened that very document. */
export async function hasOpened(
  tx: Tx,
  workspaceId: string,
  of: { contractId: string; version: number; hash: string; side: Side; byId: string },
): Promise<boolean> {
  const row = await tx
    .selectFrom('contract_event')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('contract_id', '=', of.contractId)
    .where('version', '=', of.version)
    .where('kind', '=', 'opened')
    .where('document_hash', '=', of.hash)
    .where('by_side', '=', of.side)
    .where('by_id', '=', of.byId)
    .executeTakeFirst();
  return row !== undefined;
}
