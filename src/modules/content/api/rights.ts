import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { isKnownCurrency, moneySchema } from '#kernel/money.ts';
import { instantSchema } from '#kernel/time.ts';
import { planDaySchema } from './day.ts';

export const contentChannels = [
  'creator_account',
  'brand_social',
  'brand_website',
  'email',
  'marketplaces',
  'print',
  'out_of_home',
  'broadcast',
] as const;
export const contentChannelSchema = z.enum(contentChannels);
export type ContentChannel = z.infer<typeof contentChannelSchema>;

/** What the rights of a piece of content come to today. `none`: nothing was ever agreed or is known. */
export const rightsStates = ['none', 'requested', 'later', 'in_force', 'ending', 'ended'] as const;
export const rightsStateSchema = z.enum(rightsStates);
export type RightsState = z.infer<typeof rightsStateSchema>;

/** countered: the creator named another price; agreed: it waits for the amendment of a contract to be signed. */
export const rightStateSchema = z.enum(['requested', 'countered', 'agreed', 'granted', 'declined', 'ended']);

export const contentRightSchema = z
  .object({
    id: z.string(),
    assetId: z.string(),
    source: z
      .enum(['contract', 'request', 'by_hand', 'handed_in'])
      .describe('handed_in: accepted by the creator when they handed in the draft'),
    state: rightStateSchema,
    price: moneySchema.nullable().describe('What is paid for it: offered, agreed once it is granted'),
    counter: z
      .object({ price: moneySchema, note: z.string() })
      .nullable()
      .describe('What the creator asks for it instead'),
    amendsId: z.string().nullable().describe('The contract whose amendment has it; granted once both signed that'),
    contractId: z.string().nullable(),
    channels: z.array(contentChannelSchema),
    paid: z.boolean().describe('Paid advertising, not only organic use'),
    territory: z.string(),
    exclusive: z.boolean(),
    mayEdit: z.boolean(),
    startsOn: planDaySchema.nullable().describe('Null while it starts with a post that is not live'),
    endsOn: planDaySchema.nullable().describe('The last day it holds; null: without end'),
    daysLeft: z
      .number()
      .int()
      .nullable()
      .describe('Whole days from today to the last one; null without end or before its start'),
    attribution: z.string().describe('Whom to name'),
    copyrightHolder: z.string(),
    copyrightYear: z.number().int().nullable(),
    note: z.string(),
    requestedAt: instantSchema.nullable(),
    answeredAt: instantSchema.nullable(),
    answeredBy: z.string().nullable(),
    createdAt: instantSchema,
    createdBy: z.string(),
  })
  .meta({ id: 'ContentRight' });
export type ContentRight = z.infer<typeof contentRightSchema>;

export const placementSchema = z
  .object({
    id: z.string(),
    assetId: z.string(),
    channel: contentChannelSchema,
    paid: z.boolean(),
    place: z.string().describe('Where it runs: a page, an account, a campaign in an ad manager'),
    territory: z.string(),
    startsOn: planDaySchema,
    endsOn: planDaySchema.nullable(),
    state: z.enum(['planned', 'running', 'over']),
    isCovered: z
      .boolean()
      .describe('Whether a right in force covers channel, payment and territory for as long as it runs'),
    uncovered: z.string().nullable().describe('What no right covers'),
    reason: z.string().nullable(),
    createdBy: z.string(),
    createdAt: instantSchema,
  })
  .meta({ id: 'ContentPlacement' });
export type ContentPlacement = z.infer<typeof placementSchema>;

const ids = z.array(z.string().min(1).max(60)).min(1, 'Choose at least one').max(500);
const askShape = {
  channels: z.array(contentChannelSchema).min(1, 'Name at least one channel').max(contentChannels.length),
  paid: z.boolean().default(false),
  territory: z.string().trim().min(1).max(120).default('worldwide'),
  exclusive: z.boolean().default(false),
  mayEdit: z.boolean().default(false),
  startsOn: planDaySchema.optional().describe('Today when left out'),
  endsOn: planDaySchema.nullable().default(null).describe('The last day; null: without end'),
  attribution: z.string().trim().max(300).default(''),
  copyrightHolder: z.string().trim().max(200).default(''),
  copyrightYear: z.number().int().min(1900).max(2200).nullable().default(null),
  note: z.string().trim().max(2000).default(''),
};

const price = moneySchema
  .refine((money) => isKnownCurrency(money.currency), 'is not a currency ISO 4217 lists')
  .refine((money) => !/^(-|0+$)/.test(money.amountMinor), 'must be more than nothing; leave it out for no price');

const refusedSchema = z.array(z.object({ assetId: z.string(), message: z.string() }));

export const grantRights = endpoint({
  name: 'contentRights.grant',
  method: 'POST',
  path: '/content-rights',
  access: 'content:write',
  summary: 'Write down a right that was agreed elsewhere, for one or many pieces of content',
  input: z.object({ assetIds: ids, ...askShape }),
  output: z.object({ granted: z.number().int(), refused: refusedSchema }),
});

export const requestRights = endpoint({
  name: 'contentRights.request',
  method: 'POST',
  path: '/content-rights/requests',
  access: 'content:write',
  summary: 'Ask the creators of one or many pieces of content for a right; each creator gets one mail with one link',
  input: z.object({
    assetIds: ids,
    ...askShape,
    price: price.nullable().default(null).describe('What is paid for each piece; null: nothing'),
    message: z.string().trim().max(2000).default('').describe('In your own words, in the mail'),
  }),
  output: z.object({
    requested: z.number().int(),
    creators: z.array(
      z.object({
        personId: z.string(),
        name: z.string(),
        link: z.string().describe('To hand over where no mail went out'),
        mail: z.enum(['queued', 'off', 'no_address']),
      }),
    ),
    refused: refusedSchema,
  }),
});

export const endRight = endpoint({
  name: 'contentRights.end',
  method: 'POST',
  path: '/content-rights/:rightId/end',
  access: 'content:write',
  summary: 'End a right or take a request back; from then on it counts no more',
  input: z.object({ rightId: z.string().max(60), reason: z.string().trim().min(1, 'Say why').max(500) }),
  output: contentRightSchema,
});

export const answerCounter = endpoint({
  name: 'contentRights.answerCounter',
  method: 'POST',
  path: '/content-rights/:rightId/counter',
  access: 'content:write',
  summary:
    'Accept the price a creator asks for a right, or turn it down; with a contract in force its amendment goes out',
  input: z.object({
    rightId: z.string().max(60),
    answer: z.enum(['accept', 'decline']),
    price: moneySchema.describe('The price the caller saw, so that none is accepted unseen'),
    reason: z.string().trim().max(500).default(''),
  }),
  output: contentRightSchema,
});

export const addPlacement = endpoint({
  name: 'contentPlacements.add',
  method: 'POST',
  path: '/content-assets/:assetId/placements',
  access: 'content:write',
  summary: 'Write down where a piece of content runs; where no right covers it, a reason is needed',
  input: z.object({
    assetId: z.string().max(60),
    channel: contentChannelSchema,
    paid: z.boolean().default(false),
    place: z.string().trim().min(1, 'Say where it runs').max(300),
    territory: z.string().trim().min(1).max(120).default('worldwide'),
    startsOn: planDaySchema.optional(),
    endsOn: planDaySchema.nullable().default(null),
    reason: z.string().trim().min(1).max(500).optional(),
  }),
  output: placementSchema,
});

export const endPlacement = endpoint({
  name: 'contentPlacements.end',
  method: 'POST',
  path: '/content-placements/:placementId/end',
  access: 'content:write',
  summary: 'Say that it runs there no more; a repeat changes nothing',
  input: z.object({ placementId: z.string().max(60) }),
  output: placementSchema,
});

export const portalRightSchema = z
  .object({
    id: z.string(),
    state: contentRightSchema.shape.state,
    brand: z.string(),
    channels: z.array(contentChannelSchema),
    paid: z.boolean(),
    territory: z.string(),
    exclusive: z.boolean(),
    mayEdit: z.boolean(),
    startsOn: planDaySchema.nullable(),
    endsOn: planDaySchema.nullable(),
    price: moneySchema.nullable().describe('What the brand pays for it'),
    counter: z.object({ price: moneySchema, note: z.string() }).nullable().describe('What you asked for it instead'),
    currency: z.string().describe('What prices are named in'),
    contractId: z.string().nullable().describe('The contract whose amendment is to be signed for it'),
    content: z.object({ title: z.string(), url: z.string().nullable(), postedAt: instantSchema.nullable() }),
    requestedAt: instantSchema.nullable(),
  })
  .meta({ id: 'PortalRight' });
export type PortalRight = z.infer<typeof portalRightSchema>;

export const listPortalRights = endpoint({
  name: 'portalRights.list',
  method: 'GET',
  path: '/portal/rights',
  access: 'portal',
  summary: 'What brands may do with your content, and what they ask for; open requests first',
  output: z.array(portalRightSchema),
});

export const answerRights = endpoint({
  name: 'portalRights.answer',
  method: 'POST',
  path: '/portal/rights/answer',
  access: 'portal',
  summary: 'Grant or decline rights you were asked for; who, when and from where is kept',
  input: z.object({
    rightIds: ids,
    answer: z.enum(['grant', 'decline']),
    name: z.string().trim().min(1, 'Write your name').max(120),
  }),
  output: z.array(portalRightSchema),
});

export const counterRights = endpoint({
  name: 'portalRights.counter',
  method: 'POST',
  path: '/portal/rights/counter',
  access: 'portal',
  summary: 'Name another price for rights you were asked for; the brand says yes or no',
  input: z.object({
    rightIds: ids,
    price: price.describe('For each piece'),
    note: z.string().trim().max(2000).default(''),
    name: z.string().trim().min(1, 'Write your name').max(120),
  }),
  output: z.array(portalRightSchema),
});
