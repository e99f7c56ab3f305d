import { describe, expect, it } from 'vitest';
import { groupIn, nicheKey, othersIn, type PeerRow, sizeOf } from './peer-group.ts';

const row = (at: number, niche: string): PeerRow => ({
  profileId: `prf_${at}`,
  niches: [niche],
  likesPerFollower: 0.01 + at / 1000,
  likesPerView: null,
  commentsPerLike: null,
  followersPerPost: 40,
});
const band = (rows: PeerRow[]) => ({ platform: 'instagram' as const, from: 16_000, to: 32_000, rows });

describe('peers', () => {
  it('doubles sizes from 1,000 followers on', () => {
    expect([sizeOf(999), sizeOf(1000), sizeOf(31_999), sizeOf(32_000)]).toEqual([
      { from: 1, to: 1000 },
      { from: 1000, to: 2000 },
      { from: 16_000, to: 32_000 },
      { from: 32_000, to: 64_000 },
    ]);
  });

  it('are those of the same niche where there are enough, however it is spelled', () => {
    const rows = [
      ...Array.from({ length: 25 }, (_, at) => row(at, at % 2 === 0 ? 'Home Baking' : 'home baking ')),
      ...Array.from({ length: 30 }, (_, at) => row(100 + at, 'fitness')),
    ];

    const group = groupIn(band(rows), nicheKey('home baking'));

    expect(group.label).toBe('Instagram, 16k to 32k followers, home baking');
    expect(group.engagement).toHaveLength(25);
    expect(othersIn(group, 'prf_3').engagement.values).toHaveLength(24);
  });

  it('are all of the size where the niche has too few, and the label says how few', () => {
    const rows = [
      ...Array.from({ length: 7 }, (_, at) => row(at, 'baking')),
      ...Array.from({ length: 30 }, (_, at) => row(100 + at, 'fitness')),
    ];

    const group = groupIn(band(rows), 'baking');

    expect(group.label).toBe('Instagram, 16k to 32k followers, all niches (7 in baking are too few)');
    expect(group.engagement).toHaveLength(37);
  });
});
