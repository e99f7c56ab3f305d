import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { createOrder as createEndpoint } from './api.ts';
import { trackingError } from './errors.ts';
import type { LiveHub } from './live-hub.ts';
import { resolveSource } from './manage-order-sources.ts';
import { presentOrder } from './present-orders.ts';
import { closeIntakes, insertIntakes } from './queries/order-intake.ts';
import { hashEmail, recordOrders } from './record-orders.ts';
import { readOrder } from './rules/read-order.ts';
import { scrubDelivery } from './rules/scrub-delivery.ts';

/** Records an order sent by a program or typed by a person. Errors: tracking.bad_order with the fields at fault, not_found, source_revoked. */
export async function createOrder(infra: Infra, hub: LiveHub, call: Call<typeof createEndpoint>) {
  const { workspaceId } = call;
  const { sourceId: named, ...body } = call.input;
  const verdict = readOrder(body, { now: infra.clock.now() });
  if (!verdict.ok) {
    const [first] = verdict.details;
    throw trackingError(
      'bad_order',
      first === undefined ? 'The order cannot be read.' : `${first.field}: ${first.message}`,
      verdict.details,
    );
  }
  const { externalId } = verdict.order.facts;
  const answer = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const fallback =
      call.actor.kind === 'user' ? { name: 'By hand', kind: 'manual' as const } : { name: 'API', kind: 'api' as const };
    const sourceId = await resolveSource(infra, tx, { workspaceId, actor: call.actor, sourceId: named, fallback });
    const raw = Buffer.from(
      scrubDelivery(Buffer.from(JSON.stringify(body)), (email) => hashEmail(infra, workspaceId, email)),
    );
    const key = { workspaceId, sourceId };
    const deliveryId = call.requestId;
    await insertIntakes(tx, key, [{ deliveryId, topic: null, body: raw }]);
    const recorded = await recordOrders(infra, tx, { ...key, orders: [verdict.order] });
    const outcome =
      recorded.created.has(externalId) || recorded.updated.has(externalId)
        ? ('applied' as const)
        : ('unchanged' as const);
    const orderId = recorded.idOf.get(externalId) ?? '';
    const answer = { deliveryId, outcome, orderId, notices: [] };
    await closeIntakes(tx, key, [{ deliveryId, outcome, answer, conversionId: orderId, body: raw.toString('utf8') }]);
    return { outcome, order: await presentOrder(tx, workspaceId, orderId) };
  });
  if (answer.outcome === 'applied') hub.publishOrder({ workspaceId, orderId: answer.order.id });
  return answer;
}
