import type { Platform } from '#kernel/platform.ts';
import type { AudienceDistributions, PriceFormat, PriceOrigin } from './api.ts';

/** Where a figure comes from: the source's name, the instant it holds for, and the sample size when it was computed. */
export interface Provenance {
  source: string;
  at: string;
  n?: number;
  formula?: string;
}

/** Relative change of followers (0.1 is +10 %) over 1 to 6 months before the last observation; null where no observation is so old. */
export interface FollowerGrowth {
  m1: number | null;
  m2: number | null;
  m3: number | null;
  m4: number | null;
  m5: number | null;
  m6: number | null;
}

/** Shares are fractions; `n` is the size of the sample, null where the source does not state it. */
export interface DocumentAudience {
  distributions: AudienceDistributions;
  credibility: number | null;
  adultShare: number | null;
  /** At least 71.6 % are 21 or more; null where it cannot be told. */
  isLdaCompliant: boolean | null;
  n: number | null;
}

/** A town with its position in degrees; without one where it is not known. */
export interface DocumentPlace {
  name: string;
  lat: number | null;
  lon: number | null;
}

/** A price, or a band of prices, in minor units. */
export interface DocumentPrice {
  format: PriceFormat | null;
  currency: string;
  lowMinor: number;
  highMinor: number;
  origin: PriceOrigin;
}

/** One account of a person with its current figures. Null is not known, never 0. Engagement rate is a share of followers (0.034 is 3.4 %). */
export interface ProfileDocument {
  profileId: string;
  platform: Platform;
  handle: string;
  url: string | null;
  displayName: string | null;
  bio: string | null;
  category: string | null;
  website: string | null;
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
  /** ISO instant. */
  lastPostAt: string | null;
  growth: FollowerGrowth | null;
  likesGrowth: FollowerGrowth | null;
  viewsGrowth: FollowerGrowth | null;
  avgShares: number | null;
  avgSaves: number | null;
  medianLikes: number | null;
  medianComments: number | null;
  medianViews: number | null;
  medianEngagements: number | null;
  medianEngagementRate: number | null;
  /** How many of the newest posts each median is of; left out where nobody counted. */
  medianPosts?: Record<'likes' | 'comments' | 'views' | 'engagementRate', number | null>;
  postsPerWeek: number | null;
  avgDurationS: number | null;
  sponsoredPosts: number | null;
  sponsoredShare: number | null;
  isAffiliate: boolean | null;
  isOfficialArtist: boolean | null;
  audience: DocumentAudience | null;
  /** ISO instant of the newest observation. */
  refreshedAt: string | null;
  /** Per field, with `*` for every field that has no entry of its own; read by `provenanceOf`. */
  provenance: Record<string, Provenance>;
}

/** All that discovery indexes of one person. The main profile, the one with most followers, comes first. */
export interface CreatorDocument {
  personId: string;
  name: string | null;
  profiles: ProfileDocument[];
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  region: string | null;
  city: string | null;
  /** ISO 639-1 codes. */
  languages: string[];
  niches: string[];
  tags: string[];
  hasEmail: boolean;
  ownerId: string | null;
  /** Of the newest 12 posts a profile, lower case without # or @. */
  hashtags: string[];
  mentions: string[];
  /** Captions of the newest 12 posts a profile, newest first, at most 4,000 characters in all. */
  captions: string[];
  /** What other modules state: contacted, credibility, price. */
  facts: Record<string, unknown>;
  contacts: string[];
  /** Brands named in posts marked as paid. */
  sponsors: string[];
  interests: string[];
  /** As declared or imported, never guessed. */
  declaredGender: string | null;
  declaredAge: number | null;
  isOpenToGifting: boolean | null;
  isSuppressed: boolean;
  home: DocumentPlace | null;
  postPlaces: DocumentPlace[];
  formats: string[];
  prices: DocumentPrice[];
  createdAt: string;
  updatedAt: string;
}

/** Where a field's value comes from; null when nothing is recorded. */
export function provenanceOf(provenance: Record<string, Provenance>, field: string): Provenance | null {
  return provenance[field] ?? provenance['*'] ?? null;
}
