import { figure, hit, type TrafficRule } from '../verdict.ts';

export const newCustomerBurst: TrafficRule = {
  name: 'new-customer-burst',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 15,
  mode: 'score',
  title: 'New customers all at once, without visits',
  explains:
    'At least 10 new customers in one hour, more of them than the clicks of that hour can explain (one click for each is still too few), and a third of all orders.',
  needs: 'Nothing more',
  judge: ({ busiestHourOrders, busiestHourClicks, linkOrders, orders }) => {
    // Codes are typed without a click, so this is asked of creators whose orders come by link.
    if (busiestHourOrders < 10 || busiestHourOrders < orders / 3 || linkOrders < orders / 2) return null;
    if (busiestHourClicks > busiestHourOrders * 2) return null;
    return hit(`${busiestHourOrders} new customers ordered within one hour of ${busiestHourClicks} clicks.`, [
      figure(`${orders} orders in all`),
    ]);
  },
};
