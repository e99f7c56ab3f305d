import type { Platform } from '#kernel/platform.ts';

// Published formulas and bands behind every estimate of a report, as data with source and year. None is a measurement of one creator.

export interface ReachFormula {
  of: 'followers' | 'views';
  low: number;
  high: number;
  formula: string;
  source: string;
  year: number | null;
}

/** People a post reaches. Shares of followers or of views, as published. */
export const reachFormulas: Partial<Record<Platform, ReachFormula>> = {
  instagram: {
    of: 'followers',
    low: 0.1,
    high: 0.2,
    formula: '10 to 20 % of followers see a post of the feed',
    source: 'Untapper',
    year: 2026,
  },
  youtube: {
    of: 'views',
    low: 0.75,
    high: 0.75,
    formula: '75 % of views are different people',
    source: 'Stellar',
    year: null,
  },
  tiktok: {
    of: 'views',
    low: 0.68,
    high: 0.68,
    formula: '68 % of views are different people',
    source: 'Stellar',
    year: null,
  },
};

/** US dollars for 1,000 impressions, as brands are asked for. */
export const cpmBands: Partial<Record<Platform, { low: number; high: number; source: string; year: number }>> = {
  instagram: { low: 5, high: 15, source: 'Word on the Block', year: 2023 },
  tiktok: { low: 5, high: 15, source: 'Word on the Block', year: 2023 },
  youtube: { low: 15, high: 30, source: 'Word on the Block', year: 2023 },
};

/** Earned media value of one interaction in euros. */
export const interactionValues: Partial<
  Record<Platform, { like: number; comment: number; share?: number; perThousandViews?: number }>
> = {
  instagram: { like: 0.07, comment: 3.46 },
  youtube: { like: 0.08, comment: 6.99 },
  tiktok: { like: 0.09, comment: 3.52, share: 1.72, perThousandViews: 6.89 },
};
export const interactionSource = 'Skeepers';
