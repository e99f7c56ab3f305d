import { sql } from 'kysely';
import pg from 'pg';
import { newId } from '#kernel/id.ts';
import type { Clock } from '../clock.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Logger } from '../log.ts';

export interface OutboxEvent {
  workspaceId: string;
  id: string;
  name: string;
  payload: unknown;
  createdAt: Date;
}

/** A reaction to events of other modules. It is called at least once per event, so it is idempotent by event id. */
export interface Consumer {
  /** Unique, stable: deliveries are stored under it. */
  name: string;
  events: string[];
  /** Handles a batch in the order of the events' ids. A throw delays the whole batch and tries it again. */
  handle(events: OutboxEvent[]): Promise<void>;
}

const channel = 'rapport_outbox';
const batchMax = 200;
const leaseSeconds = 120;
const attemptsMax = 25;
const pollMs = 2000;

export interface Outbox {
  /** Writes the event and one delivery per consumer into the transaction of the change. */
  emit(tx: Tx, event: { workspaceId: string; name: string; payload: unknown }): Promise<void>;
  /** The same for many events of one workspace, in three statements however many they are. */
  emitAll(tx: Tx, events: readonly { workspaceId: string; name: string; payload: unknown }[]): Promise<void>;
  subscribe(consumer: Consumer): void;
  /** Tells soon after something happened in a workspace, in this process or in another one; may tell twice or for nothing. */
  onNews(listener: (workspaceId: string) => void): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when no delivery is due; for tests and for the end of an import. */
  settle(timeoutMs?: number): Promise<void>;
}

export function createOutbox(db: Database, clock: Clock, log: Logger): Outbox {
  const consumers: Consumer[] = [];
  const listeners: ((workspaceId: string) => void)[] = [];
  let listener: pg.Client | null = null;
  let running = false;
  let wake: () => void = () => undefined;
  let loop: Promise<void> = Promise.resolve();

  const listen = async () => {
    const client = new pg.Client({ connectionString: db.urls.system });
    client.on('notification', ({ payload }) => {
      wake();
      if (payload) for (const listener of listeners) listener(payload);
    });
    client.on('error', () => {
      listener = null;
    });
    await client.connect();
    await client.query(`listen ${channel}`);
    listener = client;
  };

  const runLoop = async () => {
    while (running) {
      let worked = false;
      for (const consumer of consumers) {
        if (!running) break;
        worked = (await deliverOnce(db, consumer, log)) || worked;
      }
      if (worked || !running) continue;
      if (listener === null) await listen().catch(() => undefined);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  return {
    emit: async (tx, event) => {
      const id = newId('event', clock.now().getTime());
      await tx
        .insertInto('outbox')
        .values({ workspace_id: event.workspaceId, id, name: event.name, payload: JSON.stringify(event.payload) })
        .execute();
      const interested = consumers.filter((consumer) => consumer.events.includes(event.name));
      if (interested.length > 0) {
        await tx
          .insertInto('outbox_delivery')
          .values(
            interested.map((consumer) => ({ workspace_id: event.workspaceId, event_id: id, consumer: consumer.name })),
          )
          .execute();
      }
      await sql`select pg_notify(${channel}, ${event.workspaceId})`.execute(tx);
    },
    emitAll: async (tx, events) => {
      const [first] = events;
      if (first === undefined) return;
      const now = clock.now().getTime();
      const rows = events.map((event) => ({
        ...event,
        id: newId('event', now),
        payload: JSON.stringify(event.payload),
      }));
      await sql`
        insert into outbox (workspace_id, id, name, payload)
        select new.workspace_id, new.id, new.name, new.payload::jsonb
        from unnest(${rows.map((row) => row.workspaceId)}::text[], ${rows.map((row) => row.id)}::text[],
          ${rows.map((row) => row.name)}::text[], ${rows.map((row) => row.payload)}::text[]) as new (workspace_id, id, name, payload)`.execute(
        tx,
      );
      const due = rows.flatMap((row) =>
        consumers
          .filter((consumer) => consumer.events.includes(row.name))
          .map((consumer) => ({ workspaceId: row.workspaceId, eventId: row.id, consumer: consumer.name })),
      );
      if (due.length > 0)
        await sql`
          insert into outbox_delivery (workspace_id, event_id, consumer)
          select * from unnest(${due.map((row) => row.workspaceId)}::text[], ${due.map((row) => row.eventId)}::text[],
            ${due.map((row) => row.consumer)}::text[])`.execute(tx);
      await sql`select pg_notify(${channel}, ${first.workspaceId})`.execute(tx);
    },
    subscribe: (consumer) => {
      if (consumers.some((other) => other.name === consumer.name))
        throw new Error(`Two consumers are named ${consumer.name}`);
      consumers.push(consumer);
    },
    onNews: (listener) => void listeners.push(listener),
    start: async () => {
      running = true;
      await listen();
      loop = runLoop().catch((error) => log.error({ err: error }, 'the outbox stopped'));
    },
    stop: async () => {
      running = false;
      wake();
      await loop;
      await listener?.end().catch(() => undefined);
      listener = null;
    },
    settle: async (timeoutMs = 10_000) => {
      const names = consumers.map((consumer) => consumer.name);
      const until = Date.now() + timeoutMs;
      while (Date.now() < until && names.length > 0) {
        const { n } = await db.asSystem((tx) =>
          tx
            .selectFrom('outbox_delivery')
            .select(sql<bigint>`count(*)`.as('n'))
            .where('consumer', 'in', names)
            .executeTakeFirstOrThrow(),
        );
        if (n === 0n) return;
        wake();
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
  };
}

/** Claims a batch under a lease, hands it over, deletes it; a failure leaves it due again later. True when there was work. */
async function deliverOnce(db: Database, consumer: Consumer, log: Logger): Promise<boolean> {
  let events: OutboxEvent[];
  try {
    events = await db.asSystem((tx) => claim(tx, consumer.name));
  } catch (error) {
    log.warn({ err: error, consumer: consumer.name }, 'the outbox could not be read, trying again');
    return false;
  }
  if (events.length === 0) return false;
  const ids = events.map((event) => event.id);
  try {
    await consumer.handle(events);
    await db.asSystem((tx) =>
      tx.deleteFrom('outbox_delivery').where('consumer', '=', consumer.name).where('event_id', 'in', ids).execute(),
    );
  } catch (error) {
    log.error(
      { err: error, consumer: consumer.name, events: ids.length },
      'a consumer failed, its events will be tried again',
    );
    const message = error instanceof Error ? error.message.slice(0, 500) : String(error);
    await db
      .asSystem((tx) =>
        tx
          .updateTable('outbox_delivery')
          .set({ last_error: message, due_at: sql`now() + least(power(2, attempts), 600) * interval '1 second'` })
          .where('consumer', '=', consumer.name)
          .where('event_id', 'in', ids)
          .execute(),
      )
      .catch(() => undefined);
  }
  return true;
}

async function claim(tx: Tx, consumer: string): Promise<OutboxEvent[]> {
  const { rows } = await sql<{ workspace_id: string; id: string; name: string; payload: unknown; created_at: Date }>`
    with due as (
      select workspace_id, event_id from outbox_delivery
      where consumer = ${consumer} and due_at <= now() and attempts < ${attemptsMax}
      order by event_id limit ${batchMax} for update skip locked
    ), leased as (
      update outbox_delivery d
      set attempts = d.attempts + 1, due_at = now() + ${leaseSeconds} * interval '1 second'
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
