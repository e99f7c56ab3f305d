import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';

export const doNotGiftReasons = ['never_posts', 'resells', 'returned', 'asked_not_to', 'conflict', 'other'] as const;
export const doNotGiftReasonSchema = z.enum(doNotGiftReasons);
export type DoNotGiftReason = z.infer<typeof doNotGiftReasonSchema>;
export const doNotGiftWords: Record<DoNotGiftReason, string> = {
  never_posts: 'Took products and did not post',
  resells: 'Sells what was given',
  returned: 'Parcels come back',
  asked_not_to: 'Asked not to be sent anything',
  conflict: 'Works for a competitor',
  other: 'Other',
};

export const doNotGiftSchema = z
  .object({
    reason: doNotGiftReasonSchema,
    note: z.string().nullable(),
    by: z.string(),
    at: z.string(),
  })
  .meta({ id: 'DoNotGift' });
export type DoNotGift = z.infer<typeof doNotGiftSchema>;

export const listDoNotGift = endpoint({
  name: 'doNotGift.list',
  method: 'GET',
  path: '/seeding/do-not-gift',
  access: 'campaigns:read',
  summary: 'Creators who are to be sent nothing, newest first, at most 5,000',
  input: z.object({
    personIds: z.array(z.string().max(60)).max(2000).optional().describe('Only these, to warn before they are picked'),
  }),
  output: z.array(
    doNotGiftSchema.extend({
      personId: z.string(),
      name: z.string(),
      handle: z.string().nullable(),
      record: z.object({
        parcels: z.number().int().describe('Delivered over all campaigns'),
        posted: z.number().int().describe('Of those, with a live post of the campaign'),
      }),
    }),
  ),
});

export const addDoNotGift = endpoint({
  name: 'doNotGift.add',
  method: 'PUT',
  path: '/seeding/do-not-gift/:personId',
  access: 'campaigns:write',
  summary: 'Send a creator nothing any more, with a reason; what is under way goes on',
  input: z.object({
    personId: z.string().min(1).max(60),
    reason: doNotGiftReasonSchema,
    note: z.string().trim().max(500).nullable().default(null),
  }),
  output: doNotGiftSchema,
});

export const removeDoNotGift = endpoint({
  name: 'doNotGift.remove',
  method: 'DELETE',
  path: '/seeding/do-not-gift/:personId',
  access: 'campaigns:write',
  summary: 'Take a creator off the list',
  input: z.object({ personId: z.string().min(1).max(60) }),
});
