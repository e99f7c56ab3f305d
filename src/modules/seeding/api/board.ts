import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { doNotGiftSchema } from './do-not-gift.ts';
import { shipmentSchema } from './parcels.ts';
import { bulkMax, pickSchema } from './picks.ts';

/** Where a creator stands on the way from being asked to a post. */
export const seedingSteps = [
  'not_asked',
  'choosing',
  'to_decide',
  'choosing_again',
  'address_missing',
  'to_send',
  'ordering',
  'failed',
  'to_ship',
  'on_the_way',
  'delivered',
  'posted',
  'no_post',
  'returned',
  'lost',
  'barred',
] as const;
export const seedingStepSchema = z.enum(seedingSteps);
export type SeedingStep = z.infer<typeof seedingStepSchema>;

export const askSchema = z.object({
  at: z.string(),
  times: z.number().int(),
  mail: z
    .enum(['queued', 'off', 'no_address'])
    .describe('off: nothing is set up to send mail; no_address: theirs is not known'),
});

export const seedingRowSchema = z
  .object({
    enrolmentId: z.string(),
    personId: z.string(),
    name: z.string(),
    handle: z.string().nullable(),
    step: seedingStepSchema,
    since: z.string().nullable(),
    asked: z.object({ pick: askSchema.nullable(), address: askSchema.nullable() }),
    pick: pickSchema.nullable().describe('The newest choice'),
    address: z.object({ country: z.string(), city: z.string() }).nullable(),
    shipment: shipmentSchema.nullable().describe('Of the newest choice'),
    livePosts: z.number().int(),
    postedAt: z.string().nullable().describe('Of the first live post; null when not known'),
    doNotGift: doNotGiftSchema.nullable(),
  })
  .meta({ id: 'SeedingRow' });
export type SeedingRow = z.infer<typeof seedingRowSchema>;

const campaignId = z.string().min(1).max(60);

export const listSeeding = endpoint({
  name: 'seeding.list',
  method: 'GET',
  path: '/campaigns/:campaignId/seeding',
  access: 'campaigns:read',
  summary: 'Creators of a campaign with what they chose and where it is',
  input: z.object({ campaignId, step: seedingStepSchema.optional() }),
  output: z.object({
    rows: z.array(seedingRowSchema),
    counts: z.record(z.string(), z.number().int()).describe('Creators by step, all of the campaign'),
    total: z.number().int(),
  }),
});

export const askCreators = endpoint({
  name: 'seeding.ask',
  method: 'POST',
  path: '/campaigns/:campaignId/seeding/ask',
  access: 'campaigns:write',
  summary:
    'Ask creators to choose a product or give their address: each gets a link by mail, which is also given back to copy',
  input: z.object({
    campaignId,
    enrolmentIds: z.array(z.string().min(1).max(60)).min(1).max(bulkMax),
    kind: z.enum(['pick', 'address']),
    message: z.string().trim().max(1000).nullable().default(null).describe('A line of your own in the mail'),
  }),
  output: z.object({
    asked: z.array(
      z.object({
        enrolmentId: z.string(),
        who: z.string(),
        mail: z.enum(['queued', 'off', 'no_address']),
        link: z.string().describe('Opens the portal for this creator alone; keep it as you would a key'),
      }),
    ),
    refused: z.array(z.object({ id: z.string(), who: z.string(), message: z.string() })),
  }),
});
