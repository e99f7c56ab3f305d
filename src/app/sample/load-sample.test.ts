import { describe, expect, it } from 'vitest';
import { drawCreators, drawPosts } from './draw-creators.ts';
import { readParameters } from './parameters.ts';
import { atShare, createRandom } from './random.ts';
import { brands } from './words.ts';

const parameters = readParameters();
const nowMs = Date.parse('2026-05-14T08:00:00Z');
const draw = (seed: number, count: number) => drawCreators(count, { random: createRandom(seed), parameters, nowMs });

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

describe('the sample creators', () => {
  it('are the same for the same seed, to the byte, and others for another', () => {
    expect(JSON.stringify(draw(7, 200))).toBe(JSON.stringify(draw(7, 200)));
    expect(JSON.stringify(draw(8, 200))).not.toBe(JSON.stringify(draw(7, 200)));
  });

  it('carry names and handles that say they are invented, each handle once a platform', () => {
    const handles = draw(7, 2400).flatMap((creator) =>
      creator.profiles.map((profile) => `${profile.platform} ${profile.handle}`),
    );

    expect(handles.every((handle) => handle.endsWith('_sample'))).toBe(true);
    expect(new Set(handles).size).toBe(handles.length);
  });

  it('follow the fitted sizes of each niche within a tenth at the median', () => {
    const creators = draw(7, 12_000);
    for (const { niche, followers } of parameters.accounts.niches.filter((row) => row.share > 0.04)) {
      const own = creators.filter((creator) => creator.niche === (niche === 'other' ? 'lifestyle' : niche));
      const sizes = own.flatMap((creator) => creator.profiles.slice(0, 1).map((profile) => profile.followers));
      const fitted = atShare(followers, 0.5, 1000);
      expect(Math.abs(Math.log(quantile(sizes, 0.5) / fitted)), niche).toBeLessThan(0.16);
    }
  });

  it('like as the fitted accounts are liked, at median and spread', () => {
    const rates = draw(7, 6000).flatMap((creator) =>
      creator.profiles.map((profile) => Math.log(profile.medianLikes / profile.followers)),
    );
    const { intercept, slope, creatorSd } = parameters.engagement;

    expect(quantile(rates, 0.5)).toBeCloseTo(intercept + slope * Math.log(16_000), 1);
    expect((quantile(rates, 0.8413) - quantile(rates, 0.1587)) / 2).toBeCloseTo(creatorSd, 1);
  });

  it('post in order, newest first, never in the future, and label most but not all that is paid', () => {
    const random = createRandom(3);
    const posts = draw(7, 400).flatMap((creator) =>
      creator.profiles.map((profile) =>
        drawPosts(profile, { creator, count: 12, brands }, { random, parameters, nowMs }),
      ),
    );

    for (const own of posts) {
      const times = own.map((post) => post.postedAt.getTime());
      expect(times.every((time, at) => time <= nowMs && time <= (times[at - 1] ?? nowMs))).toBe(true);
    }
    const paid = posts.flat().filter((post) => post.mentions.length > 0);
    const labelled = paid.filter((post) => post.hashtags.includes('ad'));
    expect(labelled.length / paid.length).toBeGreaterThan(0.5);
    expect(labelled.length).toBeLessThan(paid.length);
  });
});
