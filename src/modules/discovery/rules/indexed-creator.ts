import type { Platform } from '#kernel/platform.ts';
import {
  type AudienceDimension,
  audienceDimensions,
  type OfferedPrice,
  type Place,
  placeValue,
  priceValue,
} from '../api.ts';

/** Relative change over 1 to 6 months; null where no observation is so old. */
export interface Growth {
  m1: number | null;
  m2: number | null;
  m3: number | null;
  m4: number | null;
  m5: number | null;
  m6: number | null;
}

/** Shares (fractions) of an audience by dimension and value; null or absent where the source tells none. */
export type AudienceDistributions = {
  [dimension in AudienceDimension]?: Record<string, number> | undefined;
};

/** What is read of a creator's audience; `n` is the size of the sample, null where the source does not state it. */
export interface IndexedAudience {
  distributions: AudienceDistributions;
  credibility: number | null;
  /** Share of 21 years and more, where it can be told. */
  adultShare: number | null;
  /** At least 71.6 % are 21 or more; null where it cannot be told. */
  isLdaCompliant?: boolean | null;
  n: number | null;
}

/** value = scale * integer; the length is a multiple of 16. */
export interface QuantisedVector {
  model: string;
  scale: number;
  values: Int8Array;
}

/** Absent is not known, as null is. */
export interface IndexedProfile {
  profileId: string;
  platform: Platform;
  handle: string;
  url: string | null;
  displayName: string | null;
  bio: string | null;
  category: string | null;
  accountType: string | null;
  isVerified: boolean | null;
  isPrivate: boolean | null;
  followers: number | null;
  following: number | null;
  postCount: number | null;
  avgLikes: number | null;
  avgComments: number | null;
  avgViews: number | null;
  engagementRate: number | null;
  lastPostAt: string | null;
  growth: Growth | null;
  likesGrowth?: Growth | null;
  viewsGrowth?: Growth | null;
  avgShares?: number | null;
  avgSaves?: number | null;
  medianLikes?: number | null;
  medianComments?: number | null;
  medianViews?: number | null;
  medianEngagements?: number | null;
  medianEngagementRate?: number | null;
  postsPerWeek?: number | null;
  avgDurationS?: number | null;
  sponsoredPosts?: number | null;
  sponsoredShare?: number | null;
  isAffiliate?: boolean | null;
  isOfficialArtist?: boolean | null;
  audience?: IndexedAudience | null;
  /** ISO instant of the newest observation. */
  refreshedAt?: string | null;
  provenance: Record<string, { source: string; at: string; n?: number; formula?: string }>;
}

/** What the index takes of a creator; the creators module's document has all of it. Null and empty mean not known. */
export interface IndexedCreator {
  personId: string;
  name: string | null;
  profiles: IndexedProfile[];
  country: string | null;
  region: string | null;
  city: string | null;
  languages: string[];
  niches: string[];
  tags: string[];
  hasEmail: boolean;
  ownerId: string | null;
  hashtags: string[];
  mentions: string[];
  captions: string[];
  facts: Record<string, unknown>;
  /** Kinds of contact known: email, phone, whatsapp, ... */
  contacts?: string[];
  /** Brands named in posts that are marked as paid. */
  sponsors?: string[];
  interests?: string[];
  /** As the creator or an import states it, never guessed. */
  declaredGender?: string | null;
  declaredAge?: number | null;
  isOpenToGifting?: boolean | null;
  isSuppressed?: boolean;
  home?: Place | null;
  /** Places tagged in posts. */
  postPlaces?: Place[];
  formats?: string[];
  prices?: OfferedPrice[];
  /** What the creator's content is about, quantised. */
  vector?: QuantisedVector | null;
}

/** Sets of a person, one value or many, as lists; empty is not known (for tag and owner: none). */
export function personSets(creator: IndexedCreator): Record<string, string[]> {
  const one = (value: string | null) => (value === null || value.trim() === '' ? [] : [value]);
  return {
    niche: creator.niches,
    country: one(creator.country),
    region: one(creator.region),
    city: one(creator.city),
    language: creator.languages,
    tag: creator.tags,
    owner: one(creator.ownerId),
    contact: creator.contacts ?? [],
    network: creator.profiles.map((profile) => profile.platform),
    sponsor: creator.sponsors ?? [],
    interest: creator.interests ?? [],
    declaredGender: one(creator.declaredGender ?? null),
    format: creator.formats ?? [],
    home: creator.home ? [placeValue(creator.home)] : [],
    postPlace: (creator.postPlaces ?? []).map(placeValue),
    price: (creator.prices ?? []).map(priceValue),
  };
}

/** Figures of a person by field. */
export function personNumbers(creator: IndexedCreator): Record<string, number | null> {
  return { declaredAge: creator.declaredAge ?? null };
}

export function personFlags(creator: IndexedCreator): Record<string, boolean | null> {
  return {
    hasEmail: creator.hasEmail,
    openToGifting: creator.isOpenToGifting ?? null,
    suppressed: creator.isSuppressed === true,
  };
}

export function profileSets(profile: IndexedProfile): Record<string, string[]> {
  const one = (value: string | null) => (value === null || value.trim() === '' ? [] : [value]);
  return { platform: [profile.platform], category: one(profile.category), accountType: one(profile.accountType) };
}

const powers = Array.from({ length: 31 }, (_, index) => 10 ** index);

/** A figure to six significant digits, the same in every engine; counts of people stay as they are. */
export function roundFigure(value: number | null | undefined): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  if (value === 0) return 0;
  const digits = 5 - Math.floor(Math.log10(Math.abs(value)));
  const power = powers[Math.min(30, Math.abs(digits))] ?? 1;
  return digits >= 0 ? Math.round(value * power) / power : Math.round(value / power) * power;
}

function instantOf(iso: string | null | undefined): number | null {
  const at = iso ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

/**
 * Figures of a profile by field; lastPost and refreshed in milliseconds since 1970. This is the one place where figures are rounded, so that
 * all engines compare and sort by the same numbers.
 */
export function profileNumbers(profile: IndexedProfile): Record<string, number | null> {
  const { avgLikes, avgComments, growth, likesGrowth, viewsGrowth } = profile;
  const hasEngagements = avgLikes !== null && avgComments !== null;
  return {
    followers: profile.followers,
    following: profile.following,
    posts: profile.postCount,
    engagementRate: roundFigure(profile.engagementRate),
    engagements: hasEngagements ? roundFigure(avgLikes + avgComments) : null,
    avgLikes: roundFigure(avgLikes),
    avgComments: roundFigure(avgComments),
    avgViews: roundFigure(profile.avgViews),
    avgShares: roundFigure(profile.avgShares),
    avgSaves: roundFigure(profile.avgSaves),
    medianEngagementRate: roundFigure(profile.medianEngagementRate),
    medianEngagements: roundFigure(profile.medianEngagements),
    medianLikes: roundFigure(profile.medianLikes),
    medianComments: roundFigure(profile.medianComments),
    medianViews: roundFigure(profile.medianViews),
    postsPerWeek: roundFigure(profile.postsPerWeek),
    avgDurationS: roundFigure(profile.avgDurationS),
    sponsoredPosts: profile.sponsoredPosts ?? null,
    sponsoredShare: roundFigure(profile.sponsoredShare),
    audienceCredibility: roundFigure(profile.audience?.credibility),
    adultShare: roundFigure(profile.audience?.adultShare),
    growth1m: roundFigure(growth?.m1),
    growth2m: roundFigure(growth?.m2),
    growth3m: roundFigure(growth?.m3),
    growth4m: roundFigure(growth?.m4),
    growth5m: roundFigure(growth?.m5),
    growth6m: roundFigure(growth?.m6),
    likesGrowth1m: roundFigure(likesGrowth?.m1),
    likesGrowth2m: roundFigure(likesGrowth?.m2),
    likesGrowth3m: roundFigure(likesGrowth?.m3),
    likesGrowth4m: roundFigure(likesGrowth?.m4),
    likesGrowth5m: roundFigure(likesGrowth?.m5),
    likesGrowth6m: roundFigure(likesGrowth?.m6),
    viewsGrowth1m: roundFigure(viewsGrowth?.m1),
    viewsGrowth2m: roundFigure(viewsGrowth?.m2),
    viewsGrowth3m: roundFigure(viewsGrowth?.m3),
    viewsGrowth4m: roundFigure(viewsGrowth?.m4),
    viewsGrowth5m: roundFigure(viewsGrowth?.m5),
    viewsGrowth6m: roundFigure(viewsGrowth?.m6),
    lastPost: instantOf(profile.lastPostAt),
    refreshed: instantOf(profile.refreshedAt),
  };
}

export function profileFlags(profile: IndexedProfile): Record<string, boolean | null> {
  const sponsored = profile.sponsoredPosts ?? null;
  return {
    verified: profile.isVerified,
    private: profile.isPrivate,
    hasSponsored: sponsored === null ? null : sponsored > 0,
    affiliate: profile.isAffiliate ?? null,
    officialArtist: profile.isOfficialArtist ?? null,
    ldaCompliant: profile.audience?.isLdaCompliant ?? null,
  };
}

/** Shares are kept as whole ten-thousandths: their sums are exact and the same in every engine. */
export const shareWhole = 10_000;

/** Least sum of ten-thousandths that satisfies a least share. */
export function shareAtLeast(min: number): number {
  return Math.round(min * shareWhole);
}

/** Shares of the audience by field (`audience.country`, ...) and value, in ten-thousandths; a field without a distribution is absent. */
export function profileShares(profile: IndexedProfile): Record<string, [value: string, share: number][]> {
  const shares: Record<string, [string, number][]> = {};
  const distributions = profile.audience?.distributions;
  if (distributions === undefined) return shares;
  for (const dimension of audienceDimensions) {
    const given = distributions[dimension];
    if (given === undefined) continue;
    const known = Object.entries(given).map(([value, share]): [string, number] => [
      value,
      Math.round(share * shareWhole),
    ]);
    if (known.length > 0) shares[`audience.${dimension}`] = known;
  }
  return shares;
}

export type FactValue = number | boolean | string | string[];

/** A fact as something that can be filtered: a number, a flag, a word or words; an object by its `value`. Null when it is none of these. */
export function factValue(fact: unknown): FactValue | null {
  if (typeof fact === 'number' && Number.isFinite(fact)) return fact;
  if (typeof fact === 'boolean') return fact;
  if (typeof fact === 'string') return fact.trim() === '' ? null : fact;
  if (Array.isArray(fact)) {
    const words = fact.filter((part) => typeof part === 'string');
    return words.length > 0 ? words : null;
  }
  if (typeof fact === 'object' && fact !== null && 'value' in fact) return factValue(fact.value);
  return null;
}
