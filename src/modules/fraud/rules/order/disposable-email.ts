import { orderEvidence } from '../facts.ts';
import { hit, type OrderRule, unknown } from '../verdict.ts';

export const disposableEmail: OrderRule = {
  name: 'disposable-email',
  version: 1,
  scope: 'order',
  severity: 'low',
  points: 10,
  mode: 'score',
  title: 'Bought with a throw-away mailbox',
  explains:
    'The customer gave an address at a host of throw-away mailboxes. Relays that hide an address (Apple, Firefox) are not that.',
  needs: "The customer's e-mail from the shop",
  judge: (order) => {
    if (order.mailbox === null)
      return unknown("The shop said no e-mail of the customer's, or it came before such marks were kept.");
    return order.mailbox.kind === 'disposable'
      ? hit('The customer gave a throw-away mailbox.', [orderEvidence(order)])
      : null;
  },
};
