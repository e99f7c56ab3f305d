import { needsOthers } from '../baseline.ts';
import { poissonAtMost } from '../tails.ts';
import { figure, hit, percent, type TrafficRule, unknown } from '../verdict.ts';

export const clicksWithoutOrders: TrafficRule = {
  name: 'clicks-without-orders',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 30,
  mode: 'watch',
  title: 'Clicks that never buy',
  explains:
    'By the rate of the other creators at least 10 orders were to be expected of these clicks, and so few come by less than one chance in ten thousand: a third counts half, a seventh counts in full.',
  needs: 'Three other creators with traffic',
  judge: ({ clicks, linkOrders, codeOrders }, { baseline }) => {
    if (clicks < 200) return null;
    if (baseline.conversion === null) return unknown(needsOthers);
    const expected = clicks * baseline.conversion;
    const orders = linkOrders + codeOrders;
    if (expected < 10 || orders > expected * 0.35 || poissonAtMost(orders, expected) >= 1e-4) return null;
    return hit(
      `${orders} orders came of ${clicks} clicks; at the rate of the others it would be ${expected.toFixed(0)}.`,
      [figure(`usual here: ${percent(baseline.conversion)} of the clicks`)],
      { weight: orders <= expected * 0.15 ? 1 : 0.5 },
    );
  },
};
