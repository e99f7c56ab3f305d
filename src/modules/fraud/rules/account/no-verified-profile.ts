import { type AccountRule, figure, hit, unknown } from '../verdict.ts';

export const noVerifiedProfile: AccountRule = {
  name: 'no-verified-profile',
  version: 1,
  scope: 'account',
  severity: 'low',
  points: 3,
  mode: 'score',
  title: 'No verified profile',
  explains: 'No profile has the mark of its platform. Most small creators have none.',
  needs: 'Profiles whose mark is known',
  judge: ({ profiles }) => {
    if (profiles.length === 0) return null;
    if (profiles.some((one) => one.isVerified === true)) return null;
    return profiles.every((one) => one.isVerified === false)
      ? hit('No profile is verified by its platform.', [figure(`${profiles.length} profiles`)])
      : unknown('Whether the profiles are verified is not known.');
  },
};
