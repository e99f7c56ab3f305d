import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContentPost, contentFromPosts, medianOf } from './content-from-posts.ts';
import { isAffiliate, isSponsored, namedIn } from './paid-posts.ts';
import { bandFor } from './price-bands.ts';
import { adultShareOf, confidenceOf } from './read-audience.ts';
import { homeOf, postPlaceOf } from './stated-places.ts';

const post = (change: Partial<ContentPost> = {}): ContentPost => ({
  postedAt: '2026-03-01T00:00:00.000Z',
  observedAt: '2026-04-01T00:00:00.000Z',
  format: null,
  caption: null,
  hashtags: [],
  mentions: [],
  location: null,
  latitude: null,
  longitude: null,
  durationS: null,
  likes: null,
  comments: null,
  views: null,
  isPaidLabel: null,
  ...change,
});
const words = (caption: string | null, change: Partial<ContentPost> = {}) => post({ caption, ...change });

describe('a median', () => {
  it('is 200 of 100, 200, 200, 300 and 1000, where the mean is 360', () => {
    expect(medianOf([100, 1000, 200, 300, 200])).toEqual({ value: 200, n: 5 });
  });

  it('is not told below three posts, leaves what is not known out, and lies between the smallest and the largest', () => {
    expect(medianOf([1, null, 2])).toBeNull();
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(1e6)), { maxLength: 12 }), (values) => {
        const known = values.filter((value) => value !== null);
        const median = medianOf(values);
        if (known.length < 3) return median === null;
        const below = known.filter((value) => value < (median?.value ?? 0)).length;
        const above = known.filter((value) => value > (median?.value ?? 0)).length;
        return median?.n === known.length && below <= known.length / 2 && above <= known.length / 2;
      }),
    );
  });
});

describe('a paid post', () => {
  it.each([
    ['#ad my morning', true],
    ['My morning #Werbung', true],
    ['In paid partnership with @oatly', true],
    ['sponsored by @oatly', true],
    ['new #adventure with #adidas', false],
    ['partners in crime', false],
    ['', false],
  ])('"%s" says so: %s', (caption, isPaid) => {
    expect(isSponsored(words(caption))).toBe(isPaid);
  });

  it('is known by the label of the platform, and not known where neither label nor words are', () => {
    expect(isSponsored(words('slow morning', { isPaidLabel: true }))).toBe(true);
    expect(isSponsored(words(null, { isPaidLabel: false }))).toBe(false);
    expect(isSponsored(words(null))).toBeNull();
  });

  it('names the accounts it mentions, but not its own author nor an address', () => {
    expect(namedIn(words('Thanks @Oatly and @me! mail me@example.com'), 'me')).toEqual(['oatly']);
  });

  it.each([
    ['use code ANNA10 at @oatly', true],
    ['@oatly mit Rabattcode ANNA10', true],
    ['@oatly https://amzn.to/3abc #affiliate', true],
    ['shop @oatly https://oatly.example/?ref=anna', true],
    ['use code ANNA10', false],
    ['dress code: casual, with @oatly', false],
    ['thanks @oatly', false],
  ])('"%s" is an affiliate post: %s', (caption, isSo) => {
    expect(isAffiliate(words(caption), 'anna')).toBe(isSo);
  });
});

describe('what posts say', () => {
  it('is told with the number of posts behind it, and not at all where there are too few', () => {
    const empty = contentFromPosts([post()], { handle: 'anna', followers: 100 });
    expect(empty).toMatchObject({ medianLikes: null, postsPerWeek: null, avgDurationS: null, sponsored: null });
    const weekly = [0, 7, 14, 21].map((day) =>
      post({ postedAt: new Date(Date.UTC(2026, 2, 1 + day)).toISOString(), caption: day === 0 ? '#ad @oatly' : 'x' }),
    );
    expect(contentFromPosts(weekly, { handle: 'anna', followers: 100 })).toMatchObject({
      postsPerWeek: { value: 1, n: 4 },
      sponsored: { posts: 1, n: 4 },
      sponsors: ['oatly'],
    });
  });
});

describe('an audience of 21 and more', () => {
  const of = (age: Record<string, number>, adultShare: number | null = null) =>
    adultShareOf({ distributions: { age }, adultShare });

  it('is told when the source states it', () => {
    expect(of({ '18-24': 1 }, 0.716)).toEqual({ share: 0.716, from: 'stated', isCompliant: true });
    expect(of({ '18-24': 1 }, 0.7159).isCompliant).toBe(false);
  });

  it('is not told from a bucket of 18 to 24, which nobody can part at 21', () => {
    expect(of({ '18-24': 0.5, '25-34': 0.5 })).toEqual({ share: null, from: null, isCompliant: null });
  });

  it('is decided where the bucket makes no difference', () => {
    expect(of({ '18-24': 0.2, '25-34': 0.8 })).toMatchObject({ share: null, isCompliant: true });
    expect(of({ '13-17': 0.4, '18-24': 0.2, '25-34': 0.4 })).toMatchObject({ share: null, isCompliant: false });
    expect(of({ '13-17': 0.1, '25-34': 0.9 })).toEqual({ share: 0.9, from: 'ages', isCompliant: true });
  });

  it('is never decided against what the true share could be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(100), { minLength: 7, maxLength: 7 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (parts, of21) => {
          const sum = parts.reduce((all, one) => all + one, 0) || 1;
          const [minors = 0, young = 0, a = 0, b = 0, c = 0, d = 0] = parts.map((part) => part / sum);
          const unstated = (parts[6] ?? 0) / sum;
          const { isCompliant, share } = of({
            '13-17': minors,
            '18-24': young,
            '25-34': a,
            '35-44': b,
            '45-64': c,
            '65-': d,
          });
          const truth = a + b + c + d + (young + unstated) * of21;
          if (isCompliant === true && truth < 0.716 - 1e-9) return false;
          if (isCompliant === false && truth >= 0.716 + 1e-9) return false;
          return share === null || Math.abs(share - truth) <= 0.005 + 1e-9;
        },
      ),
    );
  });

  it('is worth as much as the sample is large', () => {
    expect([null, 999, 1000, 9999, 10_000].map(confidenceOf)).toEqual([
      'not stated',
      'low',
      'medium',
      'medium',
      'high',
    ]);
  });
});

describe('a published band', () => {
  it('is there for every account of 1,000 followers and more on three platforms, and for nobody else', () => {
    for (const platform of ['instagram', 'tiktok', 'youtube'] as const) {
      expect(bandFor(platform, 999)).toBeNull();
      expect(bandFor(platform, null)).toBeNull();
      fc.assert(
        fc.property(fc.integer({ min: 1000, max: 1e9 }), (followers) => {
          const band = bandFor(platform, followers);
          return band !== null && band.low <= (band.high ?? Number.POSITIVE_INFINITY);
        }),
      );
    }
    expect(bandFor('pinterest', 50_000)).toBeNull();
  });
});

describe('a place', () => {
  const locate = (name: string) =>
    name === 'Leipzig' ? { name: 'Leipzig', country: 'DE', lat: 51.34, lon: 12.37 } : null;

  it('keeps its own position, takes that of the town it is, and has none where it is something else', () => {
    const place = (name: string, lat: number | null = null) => ({ name, lat, lon: lat });
    expect(postPlaceOf(place('Leipzig', 5), locate)).toEqual(place('Leipzig', 5));
    expect(postPlaceOf(place('Leipzig, Germany'), locate)).toMatchObject({ lat: 51.34 });
    expect(postPlaceOf(place('Leipzig, best burgers'), locate)).toMatchObject({ lat: null });
    expect(postPlaceOf(place('Café Leipzig'), locate)).toMatchObject({ lat: null });
    expect(homeOf({ city: ' ', country: 'DE' }, locate)).toBeNull();
    expect(homeOf({ city: 'Nowhere', country: null }, locate)).toEqual(place('Nowhere'));
  });
});
