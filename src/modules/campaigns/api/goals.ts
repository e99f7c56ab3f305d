import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { planDay } from './day.ts';
import { goalFamilySchema, goalMetricSchema } from './goal-metrics.ts';

/** A money metric is worth Money in the campaign's currency, every other one a plain number (a share is 0.034 for 3.4 %). */
export const goalValueSchema = z.union([z.number().nonnegative().finite(), moneySchema]);
export type GoalValue = z.infer<typeof goalValueSchema>;

export const goalSchema = z
  .object({
    id: z.string(),
    campaignId: z.string(),
    family: goalFamilySchema,
    metric: goalMetricSchema,
    label: z.string(),
    target: goalValueSchema,
    baseline: goalValueSchema
      .nullable()
      .describe('What the same span brought before, for comparison; the actual counts from 0'),
    startsOn: planDay,
    dueOn: planDay,
    source: z.string().describe('Where the actual comes from'),
    formula: z.string(),
    isMain: z.boolean(),
    expectedToday: goalValueSchema
      .nullable()
      .describe(
        'Linear pace from 0 on the first day to the target on the last, by the end of today; the target itself for rates; null before the start',
      ),
  })
  .meta({ id: 'Goal' });
export type Goal = z.infer<typeof goalSchema>;

/** Metric, target and date may be left out here only so that a vague goal can be refused with a proposal. */
export const goalInput = z.object({
  text: z
    .string()
    .trim()
    .max(300)
    .optional()
    .describe('The goal in words, such as "5,000 visitors by 31 May"; fields given beside it win'),
  metric: goalMetricSchema.optional(),
  target: goalValueSchema.optional(),
  baseline: goalValueSchema.nullable().default(null),
  startsOn: planDay.optional().describe("The campaign's first day when left out"),
  dueOn: planDay.optional(),
  source: z.string().trim().max(200).optional().describe("The metric's own source when left out"),
  isMain: z.boolean().optional().describe('The first goal is the main one by itself'),
});
export type GoalInput = z.infer<typeof goalInput>;

const campaignId = z.string().min(1).max(60);
const goalId = z.string().min(1).max(60);

export const goalProposalSchema = z
  .object({
    metric: goalMetricSchema.nullable(),
    target: goalValueSchema.nullable(),
    dueOn: planDay.nullable(),
    missing: z
      .array(z.enum(['metric', 'target', 'baseline', 'dueOn']))
      .describe('baseline: the goal is a change, and the figure it starts from is not known'),
    change: z.number().nullable().describe('0.3 for "+30 %"; null when the goal is no change'),
    proposal: z.string().describe('The goal as it could be said, with a gap where the person has to decide'),
    choices: z.array(goalMetricSchema).describe('Metrics that could be meant'),
  })
  .meta({ id: 'GoalProposal' });
export type GoalProposal = z.infer<typeof goalProposalSchema>;

export const listGoalMetrics = endpoint({
  name: 'goals.metrics',
  method: 'GET',
  path: '/goal-metrics',
  access: 'campaigns:read',
  summary: 'What a goal can be measured by, with formula and source',
  output: z.array(
    z.object({
      metric: goalMetricSchema,
      family: goalFamilySchema,
      label: z.string(),
      unit: z.string(),
      kind: z.enum(['count', 'money', 'share', 'ratio']),
      direction: z.enum(['at_least', 'at_most']),
      growth: z.enum(['sum', 'level']),
      formula: z.string(),
      source: z.string(),
    }),
  ),
});

export const proposeGoal = endpoint({
  name: 'goals.propose',
  method: 'POST',
  path: '/goal-proposals',
  access: 'campaigns:read',
  summary: 'Read a goal out of words and say what it still lacks to be measurable; changes nothing',
  input: z.object({
    text: z.string().trim().min(1).max(300),
    currency: z.string(),
    endsOn: planDay,
    baseline: goalValueSchema.nullable().optional().describe('What the same span brought before, for "+30 %"'),
  }),
  output: goalProposalSchema,
});

export const addGoal = endpoint({
  name: 'goals.add',
  method: 'POST',
  path: '/campaigns/:campaignId/goals',
  access: 'campaigns:write',
  summary: 'Add a goal that can be measured; a vague one is refused with a proposal',
  input: goalInput.extend({ campaignId }),
  output: goalSchema,
});

export const updateGoal = endpoint({
  name: 'goals.update',
  method: 'PATCH',
  path: '/campaigns/:campaignId/goals/:goalId',
  access: 'campaigns:write',
  summary: 'Change target, baseline, dates or source of a goal, or make it the main one',
  input: z.object({
    campaignId,
    goalId,
    target: goalValueSchema.optional(),
    baseline: goalValueSchema.nullable().optional(),
    startsOn: planDay.optional(),
    dueOn: planDay.optional(),
    source: z.string().trim().max(200).optional(),
    isMain: z.literal(true).optional().describe('The former main goal becomes an ordinary one'),
  }),
  output: goalSchema,
});

export const removeGoal = endpoint({
  name: 'goals.remove',
  method: 'DELETE',
  path: '/campaigns/:campaignId/goals/:goalId',
  access: 'campaigns:write',
  summary: 'Drop a goal; when it was the main one, the oldest other takes its place',
  input: z.object({ campaignId, goalId }),
  output: z.object({ removed: z.literal(true) }),
});
