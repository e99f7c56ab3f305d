import { figure, hit, percent, type TrafficRule, unknown } from '../verdict.ts';

export const chargebacks: TrafficRule = {
  name: 'chargebacks',
  version: 1,
  scope: 'traffic',
  severity: 'high',
  points: 40,
  mode: 'watch',
  title: 'Payments charged back',
  explains: 'Two payments and more were charged back, and 2 % of the orders. Card schemes hold a shop to 1 %.',
  needs: 'A source that tells chargebacks (Shopify or Stripe)',
  judge: ({ chargebacks: count, orders }) => {
    if (orders === 0) return null;
    if (count === null) return unknown('No source of these orders tells chargebacks.');
    if (count < 2 || count < orders * 0.02) return null;
    return hit(`${count} of ${orders} payments were charged back.`, [figure(percent(count / orders))]);
  },
};
