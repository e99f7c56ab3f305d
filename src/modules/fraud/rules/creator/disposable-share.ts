import { figure, hit, percent, type TrafficRule, unknown } from '../verdict.ts';

export const disposableShare: TrafficRule = {
  name: 'disposable-share',
  version: 1,
  scope: 'traffic',
  severity: 'medium',
  points: 30,
  mode: 'score',
  title: 'Throw-away mailboxes',
  explains: 'At least 3 orders, and a fifth of all, with a throw-away mailbox.',
  needs: 'E-mails of customers',
  judge: ({ disposableOrders, orders }) => {
    if (orders === 0) return null;
    if (disposableOrders === null) return unknown('The shop says no e-mails of customers.');
    if (disposableOrders < 3 || disposableOrders < orders * 0.2) return null;
    return hit(`${disposableOrders} of ${orders} orders have a throw-away mailbox.`, [
      figure(percent(disposableOrders / orders)),
    ]);
  },
};
