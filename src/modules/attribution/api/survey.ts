import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { campaignRefSchema, creatorRefSchema } from '#modules/tracking/api.ts';
import { read, write } from './shared.ts';

export const surveyAnswerSchema = z
  .object({
    id: z.string(),
    externalId: z.string(),
    answeredAt: instantSchema,
    answer: z.string(),
    orderExternalId: z.string().nullable(),
    orderId: z.string().nullable().describe('Null while that order is not known'),
    creator: creatorRefSchema.nullable(),
    campaign: campaignRefSchema.nullable(),
    matchedBy: z
      .enum(['given', 'handle', 'name', 'code', 'choice', 'hand'])
      .nullable()
      .describe(
        'How the creator was told: named by whoever sent it, read from the words, chosen on the page, or said by hand',
      ),
    choice: z.string().nullable().describe('What was chosen on the page'),
    via: z.enum(['api', 'file', 'page', 'hand']),
  })
  .meta({ id: 'SurveyAnswer' });
export type SurveyAnswer = z.infer<typeof surveyAnswerSchema>;

export const recordAnswers = endpoint({
  name: 'survey.record',
  method: 'POST',
  path: '/survey/answers',
  access: write,
  summary: 'Answers to "how did you hear of us"; the same id again changes nothing',
  input: z.object({
    via: z.enum(['api', 'hand']).default('api'),
    answers: z
      .array(
        z.object({
          id: z.string().trim().min(1).max(200).describe('Where it was asked, unique for ever'),
          answer: z.string().trim().min(1).max(2000),
          answeredAt: instantSchema,
          orderId: z.string().max(200).optional().describe("The order's id at its shop"),
          personId: z.string().optional().describe('The creator, when the shop knows; else read from the answer'),
          campaignId: z.string().optional(),
        }),
      )
      .min(1)
      .max(5000),
  }),
  output: z.object({
    created: z.int(),
    unchanged: z.int(),
    matched: z.int().describe('Of the new ones, those that name a creator'),
  }),
});
export const importAnswers = endpoint({
  name: 'survey.import',
  method: 'POST',
  path: '/survey/import',
  access: write,
  transport: 'upload',
  summary: 'Answers from CSV with the columns id, answer, answered at and, where known, order',
  input: z.object({}),
  output: z.object({
    read: z.int(),
    created: z.int(),
    unchanged: z.int(),
    matched: z.int(),
    errorsTotal: z.int(),
    errors: z.array(z.object({ row: z.int(), field: z.string(), message: z.string() })).describe('At most 1,000'),
  }),
});
export const listAnswers = endpoint({
  name: 'survey.list',
  method: 'GET',
  path: '/survey/answers',
  access: read,
  summary: 'Answers, newest first',
  input: z.object({
    campaignId: z.string().optional(),
    personId: z.string().optional(),
    names: z.enum(['somebody', 'nobody']).optional().describe('Only answers that name a creator, or none'),
    ...pageInput,
  }),
  output: pageOf(surveyAnswerSchema),
});

export const triangleSchema = z
  .object({
    campaign: campaignRefSchema.nullable(),
    from: daySchema,
    to: daySchema,
    tracked: z.object({
      orders: z.int().describe('Orders credited by code, link or customer'),
      credited: z.array(moneySchema),
      allOrders: z.int().describe('Paid orders of all sources in the period'),
    }),
    said: z.object({
      answers: z.int().describe('Answers of the period'),
      named: z.int().describe('Of them, naming a creator of the campaign'),
      share: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable().describe('95 % interval (Wilson); null below 30 answers'),
      untracked: z.int().describe('Named a creator, and no code or click paid for their order'),
    }),
    incremental: z
      .array(
        z.object({
          experimentId: z.string(),
          name: z.string(),
          arm: z.string(),
          outcome: z.string(),
          currency: z.string().nullable(),
          units: z.int(),
          total: z.number(),
          low: z.number(),
          high: z.number(),
          isAdjusted: z.boolean(),
          startsOn: daySchema.nullable(),
          endsOn: daySchema.nullable(),
        }),
      )
      .describe('Caused by the campaign as far as a hold-out can tell; empty without a finished one'),
    computedAt: instantSchema,
  })
  .meta({ id: 'AttributionTriangle' });
export type Triangle = z.infer<typeof triangleSchema>;

export const getTriangle = endpoint({
  name: 'attribution.triangle',
  method: 'GET',
  path: '/attribution/triangle',
  access: read,
  summary: 'Tracked, said and incremental beside each other, never added',
  input: z.object({ campaignId: z.string(), from: daySchema.optional(), to: daySchema.optional() }),
  output: triangleSchema,
});
