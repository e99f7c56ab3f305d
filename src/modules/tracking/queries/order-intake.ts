import { sql } from 'kysely';
import type { Database, Tx } from '#infra/db/database.ts';

export interface DeliveryKey {
  workspaceId: string;
  sourceId: string;
  deliveryId: string;
}

export interface IntakeRow {
  outcome: 'applied' | 'unchanged' | 'refused' | null;
  answer: unknown;
  body: Buffer;
  conversion_id: string | null;
}

/** Stores what arrived. False when a delivery of that id is there already (or is being stored: it is waited for). */
export async function insertIntake(tx: Tx, key: DeliveryKey, body: Buffer): Promise<boolean> {
  const row = await tx
    .insertInto('order_intake')
    .values({ workspace_id: key.workspaceId, source_id: key.sourceId, delivery_id: key.deliveryId, body })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'source_id', 'delivery_id']).doNothing())
    .returning('delivery_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function lockIntake(tx: Tx, key: DeliveryKey): Promise<IntakeRow | undefined> {
  const { rows } = await sql<IntakeRow>`
    select outcome, answer, body, conversion_id from order_intake
    where workspace_id = ${key.workspaceId} and source_id = ${key.sourceId} and delivery_id = ${key.deliveryId} for update`.execute(
    tx,
  );
  return rows[0];
}

export async function closeIntake(
  tx: Tx,
  key: DeliveryKey,
  end: { outcome: string; answer: unknown; conversionId: string | null; body: string },
): Promise<void> {
  await tx
    .updateTable('order_intake')
    .set({
      outcome: end.outcome,
      answer: JSON.stringify(end.answer),
      conversion_id: end.conversionId,
      body: Buffer.from(end.body),
    })
    .where('workspace_id', '=', key.workspaceId)
    .where('source_id', '=', key.sourceId)
    .where('delivery_id', '=', key.deliveryId)
    .execute();
}

/** Deliveries that were stored but not read, oldest first. */
export async function waitingIntakes(db: Database, before: Date, rowsMax: number): Promise<DeliveryKey[]> {
  const rows = await db.asSystem((tx) =>
    tx
      .selectFrom('order_intake')
      .select(['workspace_id as workspaceId', 'source_id as sourceId', 'delivery_id as deliveryId'])
      .where('outcome', 'is', null)
      .where('received_at', '<', before)
      .orderBy('received_at')
      .limit(rowsMax)
      .execute(),
  );
  return rows;
}

export interface DeliveryRow {
  delivery_id: string;
  received_at: Date;
  outcome: 'applied' | 'unchanged' | 'refused' | null;
  message: string | null;
  conversion_id: string | null;
  sort_key: string;
}

export async function selectDeliveries(
  tx: Tx,
  of: { workspaceId: string; sourceId: string; limit: number; after: { key: string; id: string } | null },
): Promise<DeliveryRow[]> {
  const beyond =
    of.after === null
      ? sql`true`
      : sql`((extract(epoch from received_at) * 1000000)::bigint, delivery_id) < (${of.after.key}::bigint, ${of.after.id})`;
  const { rows } = await sql<DeliveryRow>`
    select delivery_id, received_at, outcome, coalesce(answer #>> '{error,message}', answer #>> '{notices,0,message}') as message, conversion_id,
      (extract(epoch from received_at) * 1000000)::bigint::text as sort_key
    from order_intake where workspace_id = ${of.workspaceId} and source_id = ${of.sourceId} and ${beyond}
    order by received_at desc, delivery_id desc limit ${of.limit}`.execute(tx);
  return rows;
}
