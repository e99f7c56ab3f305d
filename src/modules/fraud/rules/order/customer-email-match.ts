import { orderEvidence } from '../facts.ts';
import { hit, type OrderRule, unknown } from '../verdict.ts';

export const customerEmailMatch: OrderRule = {
  name: 'customer-email-match',
  version: 1,
  scope: 'order',
  severity: 'high',
  points: 60,
  mode: 'enforce',
  title: 'The customer is the creator',
  explains:
    'The customer has the mailbox of the credited creator, in whatever spelling (capitals, +tag, dots of Gmail), or half as much: a mailbox at the same company host. Compared by keyed hashes; no address is kept.',
  needs: "The customer's e-mail from the shop, and an address of the creator",
  judge: (order) => {
    if (order.creator === null) return null;
    if (order.mailbox === null)
      return unknown("The shop said no e-mail of the customer's, or it came before such marks were kept.");
    if (order.creator.mailboxes.length === 0) return unknown('No e-mail address of the creator is known.');
    const { mailbox, host } = order.mailbox;
    const code = order.codes.find((one) => one.personId === order.personId);
    const evidence = [
      orderEvidence(order, 'paid from the mailbox of the creator'),
      ...(code === undefined
        ? []
        : [{ kind: 'code' as const, id: code.codeId, label: `${code.code}, the creator's own`, at: null }]),
    ];
    if (order.creator.mailboxes.some((own) => own.mailbox === mailbox))
      return hit(
        `The customer's mailbox is the creator's own${code === undefined ? '' : `, and they used their code ${code.code}`}.`,
        evidence,
      );
    if (host !== null && order.creator.mailboxes.some((own) => own.host === host))
      return hit(
        "The customer's mailbox lives at the creator's own company host.",
        [orderEvidence(order, 'mailbox at the same host')],
        {
          weight: 0.5,
        },
      );
    return null;
  },
};
