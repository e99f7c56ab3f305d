import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import { followGrowth } from '#infra/db/follow-growth.ts';
import type { Infra } from '#infra/module.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import { applyVerdicts, firstOutcome, type Outcome, type Reading } from './apply-verdicts.ts';
import type { OrderShopAdapter } from './order-shops/port.ts';
import {
  type ArrivedDelivery,
  closeIntakes,
  type DeliveryKey,
  insertIntakes,
  lockIntakes,
  waitingIntakes,
} from './queries/order-intake.ts';
import { findIntakeSources, type IntakeSource } from './queries/order-sources.ts';
import { readArrived } from './read-arrived.ts';
import type { DeliveryVerdict } from './rules/read-delivery.ts';

/** Deliveries that go into one transaction. */
const batchMax = 64;
/** Deliveries of one source that may wait; beyond it the sender is asked to come again. */
const waitingMax = 2000;
const sweepRowsMax = 500;
const sweepAgeMs = 30_000;
const filledTables = ['order_intake', 'order_record', 'conversion'] as const;

export interface Intake {
  /** Stores a delivery and reads it; resolves after the commit. What came in meanwhile goes into one transaction with others. */
  take(source: IntakeSource, arrived: ArrivedDelivery): Promise<Outcome>;
  /** Reads a stored delivery once more. Error: not_found. */
  replay(source: IntakeSource, deliveryId: string): Promise<Outcome>;
  /** Reads what a crash left unread. Returns how many deliveries it closed. */
  sweep(): Promise<number>;
}

interface Waiting {
  arrived: ArrivedDelivery;
  verdict: DeliveryVerdict;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

/** The one way deliveries come in. */
export function createIntake(infra: Infra, adapters: readonly OrderShopAdapter[]): Intake {
  const queues = new Map<string, { waiting: Waiting[]; isRunning: boolean }>();
  const parts = { infra, adapters };
  const grown = followGrowth(infra, filledTables);

  const run = async (source: IntakeSource, queue: { waiting: Waiting[]; isRunning: boolean }) => {
    queue.isRunning = true;
    while (queue.waiting.length > 0) {
      const batch = takeBatch(queue.waiting);
      const group = batch.map(({ arrived, verdict }) => ({ arrived, verdict }));
      const outcomes = await store(parts, source, group).catch((error: unknown) => error);
      if (Array.isArray(outcomes)) {
        grown(batch.length);
        for (const [at, one] of batch.entries()) one.resolve(outcomes[at]);
      } else if (batch.length === 1) batch[0]?.reject(outcomes);
      // One of them may be at fault: each by itself, so that the others are not held up by it.
      else
        for (const one of batch)
          await store(parts, source, [one]).then(([outcome]) => {
            if (outcome !== undefined) one.resolve(outcome);
          }, one.reject);
    }
    queue.isRunning = false;
    queues.delete(source.id);
  };

  return {
    take: (source, arrived) =>
      new Promise((resolve, reject) => {
        const verdict = readArrived(adapters, source, { arrived, now: infra.clock.now() });
        const queue = queues.get(source.id) ?? { waiting: [], isRunning: false };
        queues.set(source.id, queue);
        if (queue.waiting.length >= waitingMax) {
          reject(
            new AppError('unavailable', 'tracking.busy', 'Too many deliveries wait. Send this one again in a while.'),
          );
          return;
        }
        queue.waiting.push({ arrived, verdict, resolve, reject });
        if (!queue.isRunning) void run(source, queue);
      }),
    replay: (source, deliveryId) => readStored(parts, source, { deliveryId, isReplay: true }),
    sweep: () => sweep(parts),
  };
}

/** What may go into one transaction: each delivery and each order once, and what ties or forgets orders by itself. */
function takeBatch(waiting: Waiting[]): Waiting[] {
  const batch: Waiting[] = [];
  const names = new Set<string>();
  while (batch.length < batchMax) {
    const [next] = waiting;
    if (next === undefined) break;
    const { verdict } = next;
    const isAlone =
      verdict.kind === 'alias' ||
      verdict.kind === 'redact' ||
      (verdict.kind === 'order' && (verdict.aliases ?? []).length > 0);
    const delivery = `delivery ${next.arrived.deliveryId}`;
    const order = verdict.kind === 'order' ? `order ${verdict.order.facts.externalId}` : delivery;
    if (batch.length > 0 && (isAlone || names.has(delivery) || names.has(order))) break;
    names.add(delivery).add(order);
    waiting.shift();
    batch.push(next);
    if (isAlone) break;
  }
  return batch;
}

interface Parts {
  infra: Infra;
  adapters: readonly OrderShopAdapter[];
}

async function store(
  parts: Parts,
  source: IntakeSource,
  batch: readonly { arrived: ArrivedDelivery; verdict: DeliveryVerdict }[],
): Promise<Outcome[]> {
  const of = { workspaceId: source.workspace_id, sourceId: source.id };
  return parts.infra.db.inWorkspace(of.workspaceId, async (tx) => {
    const fresh = await insertIntakes(
      tx,
      of,
      batch.map((one) => one.arrived),
    );
    const repeats = batch.filter((one) => !fresh.has(one.arrived.deliveryId)).map((one) => one.arrived.deliveryId);
    const known = await lockIntakes(tx, of, repeats);
    const readings: Reading[] = batch.flatMap(({ arrived, verdict }) => {
      if (fresh.has(arrived.deliveryId)) return [{ arrived, verdict }];
      const stored = known.get(arrived.deliveryId);
      if (stored === undefined || stored.outcome !== null) return [];
      const again = { deliveryId: arrived.deliveryId, topic: stored.topic, body: stored.body };
      return [{ arrived: again, verdict: readAgain(parts, source, again) }];
    });
    const outcomes = await apply(parts, tx, { source, readings });
    return batch.map(({ arrived }) => {
      const outcome = outcomes.get(arrived.deliveryId);
      if (outcome !== undefined) return outcome;
      const stored = known.get(arrived.deliveryId);
      if (stored === undefined) throw notFound('delivery');
      return firstOutcome(stored.answer);
    });
  });
}

function readAgain(parts: Parts, source: IntakeSource, arrived: ArrivedDelivery): DeliveryVerdict {
  return readArrived(parts.adapters, source, { arrived, now: parts.infra.clock.now() });
}

/** Reads what is stored and writes what it came to. What cannot be read for a fault of ours stays and is read again by the sweep. */
async function apply(
  parts: Parts,
  tx: Tx,
  of: { source: IntakeSource; readings: readonly Reading[]; isReplay?: boolean },
): Promise<Map<string, Outcome>> {
  const { source, readings } = of;
  if (readings.length === 0) return new Map();
  await sql`savepoint reading`.execute(tx);
  try {
    const ends = await applyVerdicts(parts, tx, { source, readings });
    await closeIntakes(
      tx,
      { workspaceId: source.workspace_id, sourceId: source.id, isReplay: of.isReplay === true },
      ends.map((end) => end.row),
    );
    return new Map(ends.map((end) => [end.row.deliveryId, end.outcome]));
  } catch (error) {
    if (readings.length > 1) throw error;
    const [reading] = readings;
    parts.infra.log.error(
      { err: error, sourceId: source.id, deliveryId: reading?.arrived.deliveryId },
      'a stored delivery could not be read, it will be tried again',
    );
    await sql`rollback to savepoint reading`.execute(tx);
    return new Map(
      readings.map(({ arrived }) => [
        arrived.deliveryId,
        {
          kind: 'answer',
          answer: { deliveryId: arrived.deliveryId, outcome: 'waiting', orderId: null, notices: [] },
        },
      ]),
    );
  }
}

function readStored(
  parts: Parts,
  source: IntakeSource,
  of: { deliveryId: string; isReplay: boolean },
): Promise<Outcome> {
  const key = { workspaceId: source.workspace_id, sourceId: source.id };
  return parts.infra.db.inWorkspace(key.workspaceId, async (tx) => {
    const stored = (await lockIntakes(tx, key, [of.deliveryId])).get(of.deliveryId);
    if (stored === undefined) throw notFound('delivery');
    if (stored.outcome !== null && !of.isReplay) return firstOutcome(stored.answer);
    const arrived = { deliveryId: of.deliveryId, topic: stored.topic, body: stored.body };
    const reading = { arrived, verdict: readAgain(parts, source, arrived) };
    const outcome = (await apply(parts, tx, { source, readings: [reading], isReplay: of.isReplay })).get(of.deliveryId);
    if (outcome === undefined) throw notFound('delivery');
    return outcome;
  });
}

async function sweep(parts: Parts): Promise<number> {
  const { infra } = parts;
  const keys = await waitingIntakes(infra.db, new Date(infra.clock.now().getTime() - sweepAgeMs), sweepRowsMax);
  const sources = await findIntakeSources(infra.db, [...new Set(keys.map((key: DeliveryKey) => key.sourceId))]);
  let closed = 0;
  for (const key of keys) {
    const source = sources.get(key.sourceId);
    if (source === undefined) continue;
    const outcome = await readStored(parts, source, { deliveryId: key.deliveryId, isReplay: false });
    if (outcome.kind === 'refusal' || outcome.answer.outcome !== 'waiting') closed += 1;
  }
  return closed;
}
