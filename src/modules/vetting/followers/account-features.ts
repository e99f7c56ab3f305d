import type { NameShape } from './name-shape.ts';

/** What is known of one account of an audience; null is not known. */
export interface AccountFacts extends NameShape {
  hasPicture: boolean | null;
  isPrivate: boolean | null;
  isVerified: boolean | null;
  hasLink: boolean | null;
  posts: number | null;
  followers: number | null;
  following: number | null;
  bioLength: number | null;
  fullNameWords: number | null;
  fullNameDigitShare: number | null;
  nameDistance: number | null;
  ageDays: number | null;
  /** Of platforms that show them. */
  lists: number | null;
  likesGiven: number | null;
  hasDefaultTheme: boolean | null;
  saysBot: boolean | null;
}

interface FeatureSpec {
  name: string;
  /** Under which name its part of an answer is shown. */
  reason: Reason;
  /** Facts it is computed from; not known when one of them is not. */
  needs: readonly (keyof AccountFacts)[];
  value: (facts: AccountFacts) => number | null;
}

export const reasons = [
  'picture',
  'posts',
  'followers',
  'followed_accounts',
  'followers_per_followed',
  'posts_per_followed',
  'user_name',
  'full_name',
  'bio',
  'link',
  'private',
  'verified',
  'age',
  'activity',
] as const;
export type Reason = (typeof reasons)[number];

const plain = (name: keyof AccountFacts, reason: Reason): FeatureSpec => ({
  name,
  reason,
  needs: [name],
  value: (facts) => (facts[name] === null ? null : Number(facts[name])),
});
const log = (name: keyof AccountFacts, reason: Reason): FeatureSpec => ({
  name: `ln_${name}`,
  reason,
  needs: [name],
  value: (facts) => ln(facts[name]),
});
const ratio = (over: keyof AccountFacts, under: keyof AccountFacts, reason: Reason): FeatureSpec => ({
  name: `ln_${over}_per_${under}`,
  reason,
  needs: [over, under],
  value: (facts) => {
    const [a, b] = [ln(facts[over]), ln(facts[under])];
    return a === null || b === null ? null : a - b;
  },
});

function ln(value: number | boolean | null): number | null {
  return value === null ? null : Math.log1p(Math.max(0, Number(value)));
}

/** The order of a row. Weights name the features they were fitted to, so a change here makes new weights necessary. */
export const featureSpecs: readonly FeatureSpec[] = [
  plain('hasPicture', 'picture'),
  log('posts', 'posts'),
  log('followers', 'followers'),
  log('following', 'followed_accounts'),
  ratio('followers', 'following', 'followers_per_followed'),
  ratio('posts', 'following', 'posts_per_followed'),
  ratio('posts', 'followers', 'posts'),
  plain('nameDigitShare', 'user_name'),
  plain('nameLength', 'user_name'),
  plain('nameTrailingDigits', 'user_name'),
  plain('nameSeparators', 'user_name'),
  plain('nameVowelShare', 'user_name'),
  plain('nameDistinctShare', 'user_name'),
  plain('nameSwitches', 'user_name'),
  plain('bioLength', 'bio'),
  plain('hasLink', 'link'),
  plain('isPrivate', 'private'),
  plain('isVerified', 'verified'),
  log('ageDays', 'age'),
  ratio('posts', 'ageDays', 'activity'),
  plain('fullNameWords', 'full_name'),
  plain('fullNameDigitShare', 'full_name'),
  plain('nameDistance', 'full_name'),
  log('lists', 'activity'),
  log('likesGiven', 'activity'),
  plain('hasDefaultTheme', 'activity'),
  plain('saysBot', 'bio'),
];

export const featureNames = featureSpecs.map((spec) => spec.name);

/** The row of an account; NaN is not known. */
export function featureRow(facts: AccountFacts): Float64Array {
  const row = new Float64Array(featureSpecs.length);
  for (let at = 0; at < row.length; at += 1) row[at] = featureSpecs[at]?.value(facts) ?? Number.NaN;
  return row;
}

/** Features along which an account never looks more suspicious, and along which it never looks less so. Common sense, and it carries to other platforms. */
export const neverLess = ['nameDigitShare', 'nameTrailingDigits', 'nameSwitches', 'fullNameDigitShare', 'saysBot'];
export const neverMore = [
  'hasPicture',
  'ln_posts',
  'ln_followers',
  'ln_followers_per_following',
  'bioLength',
  'hasLink',
  'isVerified',
];

/** Facts that go missing together, each with the features that fall away. */
export const factGroups: readonly (readonly (keyof AccountFacts)[])[] = [
  ['hasPicture'],
  ['isPrivate'],
  ['posts'],
  ['followers'],
  ['following'],
  [
    'nameLength',
    'nameDigitShare',
    'nameTrailingDigits',
    'nameSeparators',
    'nameVowelShare',
    'nameDistinctShare',
    'nameSwitches',
  ],
  ['bioLength'],
  ['hasLink'],
  ['isVerified'],
  ['ageDays'],
];

/** The facts nearly every source has, by the name under which their lack is kept apart in what was measured. */
export const coreFacts = {
  picture: 'hasPicture',
  posts: 'posts',
  followers: 'followers',
  following: 'following',
  name: 'nameDigitShare',
} as const satisfies Record<string, keyof AccountFacts>;
export type CoreFact = keyof typeof coreFacts;
export const coreFactNames = Object.keys(coreFacts) as CoreFact[];

/** Which core facts an account lacks, as one word: "" for none, "posts+name" for two. */
export function lackOf(facts: AccountFacts): string {
  return coreFactNames.filter((name) => facts[coreFacts[name]] === null).join('+');
}

/** The account as if these core facts were not known. */
export function withoutFacts(facts: AccountFacts, lack: readonly CoreFact[]): AccountFacts {
  const gone = lack.flatMap((name) => factGroups.find((group) => group.includes(coreFacts[name])) ?? []);
  return { ...facts, ...Object.fromEntries(gone.map((name) => [name, null])) };
}
