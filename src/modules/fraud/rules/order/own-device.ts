import { clickEvidence, creditedClick, dayOfMs, orderEvidence } from '../facts.ts';
import { hit, type OrderRule, unknown } from '../verdict.ts';

export const ownDevice: OrderRule = {
  name: 'own-device',
  version: 1,
  scope: 'order',
  severity: 'medium',
  points: 35,
  mode: 'watch',
  title: "Clicked on the creator's own device",
  explains:
    'The click the order is credited by has the visitor hash (address and browser) with which the creator opened their portal that day. Hashes are salted by the day, so other days cannot be compared.',
  needs: 'A visit of the creator to their portal on the day of the click',
  judge: (order) => {
    const click = creditedClick(order);
    if (click === null || click.visitor === null || order.creator === null) return null;
    const day = dayOfMs(click.atMs);
    const visits = order.creator.visits.filter((visit) => visit.day === day);
    if (visits.length === 0)
      return unknown('The creator did not open their portal that day, so there is no device to compare.');
    if (!visits.some((visit) => visit.visitor === click.visitor)) return null;
    return hit('The click came from the device on which the creator opened their portal that day.', [
      clickEvidence(click, "the creator's device"),
      orderEvidence(order),
    ]);
  },
};
