export type FieldKind = 'set' | 'number' | 'flag' | 'date';
export interface SearchField {
  kind: FieldKind;
  label: string;
  /** Whether the value belongs to the person or to one of the person's profiles. */
  level: 'person' | 'profile';
  /** Always known: an empty value means none, not unknown. */
  isComplete?: boolean;
}

const set = (label: string, level: 'person' | 'profile', isComplete = false): SearchField => ({
  kind: 'set',
  label,
  level,
  isComplete,
});
const number = (label: string): SearchField => ({ kind: 'number', label, level: 'profile' });

/** Every field one can filter, count and sort by. `fact.<name>` adds what other modules state of a person. */
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
  followers: number('Followers'),
  following: number('Following'),
  posts: number('Posts'),
  engagementRate: number('Engagement rate'),
  avgLikes: number('Average likes'),
  avgComments: number('Average comments'),
  avgViews: number('Average views'),
  growth1m: number('Growth, 1 month'),
  growth2m: number('Growth, 2 months'),
  growth3m: number('Growth, 3 months'),
  growth4m: number('Growth, 4 months'),
  growth5m: number('Growth, 5 months'),
  growth6m: number('Growth, 6 months'),
  lastPost: { kind: 'date', label: 'Last post', level: 'profile' },
  verified: { kind: 'flag', label: 'Verified', level: 'profile' },
  private: { kind: 'flag', label: 'Private', level: 'profile' },
  hasEmail: { kind: 'flag', label: 'Has e-mail', level: 'person', isComplete: true },
} satisfies Record<string, SearchField>;

export const engagementDefinition = '(average likes + average comments) / followers, over the newest posts known';
