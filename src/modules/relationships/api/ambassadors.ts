import { z } from 'zod';
import { isKnownCurrency, moneySchema } from '#kernel/money.ts';
import { daySchema } from '#kernel/time.ts';
import { id, personRef } from './fields.ts';

/** What an ambassador tier can ask for, each over the programme's window but `months`, which counts from the first contract. */
export const tierMetrics = ['orders', 'revenue', 'posts', 'on_time', 'months'] as const;
export const tierMetricSchema = z.enum(tierMetrics);
export type TierMetric = z.infer<typeof tierMetricSchema>;

const money = moneySchema.refine(
  ({ amountMinor, currency }) => isKnownCurrency(currency) && !amountMinor.startsWith('-'),
  { error: 'An amount of 0 or more in a currency of ISO 4217' },
);
const countMax = 1_000_000;
const atLeast = (max: number) => z.number().int().min(1).max(max);

export const tierNeedSchema = z.discriminatedUnion('metric', [
  z.object({
    metric: z.literal('orders'),
    atLeast: atLeast(countMax).describe('Credited orders, cancelled ones left out'),
  }),
  z.object({
    metric: z.literal('revenue'),
    atLeast: money.describe('Credited, net of refunds, in the campaign’s currency'),
  }),
  z.object({ metric: z.literal('posts'), atLeast: atLeast(1000).describe('Deliverables that went live') }),
  z.object({
    metric: z.literal('on_time'),
    atLeast: atLeast(100).describe('Percent of deliverables due that were live by their day'),
  }),
  z.object({
    metric: z.literal('months'),
    atLeast: atLeast(120).describe('Whole months since the first contract began'),
  }),
]);
export type TierNeed = z.infer<typeof tierNeedSchema>;

export const tierGivesSchema = z.object({
  codePercent: z
    .number()
    .min(0.01)
    .max(100)
    .multipleOf(0.01)
    .nullable()
    .default(null)
    .describe('Percent off by their discount code'),
  monthlyFee: money.nullable().default(null),
  gift: z.string().trim().max(300).default(''),
});
export type TierGives = z.infer<typeof tierGivesSchema>;

export const tierSchema = z
  .object({
    id: id.describe('Stays the same when a tier is renamed or moved'),
    name: z.string().trim().min(1, 'Name the tier').max(40),
    needs: z.array(tierNeedSchema).max(tierMetrics.length).describe('All of them; none for the first tier'),
    gives: tierGivesSchema,
  })
  .meta({ id: 'AmbassadorTier' });
export type Tier = z.infer<typeof tierSchema>;

export const tiersMax = 10;

/** The rules of a programme as a person sets them. The order of tiers is their rank, the lowest first. */
export const programRulesSchema = z.object({
  isOn: z.boolean().default(true).describe('Off: nothing is judged'),
  windowMonths: z.number().int().min(1).max(12).default(1).describe('Months before the day of judging that count'),
  judgeDay: z
    .number()
    .int()
    .min(1)
    .max(31)
    .default(1)
    .describe('Day of the month; the last one where the month is shorter'),
  tiers: z.array(tierSchema).min(2, 'A programme needs two tiers at least').max(tiersMax),
});
export type ProgramRules = z.infer<typeof programRulesSchema>;

export const tierOutcomes = ['up', 'down', 'stay', 'not_enough_data'] as const;
export const tierOutcomeSchema = z.enum(tierOutcomes);
export type TierOutcome = z.infer<typeof tierOutcomeSchema>;

/** One measured figure of an ambassador; null with its reason where nothing is measured. */
export const tierFactSchema = z
  .object({
    metric: tierMetricSchema,
    label: z.string(),
    value: z.number().nullable().describe('A count, or percent for on_time; for revenue see amount'),
    amount: moneySchema.nullable(),
    reason: z.string().nullable().describe('Why there is no value'),
    source: z.string(),
    n: z.number().int().describe('Things it rests on'),
    rows: z.array(z.object({ on: daySchema, text: z.string() })).describe('Newest first, at most 20'),
    more: z.number().int().describe('Rows left out'),
  })
  .meta({ id: 'AmbassadorFact' });
export type TierFact = z.infer<typeof tierFactSchema>;

export const needStandingSchema = z.object({
  metric: tierMetricSchema,
  label: z.string(),
  needed: z.string(),
  bare: z.string().describe('The figure alone'),
  have: z.string().nullable(),
  isMet: z.boolean().nullable().describe('Null: nothing measured'),
  missing: z.string().nullable().describe('What is still needed, in words; null when met'),
});
export type NeedStanding = z.infer<typeof needStandingSchema>;

export const tierStandingSchema = z.object({
  tierId: z.string(),
  name: z.string(),
  standing: z.enum(['met', 'not_met', 'unknown']),
  needs: z.array(needStandingSchema),
});
export type TierStanding = z.infer<typeof tierStandingSchema>;

/** What a judgement rests on, kept as it was on its day. */
export const tierEvidenceSchema = z
  .object({
    from: daySchema,
    until: daySchema,
    memberSince: daySchema,
    isWhole: z.boolean().describe('False when the creator joined within the window'),
    facts: z.array(tierFactSchema),
    tiers: z.array(tierStandingSchema).describe('Lowest first'),
    summary: z.string(),
  })
  .meta({ id: 'AmbassadorEvidence' });
export type TierEvidence = z.infer<typeof tierEvidenceSchema>;

const tierName = z.object({ id: z.string(), name: z.string() });

export const judgementSchema = z
  .object({
    id: z.string(),
    campaignId: z.string(),
    enrolmentId: z.string(),
    person: personRef,
    judgedOn: daySchema,
    programVersion: z.number().int(),
    from: tierName,
    to: tierName.describe('What the rules say'),
    outcome: tierOutcomeSchema,
    evidence: tierEvidenceSchema,
    state: z.enum(['waiting', 'confirmed', 'overruled', 'settled', 'superseded']),
    decided: tierName.nullable(),
    reason: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: z.string().nullable(),
  })
  .meta({
    id: 'AmbassadorJudgement',
    description: 'Where the rules put an ambassador on a day, and what a person made of it',
  });
export type Judgement = z.infer<typeof judgementSchema>;

export const tierMoveSchema = z
  .object({
    id: z.string(),
    from: z.string(),
    to: z.string(),
    on: daySchema,
    reason: z.string(),
    by: z.string(),
    judgementId: z.string().nullable(),
  })
  .meta({ id: 'AmbassadorMove' });
export type TierMove = z.infer<typeof tierMoveSchema>;

export const ambassadorSchema = z
  .object({
    enrolmentId: z.string(),
    person: personRef,
    tier: tierName,
    since: daySchema,
    memberSince: daySchema,
    contractEndsOn: daySchema.nullable(),
    now: tierEvidenceSchema.describe('How they stand today, by the days that the next judgement will look at'),
    next: tierStandingSchema.nullable().describe('The tier above; null at the top'),
    waiting: judgementSchema.nullable(),
    moves: z.array(tierMoveSchema).describe('Newest first'),
  })
  .meta({ id: 'Ambassador' });
export type Ambassador = z.infer<typeof ambassadorSchema>;
