import { isHostAmong } from '../facts.ts';
import { type AccountRule, figure, hit, unknown } from '../verdict.ts';

export const emailDomainMismatch: AccountRule = {
  name: 'email-domain-mismatch',
  version: 1,
  scope: 'account',
  severity: 'low',
  points: 5,
  mode: 'score',
  title: 'The address is at another host than the website',
  explains:
    'The creator names a website of their own, and writes from a company address elsewhere. Mailboxes that everybody uses are left out.',
  needs: 'An address and a website',
  judge: ({ mailboxes, websiteHosts }) => {
    const own = mailboxes.filter((one) => one.kind === 'own');
    if (mailboxes.length === 0 || websiteHosts.length === 0)
      return unknown('An address and a website are needed to compare.');
    const [first] = own;
    if (first === undefined) return null;
    const isSame = own.some((one) =>
      websiteHosts.some((host) => isHostAmong(one.hostName, [host]) || isHostAmong(host, [one.hostName])),
    );
    return isSame
      ? null
      : hit(`The address is at ${first.hostName}, the website at ${websiteHosts[0]}.`, [figure(first.hostName)]);
  },
};
