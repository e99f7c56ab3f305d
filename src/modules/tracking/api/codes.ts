import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { shopKindSchema } from '#modules/shops/api.ts';
import {
  campaignRefSchema,
  creatorRefSchema,
  fileAnswerSchema,
  linkStateSchema,
  read,
  rosterMax,
  write,
} from './shared.ts';

const codeRefSchema = z.object({ id: z.string(), code: z.string() });
export const codeKinds = ['percent', 'fixed', 'free_shipping'] as const;
export const codeScopeSchema = z
  .object({
    kind: z.enum(['all', 'products', 'collections']),
    items: z
      .array(
        z.object({
          shopId: z.string().max(60),
          externalId: z.string().min(1).max(200),
          name: z.string().max(200).default(''),
        }),
      )
      .max(500)
      .default([]),
  })
  .describe('What the code holds for; items are products or collections of a connected shop');
export type CodeScope = z.infer<typeof codeScopeSchema>;
export const codeShopStates = ['waiting', 'made', 'failed', 'off'] as const;
export const codeInShopSchema = z
  .object({
    shopId: z.string(),
    shopName: z.string(),
    kind: shopKindSchema,
    state: z.enum(codeShopStates).describe('off: the shop is not connected any more'),
    message: z.string().nullable().describe("The shop's own words, or what is waited for"),
    isImported: z.boolean().describe('Was in the shop before it was here'),
    madeAt: instantSchema.nullable(),
    nextTryAt: instantSchema.nullable(),
    uses: z.int().nullable().describe('As the shop counts them'),
    usesAt: instantSchema.nullable(),
  })
  .meta({ id: 'CodeInShop' });
export type CodeInShop = z.infer<typeof codeInShopSchema>;
export const codeSchema = z
  .object({
    id: z.string(),
    code: z.string(),
    kind: z.enum(codeKinds),
    percent: z.number().nullable(),
    amount: moneySchema.nullable(),
    startsAt: instantSchema.nullable(),
    endsAt: instantSchema.nullable(),
    usageLimit: z.int().nullable(),
    state: linkStateSchema,
    creator: creatorRefSchema.nullable(),
    campaign: campaignRefSchema.nullable(),
    enrolmentId: z.string().nullable(),
    orders: z.int().describe('Orders that used the code, cancelled ones left out'),
    lastUsedAt: instantSchema.nullable(),
    days: z
      .array(z.object({ day: daySchema, orders: z.int() }))
      .describe('Orders of the last seven days in the time zone of the workspace, today last'),
    scope: codeScopeSchema,
    isFirstOrder: z.boolean(),
    isOncePerCustomer: z.boolean(),
    minimum: moneySchema.nullable(),
    minimumQuantity: z.int().nullable(),
    otherAmounts: z.array(moneySchema).describe('The same discount in further currencies'),
    shops: z.array(codeInShopSchema),
    replaces: codeRefSchema.nullable().describe('The code this one took over from'),
    replacedBy: codeRefSchema.nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'DiscountCode' });
export type DiscountCode = z.infer<typeof codeSchema>;

const codeTerms = {
  kind: z.enum(codeKinds).default('percent'),
  percent: z.number().gt(0).max(100).optional().describe('For kind percent'),
  amount: moneySchema.optional().describe('For kind fixed'),
  startsAt: instantSchema.nullable().default(null),
  endsAt: instantSchema.nullable().default(null),
  usageLimit: z.number().int().min(1).max(1_000_000_000).nullable().default(null),
  scope: codeScopeSchema.default({ kind: 'all', items: [] }),
  isFirstOrder: z.boolean().default(false).describe("For a customer's first order only"),
  isOncePerCustomer: z.boolean().default(false),
  minimum: moneySchema.nullable().default(null).describe('Smallest purchase'),
  minimumQuantity: z.number().int().min(1).max(100_000).nullable().default(null),
  otherAmounts: z.array(moneySchema).max(20).default([]).describe('For kind fixed: the same in further currencies'),
  shopIds: z
    .array(z.string().max(60))
    .max(50)
    .optional()
    .describe('Connected shops to make it in; those set to take every new code when left out'),
};
export const createCode = endpoint({
  name: 'codes.create',
  method: 'POST',
  path: '/codes',
  access: write,
  summary: 'Make a discount code',
  input: z.object({
    code: z
      .string()
      .max(100)
      .optional()
      .describe('Made from the creator and the discount when left out, such as NELL10'),
    enrolmentId: z.string().optional(),
    campaignId: z.string().optional(),
    personId: z.string().optional(),
    ...codeTerms,
  }),
  output: codeSchema,
});
const patternHelp =
  '{NAME} first name, {HANDLE} handle, {VALUE} or {PERCENT} discount, {RANDOM} four characters without look-alikes, {RANDOM6} six of them (3 to 9)';
export const previewRosterCodes = endpoint({
  name: 'codes.preview-for-campaign',
  method: 'POST',
  path: '/campaigns/:campaignId/codes/preview',
  access: read,
  summary: 'The codes a pattern would give the creators of a campaign, before any is made',
  input: z.object({
    campaignId: z.string(),
    enrolmentIds: z.array(z.string()).max(rosterMax).optional(),
    pattern: z.string().max(60).default('{NAME}{VALUE}').describe(patternHelp),
    kind: z.enum(codeKinds).default('percent'),
    percent: z.number().gt(0).max(100).optional(),
    amount: moneySchema.optional(),
  }),
  output: z.object({
    existing: z.int().describe('Creators who have a code already and keep it'),
    codes: z.array(
      z.object({
        enrolmentId: z.string(),
        creator: creatorRefSchema.nullable(),
        code: z.string(),
        isVaried: z.boolean().describe('Letters were added, since the plain one is taken'),
      }),
    ),
  }),
});
export const createRosterCodes = endpoint({
  name: 'codes.create-for-campaign',
  method: 'POST',
  path: '/campaigns/:campaignId/codes',
  access: write,
  summary: 'Make one code for each creator of a campaign that has none yet',
  input: z.object({
    campaignId: z.string(),
    enrolmentIds: z.array(z.string()).max(rosterMax).optional(),
    pattern: z.string().max(60).default('{NAME}{VALUE}').describe(patternHelp),
    chosen: z
      .array(z.object({ enrolmentId: z.string(), code: z.string().max(100) }))
      .max(rosterMax)
      .optional()
      .describe('Codes as a preview showed them, or as a person spelled them; the pattern makes the others'),
    ...codeTerms,
  }),
  output: z.object({ created: z.int(), existing: z.int(), codes: z.array(codeSchema) }),
});
export const listCodes = endpoint({
  name: 'codes.list',
  method: 'GET',
  path: '/codes',
  access: read,
  summary: 'Discount codes with their orders',
  input: z.object({
    q: z.string().max(200).optional(),
    campaignId: z.string().optional(),
    enrolmentId: z.string().optional(),
    personId: z.string().optional(),
    state: linkStateSchema.optional(),
    ...pageInput,
  }),
  output: pageOf(codeSchema),
});
export const updateCode = endpoint({
  name: 'codes.update',
  method: 'PATCH',
  path: '/codes/:codeId',
  access: write,
  summary: 'Change the dates, limit or state of a code, or whose it is; shops that have it follow',
  input: z.object({
    codeId: z.string(),
    enrolmentId: z.string().optional().describe('The creator on a campaign it belongs to from now on'),
    personId: z.string().nullable().optional().describe('The creator it belongs to; null for nobody'),
    campaignId: z.string().nullable().optional(),
    state: linkStateSchema.optional(),
    startsAt: instantSchema.nullable().optional(),
    endsAt: instantSchema.nullable().optional(),
    usageLimit: z.number().int().min(1).nullable().optional(),
  }),
  output: codeSchema,
});
export const getCode = endpoint({
  name: 'codes.get',
  method: 'GET',
  path: '/codes/:codeId',
  access: read,
  summary: 'One code with what became of it and the links that apply it',
  input: z.object({ codeId: z.string() }),
  output: codeSchema.extend({
    history: z
      .array(z.object({ at: instantSchema, who: z.string(), what: z.string() }))
      .describe('Newest first, at most 100'),
    applyLinks: z
      .array(z.object({ shopId: z.string(), shopName: z.string(), url: z.string() }))
      .describe('Addresses that put the code into the cart'),
  }),
});
export const rotateCode = endpoint({
  name: 'codes.rotate',
  method: 'POST',
  path: '/codes/:codeId/rotate',
  access: write,
  summary: 'Give the creator a new code; the old one ends on a day, and both credit the creator',
  input: z.object({
    codeId: z.string(),
    code: z.string().max(100).optional().describe('Made from the old one when left out'),
    oldEndsAt: instantSchema.describe('From then on shops refuse the old code; now, or up to a year ahead'),
    reason: z.string().trim().min(3).max(300).describe('Why, for the history, such as "on a coupon site"'),
    tellsCreator: z.boolean().default(true).describe('Writes to the creator where an address is known'),
  }),
  output: z.object({
    code: codeSchema,
    old: codeSchema,
    told: z
      .enum(['mailed', 'mail_off', 'no_address', 'nobody', 'not_asked'])
      .describe('mail_off: the mail stands ready but nothing carries it'),
  }),
});
export const putCodesInShops = endpoint({
  name: 'codes.put-in-shops',
  method: 'POST',
  path: '/codes/in-shops',
  access: write,
  summary: 'Make codes in connected shops, or try again where that failed',
  input: z.object({
    codeIds: z.array(z.string()).min(1).max(rosterMax),
    shopIds: z.array(z.string()).min(1).max(50).optional().describe('Those the codes are wanted in when left out'),
  }),
  output: z.object({ waiting: z.int() }),
});
export const importCodes = endpoint({
  name: 'codes.import',
  method: 'POST',
  path: '/codes/import',
  access: write,
  transport: 'upload',
  summary: 'Import codes from CSV',
  input: z.object({ campaignId: z.string().optional().describe('Campaign whose creators the file names') }),
  output: fileAnswerSchema,
});
export const exportCodes = endpoint({
  name: 'codes.export',
  method: 'GET',
  path: '/codes/export',
  access: read,
  transport: 'download',
  summary: 'Codes as CSV, to load into a shop',
  input: z.object({
    campaignId: z.string().optional(),
    format: z
      .enum(['rapport', 'shopify', 'woocommerce', 'stripe'])
      .default('rapport')
      .describe('Columns as the importers of that shop read them; live codes only, except for rapport'),
  }),
});
