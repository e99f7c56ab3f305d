/** How an order is asked for, the longest first. */
export const sortPhrases: readonly { words: string[]; field: string; direction: 'asc' | 'desc' }[] = (
  [
    [
      'followers',
      'desc',
      'largest first|biggest first|most followers first|most followed first|sorted by followers|sort by followers|by size|ordered by followers',
    ],
    ['followers', 'asc', 'smallest first|fewest followers first'],
    [
      'engagementRate',
      'desc',
      'most engaged first|best engagement first|highest engagement first|sorted by engagement|sort by engagement|ordered by engagement|sorted by engagement rate|sort by engagement rate',
    ],
    ['growth6m', 'desc', 'fastest growing first|sorted by growth|sort by growth'],
    ['lastPost', 'desc', 'most recent first|newest first|sorted by last post'],
    ['avgViews', 'desc', 'most viewed first|most views first|sorted by views|sort by views'],
    ['name', 'asc', 'sorted by name|sort by name|by name|alphabetically'],
  ] as const
)
  .flatMap(([field, direction, phrases]) =>
    phrases.split('|').map((phrase) => ({ words: phrase.split(' '), field, direction })),
  )
  .sort((a, b) => b.words.length - a.words.length);
