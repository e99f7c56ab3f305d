import type { DeliverySaid } from './api.ts';
import type { DeliveryVerdict } from './rules/read-delivery.ts';

/** What one delivery said of its order, for versions beside each other; null when it was about something else or could not be read. */
export function sayDelivery(verdict: DeliveryVerdict): DeliverySaid | null {
  if (verdict.kind !== 'order') return null;
  const { details, state, refunds } = verdict.order.facts;
  const { amountMinor, currency = '', codes, clickIds, items = [] } = details?.value ?? {};
  const money = (minor: string) => ({ amountMinor: minor, currency });
  return {
    at: details?.at ?? state?.at ?? refunds[0]?.at ?? null,
    amount: amountMinor === undefined ? null : money(amountMinor),
    state: state?.value ?? null,
    codes: codes ?? null,
    clickIds: clickIds ?? null,
    items: items.map(({ name, quantity, totalMinor }) => ({
      name,
      quantity,
      total: totalMinor === null ? null : money(totalMinor),
    })),
    refunds: refunds.map((refund) => ({
      id: refund.externalId,
      kind: refund.kind,
      state: refund.state,
      amount: { amountMinor: refund.amountMinor.toString(), currency: refund.currency },
    })),
  };
}
