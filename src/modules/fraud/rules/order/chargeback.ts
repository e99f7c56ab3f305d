import { orderEvidence } from '../facts.ts';
import { hit, type OrderRule, unknown } from '../verdict.ts';

export const chargeback: OrderRule = {
  name: 'chargeback',
  version: 1,
  scope: 'order',
  severity: 'medium',
  points: 25,
  mode: 'watch',
  title: 'The payment was charged back',
  explains:
    "The customer's bank took the money back. One may be a quarrel about a parcel; a creator whose customers do so is another matter.",
  needs: 'A source that tells chargebacks (Shopify or Stripe)',
  judge: (order) => {
    if (order.personId === null) return null;
    if (order.chargebacks > 0) return hit('The payment was charged back.', [orderEvidence(order)]);
    return order.tellsChargebacks ? null : unknown('The source of this order tells no chargebacks.');
  },
};
