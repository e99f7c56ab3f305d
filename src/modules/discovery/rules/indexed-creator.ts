import type { Platform } from '#kernel/platform.ts';

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
  growth: {
    m1: number | null;
    m2: number | null;
    m3: number | null;
    m4: number | null;
    m5: number | null;
    m6: number | null;
  } | null;
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
  };
}

export function profileSets(profile: IndexedProfile): Record<string, string[]> {
  const one = (value: string | null) => (value === null || value.trim() === '' ? [] : [value]);
  return { platform: [profile.platform], category: one(profile.category), accountType: one(profile.accountType) };
}

/** Figures of a profile by field; lastPost in milliseconds since 1970. */
export function profileNumbers(profile: IndexedProfile): Record<string, number | null> {
  const posted = profile.lastPostAt === null ? null : Date.parse(profile.lastPostAt);
  return {
    followers: profile.followers,
    following: profile.following,
    posts: profile.postCount,
    engagementRate: profile.engagementRate,
    avgLikes: profile.avgLikes,
    avgComments: profile.avgComments,
    avgViews: profile.avgViews,
    growth1m: profile.growth?.m1 ?? null,
    growth2m: profile.growth?.m2 ?? null,
    growth3m: profile.growth?.m3 ?? null,
    growth4m: profile.growth?.m4 ?? null,
    growth5m: profile.growth?.m5 ?? null,
    growth6m: profile.growth?.m6 ?? null,
    lastPost: posted === null || Number.isNaN(posted) ? null : posted,
  };
}

export function profileFlags(profile: IndexedProfile): Record<string, boolean | null> {
  return { verified: profile.isVerified, private: profile.isPrivate };
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
