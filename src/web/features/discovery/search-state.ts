import { z } from 'zod';
import { filterSchema } from '#modules/discovery/api.ts';

/** What the address of the Discover page holds. */
export const searchState = z.object({
  /** The question as typed. */
  q: z.string().default(''),
  /** Words are searched as they stand, not read as a question. */
  plain: z.boolean().default(false),
  f: z.array(filterSchema).default([]),
  /** Ids of the creators whose content or audience is the pattern. */
  like: z.string().optional(),
  audienceLike: z.string().optional(),
  about: z.string().optional(),
  calculation: z.enum(['average', 'median']).optional(),
  /** A brief creators are ranked for. */
  brief: z.string().optional(),
  sort: z.string().optional(),
  desc: z.boolean().default(true),
  open: z.string().optional(),
});

export const facetFields = [
  'format',
  'platform',
  'followers',
  'tier',
  'engagementRate',
  'audience.country',
  'audienceCredibility',
  'price',
  'niche',
  'country',
  'language',
  'lastPost',
  'hasEmail',
  'list',
];
