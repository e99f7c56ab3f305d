import { needsOthers } from '../baseline.ts';
import { figure, hit, type TrafficRule, unknown } from '../verdict.ts';

export const orderValueOutlier: TrafficRule = {
  name: 'order-value-outlier',
  version: 1,
  scope: 'traffic',
  severity: 'low',
  points: 10,
  mode: 'score',
  title: 'Orders of an odd size',
  explains:
    'The median order is four times what is usual here, or a quarter, over at least 6 orders. In the workspace with several currencies only like is compared with like by amount, so it counts little.',
  needs: 'Three other creators with orders',
  judge: ({ orders, orderValueMinor }, { baseline }) => {
    if (orders < 6 || orderValueMinor === null) return null;
    if (baseline.orderValueMinor === null || baseline.orderValueMinor === 0) return unknown(needsOthers);
    const times = orderValueMinor / baseline.orderValueMinor;
    if (times > 0.25 && times < 4) return null;
    return hit(`The median order is ${times.toFixed(1)} times what is usual here.`, [figure(`over ${orders} orders`)]);
  },
};
