import { z } from 'zod';
import { campaignStateSchema } from '#modules/campaigns/api.ts';

/** Filters and order of the overview, as they stand in the address. */
export const overviewSearch = z.object({
  q: z.string().default(''),
  states: z.array(campaignStateSchema).default([]),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(['started', 'cost', 'revenue', 'return', 'orders']).default('started'),
  desc: z.boolean().default(true),
});
export type OverviewSearch = z.infer<typeof overviewSearch>;
