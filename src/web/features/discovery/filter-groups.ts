import { searchFields } from '#modules/discovery/api.ts';

export type FilterKind = 'set' | 'number' | 'flag' | 'date' | 'words' | 'place' | 'share' | 'price';

/** What other modules state of a creator, and how it is asked for. */
const facts: Record<string, { label: string; kind: FilterKind }> = {
  'fact.contacted': { label: 'Contacted', kind: 'flag' },
  'fact.worked_with': { label: 'Worked with you', kind: 'flag' },
  'fact.do_not_work': { label: 'Do not work with', kind: 'flag' },
  'fact.campaigns_count': { label: 'Campaigns with you', kind: 'number' },
  'fact.vetting_score': { label: 'Vetting score', kind: 'number' },
  'fact.brand_safety': { label: 'Brand-safety flags', kind: 'set' },
  'fact.credibility': { label: 'Credibility of followers', kind: 'number' },
  'fact.reply_rate': { label: 'Reply rate', kind: 'number' },
  'fact.response_hours': { label: 'Hours to answer', kind: 'number' },
};

const words = (list: string) => list.split(' ');
const months = (stem: string) => [1, 2, 3, 4, 5, 6].map((month) => `${stem}${month}m`);

/** Every filter there is, by what it is about. */
export const filterGroups: readonly { title: string; fields: string[] }[] = [
  {
    title: 'Creator',
    fields: words(
      'niche category country region city home language platform network tier accountType declaredGender declaredAge verified private hasEmail contact openToGifting officialArtist tag',
    ),
  },
  {
    title: 'Audience',
    fields: [
      ...Object.keys(searchFields).filter((field) => field.startsWith('audience.')),
      'audienceCredibility',
      'adultShare',
    ],
  },
  {
    title: 'Content',
    fields: words(
      'hashtag mention keyword postPlace format interest lastPost postsPerWeek avgDurationS sponsor hasSponsored sponsoredPosts sponsoredShare affiliate refreshed',
    ),
  },
  {
    title: 'Performance',
    fields: [
      ...words('followers following posts engagementRate engagements avgLikes avgComments avgViews avgShares avgSaves'),
      ...words('medianEngagementRate medianEngagements medianLikes medianComments medianViews'),
      ...months('growth'),
      ...months('likesGrowth'),
      ...months('viewsGrowth'),
    ],
  },
  { title: 'Price', fields: ['price'] },
  { title: 'Relation', fields: ['list', ...Object.keys(facts), 'suppressed'] },
];

export function kindOf(field: string): FilterKind {
  const known = searchFields[field as keyof typeof searchFields];
  return known?.kind ?? facts[field]?.kind ?? 'flag';
}

/** What campaigns say of everybody: without a campaign the answer is no, never unknown. */
export function isAlwaysKnown(field: string): boolean {
  return field === 'fact.contacted' || field === 'fact.worked_with' || field === 'fact.do_not_work';
}

export function factLabel(field: string): string | undefined {
  return facts[field]?.label;
}

/** The least share asked for when a filter names none. */
export function leastShare(field: string): number {
  const known: { minShare?: number } | undefined = searchFields[field as keyof typeof searchFields];
  return known?.minShare ?? 0.2;
}
