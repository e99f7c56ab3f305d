import { figure, hit, type TrafficRule } from '../verdict.ts';

export const hijackShare: TrafficRule = {
  name: 'hijack-share',
  version: 1,
  scope: 'traffic',
  severity: 'high',
  points: 50,
  mode: 'watch',
  title: 'Takes orders of others at the checkout',
  explains:
    'At least 2 orders, and a tenth of all, had an earlier creator and were overwritten by a click of this one within two minutes.',
  needs: 'Orders that name clicks of several creators',
  judge: ({ hijackOrders, orders }) => {
    if (hijackOrders < 2 || hijackOrders < orders * 0.1) return null;
    return hit(
      `${hijackOrders} orders were taken from earlier creators just before they were paid.`,
      [figure(`${orders} orders in all`)],
      {
        weight: hijackOrders >= 4 ? 1 : 0.8,
      },
    );
  },
};
