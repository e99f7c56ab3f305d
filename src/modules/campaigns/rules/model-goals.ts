import type { CampaignModel, GoalMetric } from '../api.ts';

/** What a campaign of each model is usually measured by, the main goal first. */
export const modelGoals: Record<CampaignModel, readonly GoalMetric[]> = {
  product_seeding: ['posts_live', 'reach'],
  sponsored: ['reach', 'engagements', 'clicks'],
  ambassadorship: ['revenue', 'orders', 'posts_live'],
  affiliate: ['revenue', 'orders', 'clicks'],
  ugc: ['assets'],
  event: ['posts_live', 'reach', 'engagements'],
};
