import { z } from 'zod';

/** What of the roster's page stands in its address. */
export const rosterSearch = z.object({
  view: z.enum(['board', 'table']).default('board'),
  mine: z.boolean().default(false),
  removed: z.boolean().default(false),
  q: z.string().default(''),
  owner: z.string().optional(),
  tag: z.string().optional(),
  open: z.string().optional(),
  add: z.boolean().default(false),
});
