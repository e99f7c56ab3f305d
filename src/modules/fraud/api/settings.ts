import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { modeSchema, modes, read, ruleNameSchema, ruleNames, scopeSchema, severitySchema, write } from './shared.ts';

const hostList = (what: string) =>
  z.array(z.string().trim().toLowerCase().min(1).max(253)).max(500).default([]).describe(what);

const ruleSettingSchema = z.object({
  mode: modeSchema.optional().describe(`One of ${modes.join(', ')}; as it comes when left out`),
  points: z.int().min(0).max(100).optional().describe('As it comes when left out'),
});

export const fraudPolicySchema = z
  .object({
    rules: z
      .partialRecord(ruleNameSchema, ruleSettingSchema)
      .default({})
      .describe(`What differs from the defaults, by rule: ${ruleNames.join(', ')}`),
    flagAt: z.int().min(1).max(1000).default(30).describe("Score from which a creator's traffic is flagged as a whole"),
    windowDays: z.int().min(7).max(90).default(28).describe('Days of traffic that are looked at'),
    fastSeconds: z
      .int()
      .min(1)
      .max(600)
      .default(10)
      .describe('An order this soon after its click was not bought by a person reading'),
    hijackSeconds: z
      .int()
      .min(5)
      .max(3600)
      .default(120)
      .describe('A click this close before its order, at the checkout'),
    keepsEarlier: z
      .boolean()
      .default(false)
      .describe('When a click at the checkout overwrites an earlier creator, the earlier one keeps the credit'),
    refundPercent: z.int().min(1).max(100).default(25).describe('Customers refunded, from which refunds are too many'),
    refundCustomersMin: z.int().min(2).max(1000).default(4).describe('With fewer customers refunds say nothing'),
    bannedReferrers: hostList('Hosts no visit may come from; *.example.com for all below'),
    couponHosts: hostList('Coupon sites beside those that are known'),
    watchedAdParams: z
      .array(z.string().trim().toLowerCase().min(2).max(40))
      .max(40)
      .default(['gclid', 'gbraid', 'wbraid', 'gad_source', 'gad_campaignid'])
      .describe("Advertisers' parameters that creators may not buy traffic with. fbclid also stands on unpaid posts"),
    falseAlarmDays: z
      .int()
      .min(30)
      .max(3650)
      .default(365)
      .describe('A code that goes on as before is called a spike at most once in so many days, on average'),
    expireDays: z
      .int()
      .min(1)
      .max(365)
      .default(30)
      .describe('Open groups expire so many days after their newest finding'),
  })
  .meta({ id: 'FraudPolicy' });
export type FraudPolicy = z.infer<typeof fraudPolicySchema>;

export const ruleAboutSchema = z
  .object({
    name: ruleNameSchema,
    version: z.int(),
    scope: scopeSchema,
    severity: severitySchema,
    title: z.string(),
    explains: z.string().describe('What it looks for, and how'),
    needs: z.string().describe('What must be known; without it the rule says unknown'),
    defaultMode: modeSchema,
    defaultPoints: z.int(),
    mode: modeSchema.describe('As it is now'),
    points: z.int(),
  })
  .meta({ id: 'FraudRule' });
export type RuleAbout = z.infer<typeof ruleAboutSchema>;

export const policyVersionSchema = z
  .object({
    version: z.int().describe('0 for the settings that come with the program'),
    policy: fraudPolicySchema,
    note: z.string().nullable(),
    madeBy: z.string(),
    madeAt: instantSchema.nullable(),
  })
  .meta({ id: 'FraudPolicyVersion' });
export type PolicyVersion = z.infer<typeof policyVersionSchema>;

export const getFraudSettings = endpoint({
  name: 'fraud.settings',
  method: 'GET',
  path: '/fraud/settings',
  access: read,
  summary: 'The fraud rules with what each does, the thresholds that hold now, and every version there was',
  output: z.object({
    current: policyVersionSchema,
    rules: z.array(ruleAboutSchema),
    history: z.array(policyVersionSchema).describe('Newest first, at most 100'),
  }),
});
export const updateFraudSettings = endpoint({
  name: 'fraud.updateSettings',
  method: 'PUT',
  path: '/fraud/settings',
  access: write,
  summary: 'Change rules and thresholds; every creator is judged anew by them in the background',
  input: z.object({ policy: fraudPolicySchema, note: z.string().trim().max(500).optional() }),
  output: policyVersionSchema,
});
