import { figure, hit, type TrafficRule, unknown } from '../verdict.ts';

export const selfPurchase: TrafficRule = {
  name: 'self-purchase',
  version: 1,
  scope: 'traffic',
  severity: 'high',
  points: 45,
  mode: 'watch',
  title: 'Buys by their own link or code',
  explains:
    'Orders whose customer has the mailbox of the creator, or whose click came from the device of their portal. One may be a gift to themselves; it counts two thirds.',
  needs: 'E-mails of customers, or visits of the creator to their portal',
  judge: ({ ownOrders, orders }) => {
    if (orders === 0 || ownOrders === 0) return null;
    if (ownOrders === null) return unknown('Neither mailboxes nor devices of customers could be compared.');
    return hit(
      `${ownOrders} of ${orders} orders are the creator's own.`,
      [figure(`${ownOrders} of ${orders} orders`)],
      {
        weight: ownOrders >= 2 ? 1 : 0.67,
      },
    );
  },
};
