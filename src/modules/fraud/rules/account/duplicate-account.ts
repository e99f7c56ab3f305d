import { type AccountRule, hit, unknown } from '../verdict.ts';

export const duplicateAccount: AccountRule = {
  name: 'duplicate-account',
  version: 1,
  scope: 'account',
  severity: 'high',
  points: 40,
  mode: 'watch',
  title: 'The same person twice',
  explains:
    'Another creator here bears the same e-mail address, in whatever spelling. Ways of being paid are not compared: no payouts are made here yet.',
  needs: 'An e-mail address of the creator',
  judge: ({ mailboxes, sameMailbox }) => {
    if (mailboxes.length === 0)
      return unknown('No e-mail address of the creator is known, and ways of being paid are not kept yet.');
    if (sameMailbox.length === 0) return null;
    return hit(
      `${sameMailbox.map((one) => one.name).join(', ')} bear${sameMailbox.length === 1 ? 's' : ''} the same address.`,
      sameMailbox.map((one) => ({ kind: 'creator' as const, id: one.personId, label: one.name, at: null })),
    );
  },
};
