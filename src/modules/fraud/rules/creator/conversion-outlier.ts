import { needsOthers } from '../baseline.ts';
import { poissonAtLeast } from '../tails.ts';
import { figure, hit, percent, type TrafficRule, unknown } from '../verdict.ts';

export const conversionOutlier: TrafficRule = {
  name: 'conversion-outlier',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 25,
  mode: 'score',
  title: 'Nearly every click buys',
  explains:
    'At least 8 orders by link, four times what the rate of the others makes expect, by less than one chance in ten thousand: clicks are put in where an order comes anyway.',
  needs: 'Three other creators with traffic',
  judge: ({ clicks, linkOrders }, { baseline }) => {
    if (linkOrders < 8 || clicks === 0) return null;
    if (baseline.conversion === null) return unknown(needsOthers);
    const expected = clicks * baseline.conversion;
    if (linkOrders < expected * 4 || poissonAtLeast(linkOrders, expected) >= 1e-4) return null;
    return hit(
      `${linkOrders} of ${clicks} clicks bought; at the rate of the others it would be ${expected.toFixed(1)}.`,
      [figure(`${percent(linkOrders / clicks)} against ${percent(baseline.conversion)}`)],
    );
  },
};
