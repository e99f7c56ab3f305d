import type { IndexedCreator, IndexedProfile } from './indexed-creator.ts';

/** For tests: an account of which nothing is known but what is given. */
export function aProfile(id: string, patch: Partial<IndexedProfile> = {}): IndexedProfile {
  return {
    profileId: id,
    platform: 'instagram',
    handle: id,
    url: null,
    displayName: null,
    bio: null,
    category: null,
    accountType: null,
    isVerified: null,
    isPrivate: null,
    followers: null,
    following: null,
    postCount: null,
    avgLikes: null,
    avgComments: null,
    avgViews: null,
    engagementRate: null,
    lastPostAt: null,
    growth: null,
    provenance: {},
    ...patch,
  };
}

/** For tests: a creator of whom nothing is known but what is given. */
export function aCreator(id: string, patch: Partial<IndexedCreator> = {}): IndexedCreator {
  return {
    personId: id,
    name: null,
    profiles: [],
    country: null,
    region: null,
    city: null,
    languages: [],
    niches: [],
    tags: [],
    hasEmail: false,
    ownerId: null,
    hashtags: [],
    mentions: [],
    captions: [],
    facts: {},
    ...patch,
  };
}
