import { figure, hit, percent, type TrafficRule, unknown } from '../verdict.ts';

export const clickConcentration: TrafficRule = {
  name: 'click-concentration',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 25,
  mode: 'score',
  title: 'Clicks of one visitor or one network',
  explains:
    'An eighth of at least 80 hits came from one visitor on one day, or from one network of which hardly anybody bought (less than 0.8 % of its clicks). Networks whose people buy are offices, and are left alone.',
  needs: 'Visitor hashes; networks for clicks since they are told apart',
  judge: ({ hits, botHits, topVisitorShare, topNetworkShare, topNetworkOrders, clicks }) => {
    const people = hits - botHits;
    if (people < 80 || topVisitorShare === null) return null;
    if (topVisitorShare >= 0.12)
      return hit(`${percent(topVisitorShare)} of the hits came from one visitor on one day.`, [
        figure(`${people} hits that may be people's`),
      ]);
    if (topNetworkShare === null) return unknown('The clicks are from before networks were told apart.');
    if (topNetworkShare < 0.12 || topNetworkOrders > clicks * topNetworkShare * 0.008) return null;
    return hit(
      `${percent(topNetworkShare)} of the hits came from one network on one day, and ${topNetworkOrders} orders.`,
      [figure(`${people} hits that may be people's`)],
    );
  },
};
