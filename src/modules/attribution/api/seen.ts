import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { campaignRefSchema, creatorRefSchema } from '#modules/tracking/api.ts';
import { read } from './shared.ts';

export const seenSchema = z
  .object({
    campaign: campaignRefSchema,
    from: daySchema,
    to: daySchema,
    postDays: z.int(),
    creators: z.array(
      z.object({
        creator: creatorRefSchema.nullable(),
        late: z.int().describe('Orders whose code or click of theirs came too late to be paid'),
        said: z.int().describe('Orders nobody is paid for, whose customer named them'),
      }),
    ),
    posts: z
      .array(
        z.object({
          creator: creatorRefSchema.nullable(),
          title: z.string(),
          url: z.string().nullable(),
          liveAt: instantSchema,
          after: z.int().describe('Orders nobody is paid for, within the days after it went live'),
          before: z.int().describe('The same within as many days before'),
          others: z.int().describe('Other posts of the campaign that went live within the days before or after'),
          difference: z
            .object({ orders: z.int(), low: z.number(), high: z.number() })
            .nullable()
            .describe('After less before, with a 95 % interval; null while the days run or there is not enough data'),
          why: z.string().nullable().describe('What is missing for a difference'),
        }),
      )
      .describe('Newest first, at most 100'),
  })
  .meta({ id: 'SeenCredit' });
export type SeenCredit = z.infer<typeof seenSchema>;

export const getSeen = endpoint({
  name: 'attribution.seen',
  method: 'GET',
  path: '/attribution/seen',
  access: read,
  summary: 'What may have been seen without a click or a code in time: kept apart from paid credit, never added',
  input: z.object({
    campaignId: z.string(),
    from: daySchema.optional().describe('90 days before the last day when left out'),
    to: daySchema.optional().describe('Today when left out; days in the time zone of the workspace'),
    postDays: z.coerce.number().int().min(1).max(14).default(3).describe('Days looked at after and before each post'),
  }),
  output: seenSchema,
});
