import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { LinkRow } from './sessions.ts';

export interface LinkFilter {
  workspaceId: string;
  personId?: string | undefined;
  isWaiting?: boolean | undefined;
  limit: number;
  /** Id of the last link of the page before. */
  after: string | null;
}

/** Newest first. One waits when its holder asked for a new link, and no later one was made for them since. */
export function selectLinks(tx: Tx, filter: LinkFilter): Promise<LinkRow[]> {
  let rows = tx.selectFrom('portal_link as l').selectAll().where('l.workspace_id', '=', filter.workspaceId);
  if (filter.personId !== undefined) rows = rows.where('l.person_id', '=', filter.personId);
  if (filter.after !== null) rows = rows.where('l.id', '<', filter.after);
  if (filter.isWaiting === true)
    rows = rows
      .where('l.asked_state', '=', 'waits')
      .where(
        sql<boolean>`not exists (select from portal_link n where n.workspace_id = l.workspace_id and n.person_id = l.person_id and n.created_at > l.asked_at)`,
      );
  return rows.orderBy('l.id', 'desc').limit(filter.limit).execute();
}

export function linkById(tx: Tx, workspaceId: string, linkId: string): Promise<LinkRow | undefined> {
  return tx
    .selectFrom('portal_link')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', linkId)
    .forUpdate()
    .executeTakeFirst();
}

export async function setRevoked(tx: Tx, link: LinkRow, by: { name: string; at: Date }): Promise<void> {
  await tx
    .updateTable('portal_link')
    .set({ revoked_at: by.at, revoked_by: by.name })
    .where('workspace_id', '=', link.workspace_id)
    .where('id', '=', link.id)
    .execute();
}

export async function setMakesAccount(tx: Tx, workspaceId: string, linkId: string): Promise<void> {
  await tx
    .updateTable('portal_link')
    .set({ makes_account: true })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', linkId)
    .execute();
}

/** Points links, sessions and accounts of a merged person to the kept one. Doing it again finds nothing left to do. System role. */
export async function movePerson(
  tx: Tx,
  workspaceId: string,
  { fromPersonId, toPersonId }: { fromPersonId: string; toPersonId: string },
): Promise<void> {
  for (const table of ['portal_link', 'portal_entry', 'portal_account_person', 'application'] as const)
    await tx
      .updateTable(table)
      .set({ person_id: toPersonId })
      .where('workspace_id', '=', workspaceId)
      .where('person_id', '=', fromPersonId)
      .execute();
}
