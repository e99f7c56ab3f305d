import { sql } from 'kysely';
import type { Database, Tx } from '#infra/db/database.ts';

export interface DeliveryKey {
  workspaceId: string;
  sourceId: string;
  deliveryId: string;
}

interface Source {
  workspaceId: string;
  sourceId: string;
}

export const intakeOutcomes = ['applied', 'unchanged', 'refused', 'unused', 'test'] as const;
export type IntakeOutcome = (typeof intakeOutcomes)[number];

export interface IntakeRow {
  delivery_id: string;
  topic: string | null;
  outcome: IntakeOutcome | null;
  answer: unknown;
  body: Buffer;
  conversion_id: string | null;
}

export interface ArrivedDelivery {
  deliveryId: string;
  topic: string | null;
  body: Buffer;
}

/** Stores what arrived. Returns the ids of what is new; a delivery that is being stored elsewhere is waited for. */
export async function insertIntakes(tx: Tx, of: Source, arrived: readonly ArrivedDelivery[]): Promise<Set<string>> {
  if (arrived.length === 0) return new Set();
  const { rows } = await sql<{ delivery_id: string }>`
    insert into order_intake (workspace_id, source_id, delivery_id, topic, body)
    select ${of.workspaceId}, ${of.sourceId}, i.id, i.topic, i.body
    from unnest(${arrived.map((one) => one.deliveryId)}::text[], ${arrived.map((one) => one.topic)}::text[], ${arrived.map((one) => one.body)}::bytea[])
      as i (id, topic, body) order by i.id
    on conflict (workspace_id, source_id, delivery_id) do nothing
    returning delivery_id`.execute(tx);
  return new Set(rows.map((row) => row.delivery_id));
}

export async function lockIntakes(tx: Tx, of: Source, deliveryIds: readonly string[]): Promise<Map<string, IntakeRow>> {
  if (deliveryIds.length === 0) return new Map();
  const { rows } = await sql<IntakeRow>`
    select delivery_id, topic, outcome, answer, body, conversion_id from order_intake
    where workspace_id = ${of.workspaceId} and source_id = ${of.sourceId} and delivery_id = any(${[...deliveryIds]}::text[])
    order by delivery_id for update`.execute(tx);
  return new Map(rows.map((row) => [row.delivery_id, row]));
}

export interface ClosedIntake {
  deliveryId: string;
  outcome: IntakeOutcome;
  answer: unknown;
  conversionId: string | null;
  /** What is kept of it. */
  body: string;
}

/** Writes what deliveries came to; `isReplay` counts the reading. */
export async function closeIntakes(
  tx: Tx,
  of: Source & { isReplay?: boolean },
  ends: readonly ClosedIntake[],
): Promise<void> {
  if (ends.length === 0) return;
  await sql`
    update order_intake i set outcome = e.outcome, answer = e.answer::jsonb, conversion_id = e.conversion_id, body = e.body,
      replays = i.replays + ${of.isReplay === true ? 1 : 0}
    from unnest(${ends.map((end) => end.deliveryId)}::text[], ${ends.map((end) => end.outcome)}::text[], ${ends.map((end) => JSON.stringify(end.answer))}::text[],
      ${ends.map((end) => end.conversionId)}::text[], ${ends.map((end) => Buffer.from(end.body))}::bytea[]) as e (id, outcome, answer, conversion_id, body)
    where i.workspace_id = ${of.workspaceId} and i.source_id = ${of.sourceId} and i.delivery_id = e.id`.execute(tx);
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
  topic: string | null;
  received_at: Date;
  outcome: IntakeOutcome | null;
  message: string | null;
  conversion_id: string | null;
  replays: number;
  sort_key: string;
}

const deliveryColumns = sql`delivery_id, topic, received_at, outcome, coalesce(answer #>> '{error,message}', answer #>> '{notices,0,message}') as message,
  conversion_id, replays, (extract(epoch from received_at) * 1000000)::bigint::text as sort_key`;

/** What arrived from a source, or of an order, newest first. */
export async function selectDeliveries(
  tx: Tx,
  of: {
    workspaceId: string;
    sourceId?: string;
    conversionId?: string;
    outcome?: IntakeOutcome | 'waiting' | undefined;
    limit: number;
    after: { key: string; id: string } | null;
  },
): Promise<DeliveryRow[]> {
  const conditions = [
    sql`workspace_id = ${of.workspaceId}`,
    of.sourceId === undefined ? null : sql`source_id = ${of.sourceId}`,
    of.conversionId === undefined ? null : sql`conversion_id = ${of.conversionId}`,
    of.outcome === undefined ? null : of.outcome === 'waiting' ? sql`outcome is null` : sql`outcome = ${of.outcome}`,
    of.after === null
      ? null
      : sql`((extract(epoch from received_at) * 1000000)::bigint, delivery_id) < (${of.after.key}::bigint, ${of.after.id})`,
  ].filter((condition) => condition !== null);
  const { rows } = await sql<DeliveryRow>`
    select ${deliveryColumns} from order_intake where ${sql.join(conditions, sql` and `)}
    order by received_at desc, delivery_id desc limit ${of.limit}`.execute(tx);
  return rows;
}

/** What is kept of one delivery; undefined when there is none. */
export async function selectDelivery(
  tx: Tx,
  key: DeliveryKey,
): Promise<(DeliveryRow & { body: Buffer; answer: unknown }) | undefined> {
  const { rows } = await sql<DeliveryRow & { body: Buffer; answer: unknown }>`
    select ${deliveryColumns}, body, answer from order_intake
    where workspace_id = ${key.workspaceId} and source_id = ${key.sourceId} and delivery_id = ${key.deliveryId}`.execute(
    tx,
  );
  return rows[0];
}
