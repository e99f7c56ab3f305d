import type { IndexedCreator, IndexedProfile } from '../../src/modules/discovery/rules/indexed-creator.ts';
import { Random, Zipf } from './random.ts';
import { inventWords, niches, places } from './words.ts';

export const vectorDims = 256;
export const vectorModel = 'bench-256';
/** A creator as the index takes it, always with a vector. */
export type BenchCreator = IndexedCreator & { vector: { model: string; scale: number; values: Int8Array } };
/** The day the invented creators stand at. */
export const benchNowMs = Date.UTC(2026, 5, 1);

const dayMs = 86_400_000;
const idAlphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const platforms = ['instagram', 'tiktok', 'youtube', 'pinterest', 'blog'] as const;
const platformShares = [0.55, 0.85, 0.95, 0.98, 1];
const categories = ['Blogger', 'Artist', 'Athlete', 'Chef', 'Musician', 'Photographer', 'Video creator', 'Shop'];
const accountTypes = ['creator', 'business', 'personal'];
const sources = ['import', 'export 2026-04', 'export 2026-05', 'capture'];

/** Invented creators, alike for the same seed: 200 niches, 16,000 words by Zipf's law, vectors that stand in clusters by niche. */
export class CreatorMaker {
  private readonly seed: number;
  private readonly words: readonly string[];
  private readonly wordRank = new Zipf(16_000, 1);
  private readonly nicheRank = new Zipf(niches.length, 0.6);
  private readonly placeSums: Float64Array;
  private readonly centres: readonly Int8Array[];

  constructor(seed: number) {
    this.seed = seed;
    this.words = inventWords(seed);
    this.placeSums = new Float64Array(places.length);
    let sum = 0;
    places.forEach((place, index) => {
      sum += place.share;
      this.placeSums[index] = sum;
    });
    const random = new Random(seed ^ 0x5ee2);
    this.centres = niches.map(() => Int8Array.from({ length: vectorDims }, () => clamp(random.normal() * 30)));
  }

  /** The creator at a place, whatever was made before. */
  creator(at: number): BenchCreator {
    const random = this.randomAt(at, 1);
    const nicheAt = this.nicheRank.draw(random);
    const second = random.isHit(0.35) ? this.nicheRank.draw(random) : nicheAt;
    const place = this.place(random);
    const name = `${capital(this.word(random))} ${capital(this.word(random))}`;
    const knowsPlace = random.isHit(0.9);
    const languages = place.language === 'en' || random.isHit(0.8) ? [place.language] : [place.language, 'en'];
    return {
      personId: benchPersonId(at),
      name: random.isHit(0.97) ? name : null,
      profiles: this.profiles(random, { at, name, niche: nicheAt }),
      country: knowsPlace ? place.country : null,
      region: null,
      city: knowsPlace && random.isHit(0.5) ? `${place.country} town ${random.below(12)}` : null,
      languages: random.isHit(0.92) ? languages : [],
      niches: [...new Set([niches[nicheAt] ?? '', niches[second] ?? ''])],
      tags: random.isHit(0.03) ? ['shortlist'] : [],
      hasEmail: random.isHit(0.4),
      ownerId: null,
      hashtags: Array.from({ length: 5 }, () => this.wordOfNiche(random, nicheAt)),
      mentions: [],
      captions: [],
      facts: random.isHit(0.3) ? { vetting_score: random.below(101) } : {},
      vector: { model: vectorModel, scale: 1 / 127, values: this.vector(at, nicheAt) },
    };
  }

  /** Creators from one place up to another, in batches. */
  *batches(from: number, to: number, size: number): Generator<BenchCreator[]> {
    for (let start = from; start < to; start += size)
      yield Array.from({ length: Math.min(size, to - start) }, (_, index) => this.creator(start + index));
  }

  /** A vector a query would have: near the creators of a niche. */
  queryVector(nicheAt: number): Int8Array {
    return this.vector(0x7000_0000 + nicheAt, nicheAt);
  }

  /** The word of that rank, the commonest at 0. */
  wordAt(rank: number): string {
    return this.words[rank] ?? '';
  }

  /** A word that creators of a niche use more than others; rank 0 is its commonest. */
  nicheWord(nicheAt: number, rank: number): string {
    return this.words[(rank * 7919 + nicheAt * 131 + 400) % this.words.length] ?? '';
  }

  private profiles(random: Random, of: { at: number; name: string; niche: number }): IndexedProfile[] {
    const draw = random.unit();
    const count = draw < 0.85 ? 1 : draw < 0.97 ? 2 : 3;
    const first = platformShares.findIndex((share) => random.unit() < share);
    return Array.from({ length: count }, (_, index) =>
      this.profile(random, { ...of, index, platform: platforms[(Math.max(0, first) + index) % 5] ?? 'blog' }),
    );
  }

  private profile(
    random: Random,
    of: { at: number; name: string; niche: number; index: number; platform: IndexedProfile['platform'] },
  ): IndexedProfile {
    const followers = Math.round(1000 + 14_000 * Math.exp(random.normal() * 1.3));
    const rate = random.isHit(0.95)
      ? round(0.04 * Math.exp(random.normal() * 0.7) * (followers / 15_000) ** -0.15)
      : null;
    const handle = `${this.word(random)}_${of.at.toString(36)}${of.index === 0 ? '' : `.${of.index}`}`;
    const month = random.normal() * 0.03 + 0.01;
    const growth = (months: number) => round(month * months + random.normal() * 0.01);
    return {
      profileId: `prf_${benchPersonId(of.at).slice(4)}${of.index}`,
      platform: of.platform,
      handle,
      url: `https://www.${of.platform}.example/${handle}/`,
      displayName: of.name,
      bio: this.bio(random, of.niche),
      category: random.isHit(0.7) ? random.pick(categories) : null,
      accountType: random.isHit(0.8) ? random.pick(accountTypes) : null,
      isVerified: random.isHit(0.9) ? random.isHit(0.05) : null,
      isPrivate: random.isHit(0.9) ? random.isHit(0.02) : null,
      followers,
      following: random.below(3000),
      postCount: random.below(2500),
      avgLikes: rate === null ? null : Math.round(rate * followers * 0.95),
      avgComments: rate === null ? null : Math.round(rate * followers * 0.05),
      avgViews: random.isHit(0.6) ? Math.round(followers * (0.2 + random.unit())) : null,
      engagementRate: rate,
      lastPostAt: random.isHit(0.9)
        ? new Date(benchNowMs - Math.floor(random.unit() ** 2 * 365) * dayMs - random.below(dayMs)).toISOString()
        : null,
      growth: random.isHit(0.6)
        ? { m1: growth(1), m2: growth(2), m3: growth(3), m4: growth(4), m5: growth(5), m6: growth(6) }
        : null,
      provenance: {
        '*': { source: random.pick(sources), at: new Date(benchNowMs - random.below(30) * dayMs).toISOString() },
      },
    };
  }

  private bio(random: Random, nicheAt: number): string {
    const count = 6 + random.below(7);
    return Array.from({ length: count }, () =>
      random.isHit(0.5) ? this.wordOfNiche(random, nicheAt) : this.word(random),
    ).join(' ');
  }

  private word(random: Random): string {
    return this.words[this.wordRank.draw(random)] ?? '';
  }

  private wordOfNiche(random: Random, nicheAt: number): string {
    return this.nicheWord(nicheAt, Math.floor(random.unit() ** 3 * 120));
  }

  private place(random: Random): { country: string; language: string } {
    const wanted = random.unit() * (this.placeSums[places.length - 1] ?? 0);
    return places[this.placeSums.findIndex((sum) => wanted < sum)] ?? { country: 'US', language: 'en' };
  }

  private vector(at: number, nicheAt: number): Int8Array {
    const random = this.randomAt(at, 2);
    const centre = this.centres[nicheAt];
    const values = new Int8Array(vectorDims);
    for (let i = 0; i < vectorDims; i += 1) values[i] = clamp((centre?.[i] ?? 0) + (random.unit() - 0.5) * 70);
    return values;
  }

  private randomAt(at: number, stream: number): Random {
    return new Random(Math.imul(at + 1, 0x9e3779b1) ^ Math.imul(this.seed + stream, 0x85ebca6b));
  }
}

/** Ids that sort as the places do. */
export function benchPersonId(at: number): string {
  let text = '';
  for (let rest = at, i = 0; i < 22; i += 1) {
    text = idAlphabet[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return `per_${text}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function clamp(value: number): number {
  return Math.max(-127, Math.min(127, Math.round(value)));
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
