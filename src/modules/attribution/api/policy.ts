import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { campaignRefSchema } from '#modules/tracking/api.ts';
import { read } from './shared.ts';

/** Models that pay: each divides one order among its touches. Participation, Markov and Shapley only compare. */
export const shareModels = ['last', 'first', 'linear', 'position', 'split', 'time_decay'] as const;
export const shareModelSchema = z.enum(shareModels);
export type ShareModel = z.infer<typeof shareModelSchema>;

const percent = (standard: number, what: string) => z.int().min(0).max(100).default(standard).describe(what);
const days = (standard: number, what: string) => z.int().min(1).max(365).default(standard).describe(what);

/** What the models take as data. Percents are of the whole order. */
export const modelTermsSchema = z
  .object({
    firstPercent: percent(40, 'position: of the first touch'),
    lastPercent: percent(40, 'position: of the last touch; the rest is even among those between'),
    firstBonusPercent: percent(25, 'split: of the first touch, above its even part of the pot'),
    lastBonusPercent: percent(50, 'split: of the last touch, above its even part of the pot'),
    minimumPercent: percent(0, 'split: least even part; fewer touches share when there would be less'),
    halfLifeDays: z
      .number()
      .min(0.01)
      .max(365)
      .default(7)
      .describe('time_decay: a touch this much before the last one weighs half'),
  })
  .refine((terms) => terms.firstPercent + terms.lastPercent <= 100, {
    path: ['lastPercent'],
    message: 'First and last come to more than 100 %.',
  })
  .refine((terms) => terms.firstBonusPercent + terms.lastBonusPercent <= 100, {
    path: ['lastBonusPercent'],
    message: 'Both bonuses come to more than 100 %.',
  });
export type ModelTerms = z.infer<typeof modelTermsSchema>;

export const precedenceKinds = ['customer', 'code', 'link'] as const;

export const policySchema = z
  .object({
    model: shareModelSchema.default('last'),
    terms: modelTermsSchema.prefault({}),
    precedence: z
      .array(z.enum(precedenceKinds))
      .min(1)
      .max(3)
      .refine((kinds) => new Set(kinds).size === kinds.length, 'Each kind may stand once.')
      .default(['code', 'link'])
      .describe(
        'What decides first; a kind that is left out earns nothing. customer: bound to the creator of their first order',
      ),
    isTogether: z.boolean().default(false).describe('Codes and links stand in one path that the model divides'),
    windows: z
      .object({
        leadDays: days(30, 'Days before a lead in which a click counts'),
        firstDays: days(30, "Days before a customer's first order in which a click counts"),
        repeatDays: days(30, 'Days before a later order in which a click counts'),
        codeGraceDays: z.int().min(0).max(365).default(0).describe('Days after its end in which a code still counts'),
        seenDays: z
          .int()
          .min(0)
          .max(365)
          .default(0)
          .describe('Days in which a touch too old to be paid is still shown as seen; 0 for none'),
      })
      .prefault({}),
    boundDays: z
      .int()
      .min(1)
      .max(3650)
      .nullable()
      .default(null)
      .describe('How long a customer stays bound, when customer is among the precedence; null for ever'),
  })
  .meta({ id: 'AttributionPolicy' });
export type Policy = z.infer<typeof policySchema>;
export type PolicyInput = z.input<typeof policySchema>;

export const policyVersionSchema = z
  .object({
    version: z.int().describe('0 for the rules that come with the program'),
    campaign: campaignRefSchema.nullable().describe('Null for the whole workspace'),
    policy: policySchema.nullable().describe('Null when the campaign follows the workspace again'),
    note: z.string().nullable(),
    madeBy: z.string(),
    madeAt: instantSchema.nullable(),
  })
  .meta({ id: 'AttributionPolicyVersion' });
export type PolicyVersion = z.infer<typeof policyVersionSchema>;

export const getAttributionSettings = endpoint({
  name: 'attribution.settings',
  method: 'GET',
  path: '/attribution/settings',
  access: read,
  summary: 'How credit is given: the rules that hold now, and every version there was',
  output: z.object({
    workspace: policyVersionSchema,
    campaigns: z.array(policyVersionSchema).describe('Campaigns that go their own way'),
    history: z.array(policyVersionSchema).describe('Newest first, at most 200'),
  }),
});

export const policyChange = {
  campaignId: z.string().optional().describe('The whole workspace when left out'),
  policy: policySchema.nullable().describe('Null lets a campaign follow the workspace again'),
};
