import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { formatAmount } from '#kernel/money.ts';
import { encodeCursor } from '#kernel/page.ts';
import type {
  getDelivery as getEndpoint,
  listDeliveries as listEndpoint,
  OrderDelivery,
  listOrderDeliveries as ofOrderEndpoint,
  replayDelivery as replayEndpoint,
  testOrderSource as testEndpoint,
} from './api.ts';
import { receivingKinds } from './api.ts';
import { trackingError } from './errors.ts';
import { findIntakeSource } from './find-intake-source.ts';
import { readCursor } from './list-links.ts';
import { presentOrder } from './present-orders.ts';
import {
  closeIntakes,
  type DeliveryRow,
  insertIntakes,
  selectDeliveries,
  selectDelivery,
} from './queries/order-intake.ts';
import { findIntakeSources, selectSource } from './queries/order-sources.ts';
import { keepArrived, readArrived } from './read-arrived.ts';
import { type IntakeParts, secretsOf } from './receive-order.ts';
import { hashEmail } from './record-orders.ts';
import { sampleDelivery } from './sample-delivery.ts';
import { sayDelivery } from './say-delivery.ts';

const ofOrderMax = 50;

/** Errors: not_found, tracking.bad_cursor. */
export async function listDeliveries(infra: Infra, call: Call<typeof listEndpoint>) {
  const { input, workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectSource(tx, workspaceId, input.sourceId)) === undefined) throw notFound('order source');
    const rows = await selectDeliveries(tx, {
      workspaceId,
      sourceId: input.sourceId,
      outcome: input.outcome,
      limit: input.limit + 1,
      after: readCursor(input.cursor),
    });
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      rows: page.map(toDelivery),
      nextCursor:
        rows.length > input.limit && last !== undefined ? encodeCursor([last.sort_key, last.delivery_id]) : null,
    };
  });
}

/** One delivery with what is kept of it. Error: not_found. */
export async function getDelivery(infra: Infra, call: Call<typeof getEndpoint>) {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectDelivery(tx, { workspaceId, ...input });
    if (row === undefined) throw notFound('delivery');
    return { ...toDelivery(row), body: row.body.toString('utf8') };
  });
}

/** What arrived about an order, newest first. Error: not_found. */
export async function listOrderDeliveries(parts: IntakeParts, call: Call<typeof ofOrderEndpoint>) {
  const { infra, orderShops } = parts;
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { sourceId } = await presentOrder(tx, workspaceId, input.orderId);
    const rows = await selectDeliveries(tx, {
      workspaceId,
      sourceId,
      conversionId: input.orderId,
      limit: ofOrderMax,
      after: null,
    });
    const source = await selectSource(tx, workspaceId, sourceId);
    if (source === undefined) throw notFound('order source');
    const bodies = await Promise.all(
      rows.map((row) => selectDelivery(tx, { workspaceId, sourceId, deliveryId: row.delivery_id })),
    );
    return rows.map((row, at) => {
      const body = bodies[at]?.body ?? Buffer.alloc(0);
      const arrived = { topic: row.topic, body };
      const said = sayDelivery(readArrived(orderShops, source, { arrived, now: row.received_at }));
      return { ...toDelivery(row), sourceId, body: body.toString('utf8'), said };
    });
  });
}

/** Reads a kept delivery once more, such as after a setting was mended. Errors: not_found. */
export async function replayDelivery(parts: IntakeParts, call: Call<typeof replayEndpoint>): Promise<OrderDelivery> {
  const { infra } = parts;
  const { workspaceId, input } = call;
  const source = (await findIntakeSources(infra.db, [input.sourceId])).get(input.sourceId);
  if (source === undefined || source.workspace_id !== workspaceId) throw notFound('order source');
  const outcome = await parts.intake.replay(source, input.deliveryId);
  if (outcome.kind === 'answer' && outcome.answer.orderId !== null && outcome.answer.outcome === 'applied')
    parts.hub.publishOrder({ workspaceId, orderId: outcome.answer.orderId });
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectDelivery(tx, { workspaceId, ...input });
    if (row === undefined) throw notFound('delivery');
    return toDelivery(row);
  });
}

/** Takes a made-up delivery of the source's kind through signature and reading, notes it in the log and counts nothing. Errors: not_found, tracking.wrong_source_kind. */
export async function testOrderSource(parts: IntakeParts, call: Call<typeof testEndpoint>) {
  const { infra, box, orderShops } = parts;
  const { workspaceId } = call;
  const key = { workspaceId, sourceId: call.input.sourceId };
  const row = await infra.db.inWorkspace(workspaceId, (tx) => selectSource(tx, workspaceId, key.sourceId));
  if (row === undefined) throw notFound('order source');
  if (!receivingKinds.has(row.kind))
    throw trackingError('wrong_source_kind', `"${row.name}" takes no deliveries, so there is nothing to try.`);
  const source = await findIntakeSource(infra, key.sourceId);
  const now = infra.clock.now();
  const [secret = ''] = secretsOf(box, source, now);
  const sample = sampleDelivery(orderShops, source, { secret, now, id: call.requestId });
  const arrived = { deliveryId: `test ${call.requestId}`, topic: sample.topic, body: sample.body };
  const verdict = readArrived(orderShops, source, { arrived, now });
  const message = !sample.verdict.ok
    ? sample.verdict.message
    : verdict.kind === 'order'
      ? 'A try: signature and order were read, nothing was counted.'
      : 'A try: the delivery could not be read.';
  const answer = { deliveryId: arrived.deliveryId, outcome: 'test', orderId: null, notices: [{ field: '', message }] };
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    await insertIntakes(tx, key, [arrived]);
    const body = keepArrived(orderShops, source, {
      arrived,
      hashEmail: (email) => hashEmail(infra, workspaceId, email),
    });
    await closeIntakes(tx, key, [
      { deliveryId: arrived.deliveryId, outcome: 'test', answer, conversionId: null, body },
    ]);
    const stored = await selectDelivery(tx, { ...key, deliveryId: arrived.deliveryId });
    if (stored === undefined) throw notFound('delivery');
    const details = verdict.kind === 'order' ? verdict.order.facts.details?.value : undefined;
    return {
      delivery: toDelivery(stored),
      order:
        verdict.kind !== 'order' || details === undefined
          ? null
          : {
              id: verdict.order.facts.externalId,
              total: `${formatAmount({ amountMinor: BigInt(details.amountMinor), currency: details.currency })} ${details.currency}`,
              codes: details.codes,
              items: details.items.length,
            },
    };
  });
}

function toDelivery(row: DeliveryRow): OrderDelivery {
  return {
    deliveryId: row.delivery_id,
    topic: row.topic,
    receivedAt: row.received_at.toISOString(),
    outcome: row.outcome ?? 'waiting',
    message: row.message,
    orderId: row.conversion_id,
    replays: row.replays,
  };
}
