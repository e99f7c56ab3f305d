import { isCouponSite } from '../coupon-sites.ts';
import { clickEvidence, creditedClick, orderEvidence } from '../facts.ts';
import { hit, type OrderRule } from '../verdict.ts';

export const couponReferrer: OrderRule = {
  name: 'coupon-referrer',
  version: 1,
  scope: 'order',
  severity: 'low',
  points: 12,
  mode: 'score',
  title: 'Came from a coupon site',
  explains: 'The click the order is credited by came from a site that collects codes.',
  needs: 'A referring page, which many browsers and apps do not tell',
  judge: (order, policy) => {
    const click = creditedClick(order);
    if (click === null || click.referrerHost === null || !isCouponSite(click.referrerHost, policy.couponHosts))
      return null;
    return hit(`The visit came from ${click.referrerHost}, which collects codes.`, [
      clickEvidence(click, `from ${click.referrerHost}`),
      orderEvidence(order),
    ]);
  },
};
