import { type AccountRule, figure, hit } from '../verdict.ts';

export const noProfiles: AccountRule = {
  name: 'no-profiles',
  version: 1,
  scope: 'account',
  severity: 'medium',
  points: 15,
  mode: 'score',
  title: 'No profile on any platform',
  explains: 'The creator has no profile here: nothing shows that they publish at all.',
  needs: 'Nothing more',
  judge: ({ profiles }) =>
    profiles.length === 0 ? hit('No profile on any platform is known.', [figure('0 profiles')]) : null,
};
