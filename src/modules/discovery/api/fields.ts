export {
  type AudienceDimension,
  audienceAges,
  audienceDimensions,
  audienceGenders,
  type PriceFormat,
  type PriceOrigin,
  priceFormats,
  priceOrigins,
} from '#modules/creators/api.ts';

export type FieldKind = 'set' | 'number' | 'flag' | 'date' | 'words' | 'place' | 'share' | 'price';
export interface SearchField {
  kind: FieldKind;
  label: string;
  /** Whether the value belongs to the person or to one of the person's profiles. */
  level: 'person' | 'profile';
  /** Always known: an empty value means none, not unknown. */
  isComplete?: boolean;
  /** Of an audience: the least share asked for when a filter names none, a fraction. */
  minShare?: number;
  /** Of an audience: whether the shares of several values add up, or overlap so that only the largest counts. */
  combine?: 'sum' | 'largest';
}

const set = (label: string, level: 'person' | 'profile', isComplete = false): SearchField => ({
  kind: 'set',
  label,
  level,
  isComplete,
});
const number = (label: string, level: 'person' | 'profile' = 'profile'): SearchField => ({
  kind: 'number',
  label,
  level,
});
const flag = (label: string, level: 'person' | 'profile', isComplete = false): SearchField => ({
  kind: 'flag',
  label,
  level,
  isComplete,
});
const date = (label: string): SearchField => ({ kind: 'date', label, level: 'profile' });
const words = (label: string): SearchField => ({ kind: 'words', label, level: 'person' });
const place = (label: string): SearchField => ({ kind: 'place', label, level: 'person' });
const price: SearchField = { kind: 'price', label: 'Price', level: 'person' };
const share = (label: string, minShare: number, combine: 'sum' | 'largest' = 'sum'): SearchField => ({
  kind: 'share',
  label,
  level: 'profile',
  minShare,
  combine,
});

/**
 * Every field one can filter, count and sort by. `fact.<name>` adds what other modules state of a person. The least shares of an audience are
 * those that discovery tools publish as their defaults.
 */
export const searchFields = {
  creator: set('Creator', 'person', true),
  platform: set('Platform', 'profile'),
  tier: set('Tier', 'profile'),
  niche: set('Niche', 'person'),
  category: set('Category', 'profile'),
  country: set('Country', 'person'),
  region: set('Region', 'person'),
  city: set('City', 'person'),
  language: set('Language', 'person'),
  accountType: set('Account type', 'profile'),
  tag: set('Tag', 'person', true),
  owner: set('Owner', 'person', true),
  list: set('List', 'person', true),
  contact: set('Contact', 'person'),
  network: set('Network', 'person'),
  sponsor: set('Sponsor', 'person'),
  interest: set('Interest', 'person'),
  declaredGender: set('Gender, as declared', 'person'),
  format: set('Format', 'person'),
  home: place('Home'),
  postPlace: place('Place tagged in posts'),
  hashtag: words('Hashtag'),
  mention: words('Mention'),
  keyword: words('Word in captions'),
  followers: number('Followers'),
  following: number('Following'),
  posts: number('Posts'),
  engagementRate: number('Engagement rate'),
  engagements: number('Engagements a post'),
  avgLikes: number('Average likes'),
  avgComments: number('Average comments'),
  avgViews: number('Average views'),
  avgShares: number('Average shares'),
  avgSaves: number('Average saves'),
  medianEngagementRate: number('Median engagement rate'),
  medianEngagements: number('Median engagements a post'),
  medianLikes: number('Median likes'),
  medianComments: number('Median comments'),
  medianViews: number('Median views'),
  postsPerWeek: number('Posts a week'),
  avgDurationS: number('Average length of videos, seconds'),
  sponsoredPosts: number('Sponsored posts'),
  sponsoredShare: number('Share of sponsored posts'),
  audienceCredibility: number('Audience credibility'),
  adultShare: number('Audience of 21 and more'),
  growth1m: number('Growth, 1 month'),
  growth2m: number('Growth, 2 months'),
  growth3m: number('Growth, 3 months'),
  growth4m: number('Growth, 4 months'),
  growth5m: number('Growth, 5 months'),
  growth6m: number('Growth, 6 months'),
  likesGrowth1m: number('Growth of likes, 1 month'),
  likesGrowth2m: number('Growth of likes, 2 months'),
  likesGrowth3m: number('Growth of likes, 3 months'),
  likesGrowth4m: number('Growth of likes, 4 months'),
  likesGrowth5m: number('Growth of likes, 5 months'),
  likesGrowth6m: number('Growth of likes, 6 months'),
  viewsGrowth1m: number('Growth of views, 1 month'),
  viewsGrowth2m: number('Growth of views, 2 months'),
  viewsGrowth3m: number('Growth of views, 3 months'),
  viewsGrowth4m: number('Growth of views, 4 months'),
  viewsGrowth5m: number('Growth of views, 5 months'),
  viewsGrowth6m: number('Growth of views, 6 months'),
  declaredAge: number('Age, as declared', 'person'),
  lastPost: date('Last post'),
  refreshed: date('Refreshed'),
  verified: flag('Verified', 'profile'),
  private: flag('Private', 'profile'),
  hasSponsored: flag('Has sponsored posts', 'profile'),
  affiliate: flag('Affiliate posts in 90 days', 'profile'),
  ldaCompliant: flag('At least 71.6 % of the audience 21 or more', 'profile'),
  officialArtist: flag('Official artist', 'profile'),
  hasEmail: flag('Has e-mail', 'person', true),
  openToGifting: flag('Open to gifting', 'person'),
  suppressed: flag('Suppressed', 'person', true),
  price,
  'audience.country': share('Audience country', 0.2),
  'audience.state': share('Audience state', 0.2),
  'audience.city': share('Audience city', 0.2),
  'audience.age': share('Audience age', 0.3),
  'audience.gender': share('Audience gender', 0.5),
  'audience.engagersGender': share("Engagers' gender", 0.5),
  'audience.language': share('Audience language', 0.2),
  'audience.interest': share('Audience interest', 0.3, 'largest'),
} satisfies Record<string, SearchField>;

export const engagementDefinition = '(average likes + average comments) / followers, over the newest posts known';

export type Calculation = 'average' | 'median';
const medianOf: Record<string, string> = {
  avgLikes: 'medianLikes',
  avgComments: 'medianComments',
  avgViews: 'medianViews',
  engagementRate: 'medianEngagementRate',
  engagements: 'medianEngagements',
};

/** The field read for the one asked for: its median when medians are asked for and there is one. */
export function fieldUnder(field: string, calculation: Calculation | undefined): string {
  return calculation === 'median' ? (medianOf[field] ?? field) : field;
}
