import { clickEvidence, creditedClick, dayOfMs, orderEvidence } from '../facts.ts';
import { hit, type OrderRule, unknown } from '../verdict.ts';

export const ownNetwork: OrderRule = {
  name: 'own-network',
  version: 1,
  scope: 'order',
  severity: 'low',
  points: 8,
  mode: 'score',
  title: "Clicked in the creator's network",
  explains:
    'The click came from the network (/24, or /48 of IPv6) from which the creator opened their portal that day, on another device. Families, offices and mobile carriers share networks, so it counts little.',
  needs: 'A visit of the creator to their portal on the day of the click',
  judge: (order) => {
    const click = creditedClick(order);
    if (click === null || order.creator === null) return null;
    if (click.network === null) return unknown('The click is from before networks were told apart.');
    const visits = order.creator.visits.filter((visit) => visit.day === dayOfMs(click.atMs));
    if (visits.length === 0)
      return unknown('The creator did not open their portal that day, so there is no network to compare.');
    const isOwn = visits.some((visit) => visit.visitor === click.visitor);
    if (isOwn || !visits.some((visit) => visit.network === click.network)) return null;
    return hit('The click came from the network the creator was in that day.', [
      clickEvidence(click, "the creator's network"),
      orderEvidence(order),
    ]);
  },
};
