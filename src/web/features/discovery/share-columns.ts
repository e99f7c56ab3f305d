import type { ShareColumn } from '#modules/discovery/api.ts';

const labels: Record<ShareColumn, string> = {
  followers: 'Followers',
  tier: 'Tier',
  engagementRate: 'Engagement',
  peers: 'Against peers',
  growth: 'Growth, 6 months',
  avgLikes: 'Likes a post',
  avgComments: 'Comments a post',
  avgViews: 'Views a post',
  country: 'Country',
  city: 'City',
  languages: 'Languages',
  niches: 'Niches',
  lastPost: 'Last post',
  bio: 'Bio',
};

export function shareColumnLabel(column: ShareColumn): string {
  return labels[column];
}
