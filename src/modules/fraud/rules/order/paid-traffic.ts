import { clickEvidence, creditedClick, orderEvidence } from '../facts.ts';
import { hit, type OrderRule, unknown } from '../verdict.ts';

export const paidTraffic: OrderRule = {
  name: 'paid-traffic',
  version: 1,
  scope: 'order',
  severity: 'medium',
  points: 25,
  mode: 'watch',
  title: 'Came by an advertisement',
  explains:
    "The link was opened with an advertiser's parameter that is watched, such as gclid: somebody paid for the visit. Of the parameter only its name is kept.",
  needs: 'The click the order is credited by',
  judge: (order, policy) => {
    const click = creditedClick(order);
    if (click === null)
      return order.personId === null || order.rule === 'code'
        ? null
        : unknown('The order names no click of this creator.');
    if (click.adParam === null || !policy.watchedAdParams.includes(click.adParam)) return null;
    return hit(`The link was opened by an advertisement (${click.adParam}).`, [
      clickEvidence(click, `opened with ${click.adParam}`),
      orderEvidence(order),
    ]);
  },
};
