import { figure, hit, percent, type TrafficRule } from '../verdict.ts';

export const paidTrafficShare: TrafficRule = {
  name: 'paid-traffic-share',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 40,
  mode: 'watch',
  title: 'Buys visits by advertisements',
  explains:
    'A tenth of the counted clicks, at least 15, were opened with a watched advertiser’s parameter, or at least 3 orders were.',
  needs: 'Clicks since parameters are told apart',
  judge: ({ adClicks, adShare, adOrders }) => {
    if (adClicks === null || adShare === null) return null;
    const isMany = adClicks >= 15 && adShare >= 0.1;
    if (!isMany && adOrders < 3) return null;
    return hit(`${adClicks} clicks (${percent(adShare)}) and ${adOrders} orders came by advertisements.`, [
      figure(`${adClicks} clicks`),
    ]);
  },
};
