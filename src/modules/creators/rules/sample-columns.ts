import type { SampledAccount } from '../api.ts';
import { normaliseHeading } from './header-synonyms.ts';

/** What a column of a sample is read as. Those below `account` are turned into measures and not kept themselves. */
export const sampleTargets = [
  'handle',
  'followers',
  'following',
  'posts',
  'isPrivate',
  'isVerified',
  'hasPicture',
  'hasNoPicture',
  'hasLink',
  'bioLength',
  'ageDays',
  'link',
  'bio',
  'fullName',
  'madeAt',
] as const;
export type SampleTarget = (typeof sampleTargets)[number];

/** Headings in the form of normaliseHeading. Sources: Instagram scrapers' exports (Apify, Phantombuster), the TikTok and YouTube interfaces, public research sets. */
const headings: Record<SampleTarget, readonly string[]> = {
  handle: [
    'username',
    'user name',
    'handle',
    'login',
    'account',
    'screen name',
    'profile',
    'profile url',
    'profile link',
    'instagram username',
    'nutzername',
    'benutzername',
  ],
  followers: [
    'followers',
    'follower',
    'follower count',
    'followers count',
    'nb followers',
    'user follower count',
    'abonnenten',
    'abonnes',
    'seguidores',
  ],
  following: [
    'following',
    'follows',
    'followees',
    'following count',
    'follows count',
    'followed accounts',
    'friends',
    'friends count',
    'user following count',
    'gefolgt',
    'abonnements',
    'seguidos',
  ],
  posts: [
    'posts',
    'post count',
    'posts count',
    'media count',
    'user media count',
    'statuses',
    'statuses count',
    'videos',
    'video count',
    'beitrage',
    'publications',
    'publicaciones',
  ],
  isPrivate: ['is private', 'private', 'private account', 'user is private', 'privat'],
  isVerified: ['is verified', 'verified', 'verifiziert'],
  hasPicture: [
    'has picture',
    'has profile picture',
    'has profile pic',
    'profile pic',
    'has avatar',
    'user has profil pic',
    'profilbild',
  ],
  hasNoPicture: [
    'has anonymous profile picture',
    'default image',
    'default profile image',
    'has no picture',
    'no picture',
    'is default avatar',
  ],
  hasLink: ['has link', 'has url', 'has website'],
  bioLength: ['bio length', 'biography length', 'description length', 'description len', 'user biography length'],
  ageDays: ['age days', 'account age days', 'account age'],
  link: ['external url', 'website', 'link', 'url in bio', 'bio link'],
  bio: ['bio', 'biography', 'description', 'signature', 'about'],
  fullName: ['full name', 'fullname', 'name', 'display name', 'nickname'],
  madeAt: ['created at', 'joined', 'joined at', 'account created', 'registered', 'create time'],
};
const targetOf = new Map(
  sampleTargets.flatMap((target) => headings[target].map((heading) => [heading, target] as const)),
);

/** Targets by column; the first column of a target is read, others and unknown ones are left out (null). */
export function planSample(columns: readonly string[]): (SampleTarget | null)[] {
  const taken = new Set<SampleTarget>();
  return columns.map((column) => {
    const target = targetOf.get(normaliseHeading(column)) ?? null;
    if (target === null || taken.has(target)) return null;
    taken.add(target);
    return target;
  });
}

/** What the headings may be, for a message. */
export function knownHeadings(): string {
  return sampleTargets.map((target) => headings[target][0]).join(', ');
}

/** Whether anything is known of an account besides its name. */
export function saysAnything(account: SampledAccount): boolean {
  return Object.values(account).some((value) => value !== null);
}
