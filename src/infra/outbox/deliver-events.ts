import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database, Tx } from '../db/database.ts';
import type { Logger } from '../log.ts';
import type { Consumer, OutboxEvent } from './consumer.ts';

const batchMax = 200;
const leaseSeconds = 120;
const attemptsMax = 25;
/** Leases remembered while the database is away; those beyond wait for their end. */
const lostMax = 1000;

export interface Delivery {
  /** The consumers for whom something is due, in their order; none while the database is away. Lets go first what was held when it went. */
  readDue(consumers: readonly Consumer[]): Promise<Consumer[]>;
  /** Claims a batch under a lease, hands it over, deletes it; a failure leaves it due again later. True when there was work. */
  deliverOnce(consumer: Consumer): Promise<boolean>;
}

interface Lease {
  consumer: string;
  token: string;
}

/** Hands events to consumers, a batch at a time. */
export function createDelivery(db: Database, log: Logger): Delivery {
  // Batches of which the database could not be told how they ended, or whether they were claimed at all.
  const lost: Lease[] = [];
  const lose = (lease: Lease) => {
    if (lost.length < lostMax) lost.push(lease);
  };
  return {
    readDue: async (consumers) => {
      if (consumers.length === 0) return [];
      try {
        const held = [...lost];
        const due = await db.asSystem(async (tx) => {
          if (held.length > 0) await letGo(tx, held);
          return await selectDue(
            tx,
            consumers.map((consumer) => consumer.name),
          );
        });
        lost.splice(0, held.length);
        return consumers.filter((consumer) => due.has(consumer.name));
      } catch (error) {
        log.warn({ err: error }, 'the outbox could not be read, trying again');
        return [];
      }
    },
    deliverOnce: async (consumer) => {
      const lease = { consumer: consumer.name, token: randomUUID() };
      let events: OutboxEvent[];
      try {
        events = await db.asSystem((tx) => claim(tx, lease));
      } catch (error) {
        lose(lease);
        log.warn({ err: error, consumer: consumer.name }, 'the outbox could not be read, trying again');
        return false;
      }
      if (events.length === 0) return false;
      const ids = events.map((event) => event.id);
      try {
        await consumer.handle(events);
        await db.asSystem((tx) => end(tx, consumer.name, ids));
      } catch (error) {
        log.error(
          { err: error, consumer: consumer.name, events: ids.length },
          'a consumer failed, its events will be tried again',
        );
        const message = error instanceof Error ? error.message.slice(0, 500) : String(error);
        await db.asSystem((tx) => postpone(tx, { consumer: consumer.name, ids, message })).catch(() => lose(lease));
      }
      return true;
    },
  };
}

/** Which of these consumers have deliveries that are due; one look into the index for each. */
async function selectDue(tx: Tx, names: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${[...names]}::text[]) as name
    where exists (select from outbox_delivery d where d.consumer = name and d.due_at <= now() and d.attempts < ${attemptsMax})`.execute(
    tx,
  );
  return new Set(rows.map((row) => row.name));
}

async function claim(tx: Tx, { consumer, token }: Lease): Promise<OutboxEvent[]> {
  const { rows } = await sql<{ workspace_id: string; id: string; name: string; payload: unknown; created_at: Date }>`
    with due as (
      select workspace_id, event_id from outbox_delivery
      where consumer = ${consumer} and due_at <= now() and attempts < ${attemptsMax}
      order by event_id limit ${batchMax} for update skip locked
    ), leased as (
      update outbox_delivery d
      set attempts = d.attempts + 1, due_at = now() + ${leaseSeconds} * interval '1 second', lease = ${token}
      from due where d.consumer = ${consumer} and d.workspace_id = due.workspace_id and d.event_id = due.event_id
      returning d.workspace_id, d.event_id
    )
    select o.workspace_id, o.id, o.name, o.payload, o.created_at
    from leased join outbox o on o.workspace_id = leased.workspace_id and o.id = leased.event_id
    order by o.id`.execute(tx);
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    id: row.id,
    name: row.name,
    payload: row.payload,
    createdAt: row.created_at,
  }));
}

async function end(tx: Tx, consumer: string, ids: readonly string[]): Promise<void> {
  await sql`
    delete from outbox_delivery where consumer = ${consumer} and event_id = any(${[...ids]}::text[])`.execute(tx);
}

async function postpone(tx: Tx, of: { consumer: string; ids: readonly string[]; message: string }): Promise<void> {
  await sql`
    update outbox_delivery set last_error = ${of.message}, due_at = now() + least(power(2, attempts), 600) * interval '1 second'
    where consumer = ${of.consumer} and event_id = any(${[...of.ids]}::text[])`.execute(tx);
}

/** Makes what these leases still hold due at once, the try not counted: it was the database that failed. What another one claimed since is not theirs any more. */
async function letGo(tx: Tx, leases: readonly Lease[]): Promise<void> {
  await sql`
    update outbox_delivery d set due_at = now(), attempts = greatest(d.attempts - 1, 0), lease = null
    from unnest(${leases.map((one) => one.consumer)}::text[], ${leases.map((one) => one.token)}::text[]) as held (consumer, token)
    where d.consumer = held.consumer and d.lease = held.token`.execute(tx);
}
