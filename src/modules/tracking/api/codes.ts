import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import {
  campaignRefSchema,
  creatorRefSchema,
  fileAnswerSchema,
  linkStateSchema,
  read,
  rosterMax,
  write,
} from './shared.ts';

export const codeKinds = ['percent', 'fixed', 'free_shipping'] as const;
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
export const createRosterCodes = endpoint({
  name: 'codes.create-for-campaign',
  method: 'POST',
  path: '/campaigns/:campaignId/codes',
  access: write,
  summary: 'Make one code for each creator of a campaign that has none yet',
  input: z.object({
    campaignId: z.string(),
    enrolmentIds: z.array(z.string()).max(rosterMax).optional(),
    pattern: z
      .string()
      .max(60)
      .default('{NAME}{VALUE}')
      .describe('{NAME} first name, {HANDLE} handle, {VALUE} discount, {RANDOM} four characters without look-alikes'),
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
  summary: 'Change the dates, limit or state of a code',
  input: z.object({
    codeId: z.string(),
    state: linkStateSchema.optional(),
    startsAt: instantSchema.nullable().optional(),
    endsAt: instantSchema.nullable().optional(),
    usageLimit: z.number().int().min(1).nullable().optional(),
  }),
  output: codeSchema,
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
  input: z.object({ campaignId: z.string().optional() }),
});
