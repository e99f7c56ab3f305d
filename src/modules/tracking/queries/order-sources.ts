import { sql } from 'kysely';
import type { Database, Tx } from '#infra/db/database.ts';
import type { sourceKinds } from '../api.ts';

export interface SourceRow {
  id: string;
  name: string;
  kind: (typeof sourceKinds)[number];
  settings: Record<string, unknown>;
  created_at: Date;
  revoked_at: Date | null;
  previous_secret_until: Date | null;
  orders: bigint;
  last_received_at: Date | null;
}

const sourceColumns = sql`s.id, s.name, s.kind, s.settings, s.created_at, s.revoked_at, s.previous_secret_until,
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
    settings?: Record<string, unknown>;
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
      settings: JSON.stringify(source.settings ?? {}),
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

/** A source as the intake needs it. */
export interface IntakeSource {
  id: string;
  workspace_id: string;
  name: string;
  kind: SourceRow['kind'];
  settings: Record<string, unknown>;
  secret: string | null;
  previous_secret: string | null;
  previous_secret_until: Date | null;
  revoked_at: Date | null;
}

/** Sources by their ids, found before their workspaces are known. */
export async function findIntakeSources(db: Database, ids: readonly string[]): Promise<Map<string, IntakeSource>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.asSystem((tx) =>
    sql<IntakeSource>`
      select id, workspace_id, name, kind, settings, secret, previous_secret, previous_secret_until, revoked_at from order_source
      where id = any(${[...ids]}::text[])`.execute(tx),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export async function updateSource(
  tx: Tx,
  of: { workspaceId: string; id: string; name: string; settings: Record<string, unknown> },
): Promise<boolean> {
  const { rows } = await sql`
    update order_source s set name = ${of.name}, settings = ${JSON.stringify(of.settings)}::jsonb
    where s.workspace_id = ${of.workspaceId} and s.id = ${of.id}
      and not exists (select from order_source o where o.workspace_id = s.workspace_id and o.name = ${of.name} and o.id <> s.id)
    returning 1`.execute(tx);
  return rows.length > 0;
}
