import { type AccountRule, figure, hit, unknown } from '../verdict.ts';

export const maskedEmail: AccountRule = {
  name: 'masked-email',
  version: 1,
  scope: 'account',
  severity: 'low',
  points: 5,
  mode: 'score',
  title: 'A hidden address',
  explains:
    'Every address of the creator is behind a relay (Apple, Firefox, DuckDuckGo), so that it can be compared with nobody.',
  needs: 'An e-mail address of the creator',
  judge: ({ mailboxes }) => {
    if (mailboxes.length === 0) return unknown('No e-mail address of the creator is known.');
    return mailboxes.every((one) => one.kind === 'masked')
      ? hit('All addresses are behind a relay.', [figure(mailboxes.map((one) => one.hostName).join(', '))])
      : null;
  },
};
