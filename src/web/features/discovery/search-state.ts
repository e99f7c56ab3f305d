import { z } from 'zod';
import { filterSchema } from '#modules/discovery/api.ts';

/** What the address of the Discover page holds. */
export const searchState = z.object({
  q: z.string().default(''),
  f: z.array(filterSchema).default([]),
  sort: z.string().optional(),
  desc: z.boolean().default(true),
  open: z.string().optional(),
});

export const facetFields = [
  'platform',
  'tier',
  'niche',
  'country',
  'language',
  'lastPost',
  'hasEmail',
  'list',
  'followers',
  'engagementRate',
];
