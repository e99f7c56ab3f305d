import { binomialAtLeast } from '../tails.ts';
import { figure, hit, percent, type TrafficRule } from '../verdict.ts';

export const refundRate: TrafficRule = {
  name: 'refund-rate',
  version: 1,
  scope: 'traffic',
  severity: 'high',
  points: 40,
  mode: 'watch',
  title: 'Too many refunds',
  explains:
    'A quarter of the customers, of at least four, sent half of their order or more back, or cancelled, and more than the rate of the other creators explains (less than one chance in a hundred). A smaller share counts three quarters where it is twice the usual one and less than one chance in a thousand explains it. While the others are too few, the share alone decides.',
  needs: 'Hashes of customers',
  judge: ({ refundedCustomers, customers }, { baseline, policy }) => {
    if (customers < policy.refundCustomersMin || refundedCustomers < 2) return null;
    const isMany = refundedCustomers * 100 >= customers * policy.refundPercent;
    const usual = Math.max(0.03, baseline.refundShare ?? 0);
    const chance = baseline.refundShare === null ? null : binomialAtLeast(refundedCustomers, customers, usual);
    // Below the share of the settings only what chance cannot explain at all is told.
    if (!isMany && (chance === null || chance >= 1e-3 || refundedCustomers < customers * usual * 2)) return null;
    if (isMany && chance !== null && chance >= 0.01) return null;
    return hit(
      `${refundedCustomers} of ${customers} customers were refunded (${percent(refundedCustomers / customers)}).`,
      [
        figure(
          baseline.refundShare === null
            ? 'nothing to compare with yet'
            : `usual here: ${percent(baseline.refundShare)}`,
        ),
      ],
      { weight: isMany ? 1 : 0.75 },
    );
  },
};
