import { sql } from 'kysely';
import type { Database, Tx } from '#infra/db/database.ts';

export interface SourceRow {
  id: string;
  name: string;
  kind: 'webhook' | 'api' | 'csv' | 'manual';
  created_at: Date;
  revoked_at: Date | null;
  previous_secret_until: Date | null;
  orders: bigint;
  last_received_at: Date | null;
}

const sourceColumns = sql`s.id, s.name, s.kind, s.created_at, s.revoked_at, s.previous_secret_until,
  (select count(*) from conversion c where c.workspace_id = s.workspace_id and c.source_id = s.id) as orders,
  (select max(i.received_at) from order_intake i where i.workspace_id = s.workspace_id and i.source_id = s.id) as last_received_at`;

export async function selectSources(tx: Tx, workspaceId: string): Promise<SourceRow[]> {
  const { rows } = await sql<SourceRow>`
    select ${sourceColumns} from order_source s where s.workspace_id = ${workspaceId} order by s.created_at, s.id`.execute(
    tx,
  );
  return rows;
}

export async function selectSource(tx: Tx, workspaceId: string, id: string): Promise<SourceRow | undefined> {
  const { rows } = await sql<SourceRow>`
    select ${sourceColumns} from order_source s where s.workspace_id = ${workspaceId} and s.id = ${id}`.execute(tx);
  return rows[0];
}

/** Inserts the source unless its name is taken; false then. */
export async function insertSource(
  tx: Tx,
  source: {
    workspaceId: string;
    id: string;
    name: string;
    kind: SourceRow['kind'];
    sealedSecret: string | null;
    createdBy: string;
  },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('order_source')
    .values({
      workspace_id: source.workspaceId,
      id: source.id,
      name: source.name,
      kind: source.kind,
      secret: source.sealedSecret,
      created_by: source.createdBy,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function findSourceByName(
  tx: Tx,
  workspaceId: string,
  name: string,
): Promise<{ id: string; kind: string; revoked_at: Date | null } | undefined> {
  return await tx
    .selectFrom('order_source')
    .select(['id', 'kind', 'revoked_at'])
    .where('workspace_id', '=', workspaceId)
    .where('name', '=', name)
    .executeTakeFirst();
}

/** Puts a new secret in place; the one before it stays valid until the time given. */
export async function rotateSecret(
  tx: Tx,
  of: { workspaceId: string; id: string; sealedSecret: string; previousUntil: Date },
): Promise<void> {
  await tx
    .updateTable('order_source')
    .set({ previous_secret: sql`secret`, previous_secret_until: of.previousUntil, secret: of.sealedSecret })
    .where('workspace_id', '=', of.workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export async function revokeSource(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx
    .updateTable('order_source')
    .set({ revoked_at: sql`coalesce(revoked_at, now())` })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

export interface SourceSecrets {
  workspace_id: string;
  secret: string | null;
  previous_secret: string | null;
  previous_secret_until: Date | null;
}

/** Secrets of a source that takes webhooks, found before the workspace is known. */
export async function findWebhookSource(db: Database, id: string): Promise<SourceSecrets | undefined> {
  return await db.asSystem((tx) =>
    tx
      .selectFrom('order_source')
      .select(['workspace_id', 'secret', 'previous_secret', 'previous_secret_until'])
      .where('id', '=', id)
      .where('kind', '=', 'webhook')
      .where('revoked_at', 'is', null)
      .executeTakeFirst(),
  );
}
