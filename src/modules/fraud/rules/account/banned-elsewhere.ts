import { type AccountRule, hit } from '../verdict.ts';

export const bannedElsewhere: AccountRule = {
  name: 'banned-elsewhere',
  version: 1,
  scope: 'account',
  severity: 'high',
  points: 100,
  mode: 'enforce',
  title: 'Banned',
  explains:
    'The creator is banned here, or bears an address of one who is. A ban holds in every campaign of the workspace until it is lifted.',
  needs: 'Nothing more',
  judge: ({ personId, name, ban, bannedTwins }) => {
    if (ban !== null)
      return hit(`Banned on ${ban.at.slice(0, 10)} for ${ban.reason.replaceAll('_', ' ')}: ${ban.note}`, [
        { kind: 'creator', id: personId, label: name, at: ban.at },
      ]);
    if (bannedTwins.length === 0) return null;
    return hit(
      `Bears the same address as ${bannedTwins.map((twin) => twin.name).join(', ')}, banned for ${bannedTwins.map((twin) => twin.reason.replaceAll('_', ' ')).join(', ')}.`,
      bannedTwins.map((twin) => ({ kind: 'creator' as const, id: twin.personId, label: twin.name, at: null })),
    );
  },
};
