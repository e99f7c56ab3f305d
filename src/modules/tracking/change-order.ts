import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { fromMoneyJson } from '#kernel/money.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { cancelOrder as cancelEndpoint, refundOrder as refundEndpoint } from './api.ts';
import { trackingError } from './errors.ts';
import { presentOrder } from './present-orders.ts';
import { recordOrders } from './record-orders.ts';
import { readRefund } from './rules/read-order.ts';

/**
 * Records a refund somebody typed. The same id again changes nothing.
 * Errors: not_found, tracking.bad_refund (more than is left, another currency), tracking.bad_order for a bad field.
 */
export async function refundOrder(infra: Infra, call: Call<typeof refundEndpoint>) {
  const { input, workspaceId } = call;
  const money = fromMoneyJson(input.amount);
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const order = await presentOrder(tx, workspaceId, input.orderId);
    if (order.refunds.some((refund) => refund.id === input.id)) return order;
    const verdict = readRefund(
      {
        orderId: order.externalId,
        id: input.id,
        amount: input.amount,
        refundedAt: input.refundedAt,
        kind: input.kind,
        reason: input.reason,
        lines: input.lines,
      },
      infra.clock.now(),
    );
    if (!verdict.ok)
      throw trackingError(
        'bad_order',
        verdict.details.map((detail) => `${detail.field}: ${detail.message}`).join(' '),
        verdict.details,
      );
    if (money.currency !== order.amount.currency) {
      throw trackingError('bad_refund', `The order is in ${order.amount.currency}, the refund in ${money.currency}.`, [
        { field: 'amount.currency', message: `Must be ${order.amount.currency}.` },
      ]);
    }
    const leftMinor = BigInt(order.amount.amountMinor) - BigInt(order.refunded.amountMinor);
    if (money.amountMinor > leftMinor) {
      throw trackingError(
        'bad_refund',
        `The refund is more than what is left of the order (${leftMinor} minor units of ${order.amount.currency}).`,
        [{ field: 'amount.amountMinor', message: `At most ${leftMinor}.` }],
      );
    }
    await recordOrders(infra, tx, { workspaceId, sourceId: order.sourceId, orders: [verdict.order] });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'order.refunded',
      subjectKind: 'order',
      subjectId: order.id,
      changes: { refund: { to: input.id }, kind: { to: input.kind }, amount: { to: input.amount } },
    });
    return await presentOrder(tx, workspaceId, order.id);
  });
}

/** Cancels an order; its credit becomes nothing. Cancelling again changes nothing. Error: not_found. */
export async function cancelOrder(infra: Infra, call: Call<typeof cancelEndpoint>) {
  const { workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const order = await presentOrder(tx, workspaceId, call.input.orderId);
    if (order.state === 'cancelled') return order;
    const state = { value: 'cancelled' as const, at: infra.clock.now().toISOString() };
    const facts = { externalId: order.externalId, details: null, state, refunds: [] };
    await recordOrders(infra, tx, { workspaceId, sourceId: order.sourceId, orders: [{ facts, email: null }] });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'order.cancelled',
      subjectKind: 'order',
      subjectId: order.id,
      changes: { state: { from: 'paid', to: 'cancelled' } },
    });
    return await presentOrder(tx, workspaceId, order.id);
  });
}
