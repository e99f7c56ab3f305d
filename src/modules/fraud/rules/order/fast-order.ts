import { clickEvidence, creditedClick, orderEvidence } from '../facts.ts';
import { hit, type OrderRule, unknown } from '../verdict.ts';

export const fastOrder: OrderRule = {
  name: 'fast-order',
  version: 1,
  scope: 'order',
  severity: 'low',
  points: 12,
  mode: 'score',
  title: 'Ordered within seconds of the click',
  explains:
    'Nobody reads, chooses and pays within 10 seconds: the click was put in at the end, or a program ordered. Clocks of shops differ, so one such order counts little; their share counts in the traffic.',
  needs: 'The click the order is credited by',
  judge: (order, policy) => {
    const click = creditedClick(order);
    if (click === null)
      return order.personId === null || order.rule === 'code'
        ? null
        : unknown('The order names no click of this creator.');
    const seconds = (order.atMs - click.atMs) / 1000;
    if (seconds < 0 || seconds >= policy.fastSeconds) return null;
    return hit(`The order came ${seconds.toFixed(0)} s after the click.`, [
      clickEvidence(click, `${seconds.toFixed(0)} s before the order`),
      orderEvidence(order),
    ]);
  },
};
