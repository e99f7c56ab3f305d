import { needsOthers } from '../baseline.ts';
import { binomialAtLeast } from '../tails.ts';
import { figure, hit, percent, type TrafficRule, unknown } from '../verdict.ts';

export const clickToOrderFlat: TrafficRule = {
  name: 'click-to-order-flat',
  version: 1,
  scope: 'traffic',
  severity: 'high',
  points: 35,
  mode: 'watch',
  title: 'Orders come days after the click, as if by chance',
  explains:
    'When somebody recommends, most who buy do so that day. When cookies are stuffed, orders fall anywhere in the window. Twice as many late orders as usual, at least 8, by less than one chance in a thousand.',
  needs: 'Three other creators with timed orders',
  judge: ({ lateOrders, timedOrders }, { baseline }) => {
    if (lateOrders < 8) return null;
    if (baseline.lateShare === null) return unknown(needsOthers);
    const usual = Math.max(0.02, baseline.lateShare);
    if (
      lateOrders < timedOrders * Math.min(0.75, usual * 2) ||
      binomialAtLeast(lateOrders, timedOrders, Math.min(0.95, usual)) >= 1e-3
    )
      return null;
    return hit(`${lateOrders} of ${timedOrders} orders came more than a day after their click.`, [
      figure(`usual here: ${percent(baseline.lateShare)}`),
    ]);
  },
};
