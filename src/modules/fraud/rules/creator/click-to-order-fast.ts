import { needsOthers } from '../baseline.ts';
import { binomialAtLeast } from '../tails.ts';
import { figure, hit, percent, type TrafficRule, unknown } from '../verdict.ts';

export const clickToOrderFast: TrafficRule = {
  name: 'click-to-order-fast',
  version: 1,
  scope: 'traffic',
  severity: 'high',
  points: 35,
  mode: 'watch',
  title: 'Orders within seconds of the click',
  explains:
    'At least 3 orders came within 10 seconds of their click, more than by the rate of the other creators less than one chance in a thousand explains.',
  needs: 'Three other creators with timed orders',
  judge: ({ fastOrders, timedOrders }, { baseline, policy }) => {
    if (fastOrders < 3 || fastOrders < timedOrders * 0.05) return null;
    if (baseline.fastShare === null) return unknown(needsOthers);
    if (binomialAtLeast(fastOrders, timedOrders, Math.max(0.005, baseline.fastShare)) >= 1e-3) return null;
    return hit(`${fastOrders} of ${timedOrders} orders came within ${policy.fastSeconds} s of their click.`, [
      figure(`usual here: ${percent(baseline.fastShare)}`),
    ]);
  },
};
