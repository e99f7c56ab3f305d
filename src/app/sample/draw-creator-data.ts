import { type AudienceRow, audienceAges, type PriceFormat } from '#modules/creators/api.ts';
import type { SampleCreator, SamplePost, SampleProfile } from './draw-creators.ts';
import type { Random } from './random.ts';
import { places } from './words.ts';

// All of this is invented: shares, prices and lengths are choices, fitted to nothing (docs/methods/sample-data.md).

export interface SamplePerson {
  gender: 'female' | 'male' | 'diverse' | null;
  age: number | null;
  isOpenToGifting: boolean | null;
  interests: string[];
  contacts: string[];
}

const interestWords = [
  'Outdoors',
  'Coffee',
  'Running',
  'Interior design',
  'Slow fashion',
  'Board games',
  'Gardening',
  'Travel',
  'Photography',
  'Baking',
  'Skincare',
  'Music',
] as const;

/** What a sample creator says of themselves; about half of it is not known. */
export function drawPerson(creator: SampleCreator, random: Random): SamplePerson {
  const handle = creator.profiles[0]?.handle ?? 'sample';
  const contacts: string[] = [];
  if (random.chance(0.12)) contacts.push(`telegram:@${handle}`);
  if (random.chance(0.08)) contacts.push(`linktree:${handle}.example`);
  const interests = random.chance(0.6) ? pickSome(interestWords, random.whole(1, 3), random) : [];
  return {
    gender: random.chance(0.55)
      ? random.weighted([
          ['female', 62],
          ['male', 33],
          ['diverse', 5],
        ] as const)
      : null,
    age: random.chance(0.4) ? random.whole(19, 46) : null,
    isOpenToGifting: random.chance(0.5) ? random.chance(0.7) : null,
    interests,
    contacts,
  };
}

function pickSome<Value>(values: readonly Value[], count: number, random: Random): Value[] {
  const first = random.whole(0, values.length - 1);
  return Array.from({ length: count }, (_, at) => values[(first + at * 5) % values.length] as Value);
}

/** Parts of a whole at random around given weights, rounded to a thousandth; they add up to `whole`. */
function drawShares(
  weights: readonly (readonly [string, number])[],
  whole: number,
  random: Random,
): Record<string, number> {
  const drawn = weights.map(([value, weight]) => [value, weight * Math.exp(0.5 * random.normal())] as const);
  const sum = drawn.reduce((all, [, weight]) => all + weight, 0);
  return Object.fromEntries(drawn.map(([value, weight]) => [value, Math.floor((weight / sum) * whole * 1000) / 1000]));
}

const ageWeights = [0.05, 0.3, 0.36, 0.18, 0.09, 0.02];

/** The audience of a profile as a report would show it; null for one in three. */
export function drawAudience(creator: SampleCreator, random: Random): AudienceRow | null {
  if (!random.chance(0.66)) return null;
  const origin = random.weighted([
    ['imported', 70],
    ['declared', 22],
    ['sampled', 8],
  ] as const);
  const { country, city, languages } = creator.place;
  const others = pickSome(places, 4, random).filter((place) => place.country !== country);
  const homeShare = 0.4 + 0.4 * random.unit();
  const abroad = drawShares([...new Map(others.map((place) => [place.country, 1] as const))], 0.9 - homeShare, random);
  const home = Math.floor(homeShare * 1000) / 1000;
  const female = Math.floor((0.25 + 0.6 * random.unit()) * 1000) / 1000;
  const language = languages[0] ?? 'en';
  const interests = pickSome(interestWords, 3, random);
  return {
    origin,
    n: origin === 'declared' ? null : origin === 'sampled' ? random.whole(200, 500) : random.whole(700, 24_000),
    distributions: {
      country: { [country]: home, ...abroad },
      city: { [city]: Math.floor(homeShare * 350) / 1000 },
      age: drawShares(
        audienceAges.map((age, at) => [age, ageWeights[at] ?? 0.01] as const),
        1,
        random,
      ),
      gender: { female, male: Math.floor((1 - female) * 1000) / 1000 },
      engagersGender: { female: Math.min(0.95, Math.floor((female + 0.03) * 1000) / 1000) },
      language:
        language === 'en' ? { en: 0.86 } : { [language]: home, en: Math.floor((0.95 - homeShare) * 1000) / 1000 },
      interest: Object.fromEntries(
        interests.map((name) => [name, Math.floor((0.2 + 0.4 * random.unit()) * 1000) / 1000]),
      ),
    },
    credibility: origin === 'imported' ? Math.floor((0.55 + 0.42 * random.unit()) * 1000) / 1000 : null,
    adultShare: null,
  };
}

export interface SamplePrice {
  format: PriceFormat;
  currency: string;
  amountMinor: bigint;
  origin: 'rate_card' | 'creator';
}

const formatFactors: Record<string, readonly (readonly [PriceFormat, number])[]> = {
  instagram: [
    ['post', 1],
    ['reel', 1.3],
    ['story', 0.4],
  ],
  tiktok: [['video', 1]],
  youtube: [
    ['integration', 2.2],
    ['short', 0.6],
  ],
  pinterest: [['pin', 0.5]],
};

/** Prices of four in ten profiles, around one unit of currency per hundred followers. */
export function drawPrices(profile: SampleProfile, creator: SampleCreator, random: Random): SamplePrice[] {
  if (!random.chance(0.4)) return [];
  const { country } = creator.place;
  const currency = country === 'GB' ? 'GBP' : country === 'US' ? 'USD' : 'EUR';
  const origin = random.chance(0.6) ? 'rate_card' : 'creator';
  const base = Math.max(20, (profile.followers / 100) * Math.exp(0.45 * random.normal()));
  return (formatFactors[profile.platform] ?? []).map(([format, factor]) => ({
    format,
    currency,
    amountMinor: BigInt(Math.max(1, Math.round((base * factor) / 5))) * 500n,
    origin,
  }));
}

export interface PostExtras {
  durationS: number | null;
  location: string | null;
  caption: string;
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** Length of a video, the town of one post in six, and a code in one paid post in four. */
export function drawPostExtras(
  post: SamplePost,
  of: { profile: SampleProfile; creator: SampleCreator },
  random: Random,
): PostExtras {
  const { place, name } = of.creator;
  const longest = of.profile.platform === 'youtube' ? 900 : 75;
  const town = random.chance(0.8) ? place : random.pick(places);
  const isTagged = random.chance(0.16);
  const hasCode = post.mentions.length > 0 && random.chance(0.25);
  const code = `${name.split(' ')[0] ?? 'SAMPLE'}10`.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return {
    durationS: post.format === 'video' ? Math.round(8 + (longest - 8) * random.unit() ** 1.6) : null,
    location: isTagged ? `${town.city}, ${countryNames.of(town.country) ?? town.country}` : null,
    caption: hasCode ? `${post.caption} Use code ${code}.` : post.caption,
  };
}
