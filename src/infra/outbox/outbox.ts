import { sql } from 'kysely';
import pg from 'pg';
import { newId } from '#kernel/id.ts';
import type { Clock } from '../clock.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Logger } from '../log.ts';
import type { Consumer } from './consumer.ts';
import { createDelivery } from './deliver-events.ts';

export type { Consumer, OutboxEvent } from './consumer.ts';

const channel = 'rapport_outbox';
const pollMs = 2000;

export interface Outbox {
  /** Writes the event and one delivery per consumer into the transaction of the change. */
  emit(tx: Tx, event: { workspaceId: string; name: string; payload: unknown }): Promise<void>;
  /** The same for many events of one workspace, in one statement however many they are. */
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
  let isTold = false;
  let endWait: () => void = () => undefined;
  const wake = () => {
    isTold = true;
    endWait();
  };
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
    const delivery = createDelivery(db, log);
    while (running) {
      // What is told from here on may have come too late for this pass.
      isTold = false;
      let worked = false;
      const due = await delivery.readDue(consumers);
      for (const consumer of due) {
        if (!running) break;
        worked = (await delivery.deliverOnce(consumer)) || worked;
      }
      if (worked || !running) continue;
      if (listener === null) await listen().catch(() => undefined);
      if (isTold) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pollMs);
        endWait = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  const write: Outbox['emitAll'] = async (tx, events) => {
    const [first] = events;
    if (first === undefined) return;
    const now = clock.now().getTime();
    const rows = events.map((event) => ({
      ...event,
      id: newId('event', now),
      payload: JSON.stringify(event.payload),
    }));
    const due = rows.flatMap((row) =>
      consumers
        .filter((consumer) => consumer.events.includes(row.name))
        .map((consumer) => ({ workspaceId: row.workspaceId, eventId: row.id, consumer: consumer.name })),
    );
    await sql`
      with event as (
        insert into outbox (workspace_id, id, name, payload)
        select new.workspace_id, new.id, new.name, new.payload::jsonb
        from unnest(${rows.map((row) => row.workspaceId)}::text[], ${rows.map((row) => row.id)}::text[],
          ${rows.map((row) => row.name)}::text[], ${rows.map((row) => row.payload)}::text[]) as new (workspace_id, id, name, payload)
      ), delivery as (
        insert into outbox_delivery (workspace_id, event_id, consumer)
        select * from unnest(${due.map((row) => row.workspaceId)}::text[], ${due.map((row) => row.eventId)}::text[],
          ${due.map((row) => row.consumer)}::text[])
      )
      select pg_notify(${channel}, ${first.workspaceId})`.execute(tx);
  };

  return {
    emit: (tx, event) => write(tx, [event]),
    emitAll: write,
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
