import type { SampledAccount } from '#modules/creators/api.ts';
import type { SampleProfile } from './draw-creators.ts';
import type { Cell, Stamp } from './insert-rows.ts';
import type { Random } from './random.ts';

// All of it is invented, down to the user names; shares of bought accounts are chosen so that every state of the audience tab can be seen.

const syllables = ['ma', 'lo', 'ri', 'ka', 'ten', 'bo', 'sul', 'fe', 'nor', 'dim', 'va', 'zu', 'pel', 'ho'] as const;
const dayMs = 86_400_000;

/** Samples of a profile: followers always, likers of two in three, commenters of one in three, these often too few to tell. */
export function audienceSampleRows(profile: SampleProfile, random: Random, stamp: Stamp): Record<string, Cell>[] {
  const bought = random.weighted([
    [0.04, 50],
    [0.12, 30],
    [0.35, 20],
  ] as const);
  const rows = [sampleRow(profile, { kind: 'followers', size: 400, share: bought }, { random, stamp })];
  if (random.chance(0.66))
    rows.push(sampleRow(profile, { kind: 'likers', size: 200, share: bought * 0.8 }, { random, stamp }));
  if (random.chance(0.33))
    rows.push(
      sampleRow(profile, { kind: 'commenters', size: random.whole(20, 90), share: bought * 0.5 }, { random, stamp }),
    );
  return rows;
}

function sampleRow(
  profile: SampleProfile,
  of: { kind: string; size: number; share: number },
  { random, stamp }: { random: Random; stamp: Stamp },
): Record<string, Cell> {
  const accounts = Array.from({ length: of.size }, () => drawAccount(random.chance(of.share), random));
  const columns = ['handle', 'followers', 'following', 'posts', 'isPrivate', 'hasPicture', 'bioLength'] as const;
  return {
    workspace_id: stamp.workspaceId,
    profile_id: profile.id,
    kind: of.kind,
    taken_at: new Date(stamp.at.getTime() - random.whole(2, 20) * dayMs),
    source: 'sample',
    method: `random ${of.size} of all ${of.kind}`,
    size: of.size,
    accounts: Object.fromEntries(columns.map((column) => [column, accounts.map((account) => account[column] ?? null)])),
  };
}

function drawAccount(isBought: boolean, random: Random): Partial<SampledAccount> {
  const about = (median: number, spread: number) => Math.floor(median * Math.exp(spread * random.normal()));
  const word = Array.from({ length: random.whole(2, 4) }, () => random.pick(syllables)).join('');
  if (isBought)
    return {
      handle: `demo.${word}${random.whole(10, 99_999)}`,
      followers: about(25, 1),
      following: about(2600, 0.6),
      posts: random.chance(0.5) ? 0 : random.whole(1, 6),
      isPrivate: random.chance(0.2),
      hasPicture: random.chance(0.7),
      bioLength: 0,
    };
  return {
    handle: `demo.${word}${random.chance(0.2) ? random.whole(1, 99) : ''}`,
    followers: about(random.chance(0.05) ? 9000 : 380, 0.9),
    following: about(520, 0.7),
    posts: about(70, 1.2),
    isPrivate: random.chance(0.3),
    hasPicture: random.chance(0.98),
    bioLength: random.chance(0.6) ? random.whole(8, 140) : 0,
  };
}
