import { figure, hit, percent, type TrafficRule } from '../verdict.ts';

export const couponShare: TrafficRule = {
  name: 'coupon-share',
  version: 1,
  scope: 'code',
  severity: 'medium',
  points: 35,
  mode: 'watch',
  title: 'Visits from coupon sites',
  explains:
    'At least 5 clicks, and 3 % of all, came from sites that collect codes: the link or code of the creator stands there.',
  needs: 'Referring pages, which many browsers do not tell',
  judge: ({ couponClicks, couponShare }) => {
    if (couponShare === null || couponClicks < 5 || couponShare < 0.03) return null;
    return hit(`${couponClicks} clicks (${percent(couponShare)}) came from coupon sites.`, [
      figure(`${couponClicks} clicks`),
    ]);
  },
};
