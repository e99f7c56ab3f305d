import { z } from 'zod';

/** The places a creator publishes. `blog` stands for any site with posts of its own. */
export const platforms = ['instagram', 'tiktok', 'youtube', 'pinterest', 'blog'] as const;
export type Platform = (typeof platforms)[number];
export const platformSchema = z.enum(platforms);

export const platformNames: Record<Platform, string> = {
  instagram: 'Instagram',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  pinterest: 'Pinterest',
  blog: 'Blog',
};
