import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';

export const pickStates = ['submitted', 'approved', 'rejected', 'cancelled'] as const;

export const pickSchema = z
  .object({
    id: z.string(),
    campaignId: z.string(),
    enrolmentId: z.string(),
    personId: z.string(),
    round: z.number().int().describe('1 is the first choice; one more after each rejection and each parcel'),
    state: z.enum(pickStates),
    isSent: z.boolean().describe('True once a parcel was made of it'),
    pickedBy: z.enum(['creator', 'brand']),
    lines: z.array(
      z.object({
        variantId: z.string(),
        productId: z.string(),
        productName: z.string(),
        variantTitle: z.string(),
        sku: z.string().nullable(),
        quantity: z.number().int(),
        unitCost: moneySchema.nullable().describe('Cost of goods when it was chosen'),
      }),
    ),
    cost: moneySchema.nullable().describe('Cost of goods of all lines; null when that of one is not known'),
    note: z.string().nullable().describe('What the creator wrote'),
    reason: z.string().nullable().describe('Why it was rejected or cancelled'),
    createdAt: z.string(),
    decidedAt: z.string().nullable(),
    decidedBy: z.string().nullable(),
  })
  .meta({ id: 'Pick' });
export type Pick = z.infer<typeof pickSchema>;

export const pickLinesMax = 100;
export const pickLinesInput = z
  .array(z.object({ variantId: z.string().min(1).max(60), quantity: z.number().int().min(1).max(100) }))
  .min(1, 'Choose at least one product')
  .max(pickLinesMax);
export type PickLineInput = z.infer<typeof pickLinesInput>[number];

export const bulkMax = 2000;
const pickIds = z.array(z.string().min(1).max(60)).min(1).max(bulkMax);
export const bulkOutcomeSchema = z.object({
  done: z.number().int(),
  unchanged: z.number().int().describe('Were so already'),
  refused: z.array(z.object({ id: z.string(), who: z.string(), message: z.string() })),
});
export type BulkOutcome = z.infer<typeof bulkOutcomeSchema>;

export const approvePicks = endpoint({
  name: 'picks.approve',
  method: 'POST',
  path: '/picks/approve',
  access: 'campaigns:write',
  summary: 'Approve what creators chose',
  input: z.object({ pickIds }),
  output: bulkOutcomeSchema,
});

export const rejectPicks = endpoint({
  name: 'picks.reject',
  method: 'POST',
  path: '/picks/reject',
  access: 'campaigns:write',
  summary: 'Reject what creators chose with a reason they read; they choose again',
  input: z.object({ pickIds, reason: z.string().trim().min(1, 'Say why: the creator reads it').max(500) }),
  output: bulkOutcomeSchema,
});

export const editPick = endpoint({
  name: 'picks.edit',
  method: 'PATCH',
  path: '/picks/:pickId',
  access: 'campaigns:write',
  summary: 'Change what was chosen before it is sent; the limits of the campaign do not bind the brand, stock does',
  input: z.object({ pickId: z.string().min(1).max(60), lines: pickLinesInput }),
  output: pickSchema,
});

export const choosePick = endpoint({
  name: 'picks.choose',
  method: 'POST',
  path: '/enrolments/:enrolmentId/picks',
  access: 'campaigns:write',
  summary: 'Choose for a creator; it counts as approved',
  input: z.object({ enrolmentId: z.string().min(1).max(60), lines: pickLinesInput }),
  output: pickSchema,
});

export const cancelPick = endpoint({
  name: 'picks.cancel',
  method: 'POST',
  path: '/picks/:pickId/cancel',
  access: 'campaigns:write',
  summary: 'Take back a choice that was not sent; its stock is free again',
  input: z.object({
    pickId: z.string().min(1).max(60),
    reason: z.string().trim().max(500).nullable().default(null),
  }),
  output: pickSchema,
});

export const listPicks = endpoint({
  name: 'picks.list',
  method: 'GET',
  path: '/enrolments/:enrolmentId/picks',
  access: 'campaigns:read',
  summary: 'All choices of a creator on a campaign, newest first',
  input: z.object({ enrolmentId: z.string().min(1).max(60) }),
  output: z.array(pickSchema),
});
