import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { platformSchema } from '#kernel/platform.ts';
import { planDay } from './day.ts';
import { rosterBulkMax, rowRefusedSchema, tagSchema } from './roster.ts';

const day = planDay.nullable().optional();

/** What can be done to many creators of a campaign at once. */
export const bulkActionSchema = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('move'),
    to: z.string().min(1).max(60),
    skipReason: z.string().trim().min(1).max(300).optional().describe('Why stages in between are left out'),
  }),
  z.object({ do: z.literal('fee'), fee: moneySchema.nullable() }),
  z.object({ do: z.literal('product_cost'), productCost: moneySchema.nullable() }),
  z.object({ do: z.literal('owner'), ownerId: z.string().max(60).nullable() }),
  z.object({
    do: z.literal('dates'),
    respondBy: day,
    draftsBy: day,
    liveFrom: day,
    liveUntil: day.describe('Days left out stay; null follows the brief again'),
  }),
  z.object({
    do: z.literal('deliverable'),
    platform: platformSchema,
    format: z.string().trim().min(1).max(40),
    title: z.string().trim().min(1).max(200),
    dueOn: planDay.nullable().default(null),
  }),
  z.object({ do: z.literal('note'), note: z.string().trim().min(1).max(1000).describe('Added below what is there') }),
  z.object({ do: z.literal('tag'), tag: tagSchema }),
  z.object({ do: z.literal('untag'), tag: tagSchema }),
  z.object({ do: z.literal('remove'), reason: z.string().trim().max(300).nullable().default(null) }),
]);
export type BulkAction = z.infer<typeof bulkActionSchema>;

export const bulkOutcomeSchema = z
  .object({
    changed: z.number().int(),
    unchanged: z.number().int().describe('Stood like that already'),
    refused: z.array(rowRefusedSchema),
  })
  .meta({ id: 'BulkOutcome' });
export type BulkOutcome = z.infer<typeof bulkOutcomeSchema>;

export const bulkOnRoster = endpoint({
  name: 'roster.bulk',
  method: 'POST',
  path: '/campaigns/:campaignId/roster/bulk',
  access: 'campaigns:write',
  summary:
    'Move, pay, date, tag, note or remove up to 2,000 creators at once; those it cannot be done to are named with why',
  input: z.object({
    campaignId: z.string().min(1).max(60),
    enrolmentIds: z.array(z.string().min(1).max(60)).min(1).max(rosterBulkMax),
    action: bulkActionSchema,
  }),
  output: bulkOutcomeSchema,
});
