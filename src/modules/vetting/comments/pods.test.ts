import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Commenter, findPods } from './find-pods.ts';
import { judgePod } from './judge-pod.ts';
import { OverlapChance } from './overlap-chance.ts';

/** Random numbers of a seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** Commenters who choose creators at random, popular ones more often. */
function crowd(of: { seed: number; commenters: number; creators: number; pod?: string[] }): Commenter[] {
  const random = seeded(of.seed);
  const some = Array.from({ length: of.commenters }, (_, at) => ({
    key: `reader_${at}`,
    profileIds: [
      ...new Set(
        Array.from(
          { length: 1 + Math.floor(random() * 6) },
          () => `creator_${Math.floor(random() * Math.sqrt(random()) * of.creators)}`,
        ),
      ),
    ],
  }));
  const pod = of.pod ?? [];
  return [
    ...some,
    ...Array.from({ length: pod.length === 0 ? 0 : 6 }, (_, at) => ({ key: `pod_${at}`, profileIds: pod })),
  ];
}

function audiencesOf(commenters: readonly Commenter[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const id of commenters.flatMap((one) => one.profileIds)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

const search = (commenters: Commenter[]) => findPods({ commenters, audiences: audiencesOf(commenters) });
const together = ['creator_3', 'creator_17', 'creator_29', 'creator_41', 'creator_52'];

describe('pods', () => {
  it('are found among a crowd, whole and with nobody else', () => {
    const found = search(crowd({ seed: 5, commenters: 500, creators: 60, pod: together }));

    expect(found).toHaveLength(1);
    expect(found?.[0]?.members.map((member) => member.key)).toEqual([0, 1, 2, 3, 4, 5].map((at) => `pod_${at}`));
    expect(found?.[0]).toMatchObject({ profileIds: together.toSorted(), sharedCreators: 5 });
    expect(found?.[0]?.expectedShared).toBeLessThan(1);
  });

  it('are not seen in chance: of 40 crowds that comment at random at most one holds any', () => {
    const withPods = Array.from({ length: 40 }, (_, seed) => search(crowd({ seed, commenters: 300, creators: 40 })));

    expect(withPods.filter((found) => (found?.length ?? 0) > 0).length).toBeLessThanOrEqual(1);
  });

  it('are not claimed from few creators or commenters', () => {
    const few = Array.from({ length: 12 }, (_, at) => ({ key: `a${at}`, profileIds: ['x', 'y', 'z'] }));

    expect(search(few)).toBeNull();
  });

  it('are the same in whatever order commenters come', () => {
    const commenters = crowd({ seed: 9, commenters: 200, creators: 50, pod: together });
    const expected = search(commenters);
    fc.assert(
      fc.property(fc.shuffledSubarray(commenters, { minLength: commenters.length }), (shuffled) => {
        expect(search(shuffled)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  it('need a mark besides overlap: readers of one subject share creators, too', () => {
    const readers = { kinds: Array(40).fill('conversation'), minutes: Array(40).fill(600), members: 6 };

    expect(judgePod({ ...readers, membersWithProfile: 0 })).toMatchObject({ state: 'possible', marks: [] });
    expect(judgePod({ ...readers, minutes: Array(40).fill(7), membersWithProfile: 0 }).state).toBe('likely');
    expect(judgePod({ ...readers, kinds: Array(40).fill('emoji_only'), membersWithProfile: 0 }).state).toBe('likely');
    expect(judgePod({ ...readers, membersWithProfile: 3 }).state).toBe('likely');
    expect(judgePod({ kinds: [null], minutes: [], members: 3, membersWithProfile: 0 })).toMatchObject({
      genericShare: null,
      medianMinutes: null,
    });
  });
});

describe('the chance of an overlap', () => {
  it('is exact where all creators are alike, but for the rest that stands for all', () => {
    // Four of sixty and four of sixty share all four in 1 of 487,635 draws.
    const chance = new OverlapChance(new Map(Array.from({ length: 60 }, (_, at) => [`c${at}`, 10])));

    expect(chance.chanceOf(4, chance.prepare(['c0', 'c1', 'c2', 'c3']), 4) * 487_635).toBeCloseTo(1, 6);
  });

  it('is never below what drawing at random gives', () => {
    const random = seeded(3);
    const sizes = new Map(Array.from({ length: 20 }, (_, at) => [`c${at}`, 1 + at]));
    const model = new OverlapChance(sizes);
    const given = ['c15', 'c16', 'c19'];
    const weights = [...sizes];
    let hits = 0;
    const draws = 4000;
    for (let at = 0; at < draws; at += 1) {
      const drawn = new Set<string>();
      while (drawn.size < 3) {
        let point = random() * 210;
        const hit = weights.find(([, size]) => {
          point -= size;
          return point < 0;
        });
        drawn.add(hit?.[0] ?? 'c19');
      }
      if (given.filter((id) => drawn.has(id)).length >= 2) hits += 1;
    }

    expect(model.chanceOf(2, model.prepare(given), 3)).toBeGreaterThan((hits / draws) * 0.95);
  });
});
