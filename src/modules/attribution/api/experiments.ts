import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { campaignRefSchema } from '#modules/tracking/api.ts';
import { read, write } from './shared.ts';

export const experimentUnits = ['place', 'code', 'customer'] as const;
export const unitsMax = 50_000;

const armSchema = z.object({
  name: z.string().trim().min(1).max(80),
  share: z.number().min(0.01).max(0.99).describe('Part of the units'),
});
const effectSchema = z
  .object({
    effect: z.number().describe("Mean per unit of the arm less the control's, in the outcome's unit"),
    low: z.number(),
    high: z.number().describe('95 % interval'),
    lift: z.number().nullable().describe('Part of the control; null when the control has nothing'),
    total: z.number().describe('Over all units of the arm'),
    totalLow: z.number(),
    totalHigh: z.number(),
  })
  .nullable()
  .describe('Null while there is not enough data');

export const experimentSchema = z
  .object({
    id: z.string(),
    campaign: campaignRefSchema.nullable(),
    name: z.string(),
    unit: z.enum(experimentUnits).describe('What is held out: places, codes or customers'),
    outcome: z.string().describe('What is counted per unit, such as "net revenue" or "orders"'),
    currency: z.string().nullable(),
    seed: z.int(),
    state: z.enum(['draft', 'running', 'ended']),
    startsOn: daySchema.nullable(),
    endsOn: daySchema.nullable(),
    units: z.int(),
    plan: z
      .object({
        detectable: z.number().describe('Smallest effect per unit seen in 80 of 100 such tests, at 95 %'),
        detectableShare: z.number().nullable().describe('The same as a part of the mean of the time before'),
        unitsForFivePercent: z.int().nullable().describe('Units needed to see a change of 5 %'),
      })
      .nullable()
      .describe('From the outcome of the time before; null without it'),
    arms: z.array(
      z.object({
        name: z.string(),
        share: z.number(),
        isControl: z.boolean(),
        units: z.int(),
        measured: z.int().describe('Units with an outcome'),
        mean: z.number().nullable(),
        raw: effectSchema,
        adjusted: effectSchema.describe('With the time before taken out (CUPED); null when a unit has none'),
      }),
    ),
    varianceLeft: z.number().nullable().describe('What the adjustment leaves of the variance'),
    why: z.string().nullable().describe('What is missing for a result'),
    assignedAt: instantSchema.nullable(),
    outcomesAt: instantSchema.nullable(),
    madeBy: z.string(),
    madeAt: instantSchema,
  })
  .meta({ id: 'Experiment' });
export type Experiment = z.infer<typeof experimentSchema>;

const unitRow = z.object({
  key: z.string().trim().min(1).max(200).describe('Name of the place, the code or the customer number'),
  before: z.number().nullable().optional().describe('The outcome of the time before'),
});

export const createExperiment = endpoint({
  name: 'experiments.create',
  method: 'POST',
  path: '/campaigns/:campaignId/experiments',
  access: write,
  summary: 'Plan a hold-out: what sees the campaign and what does not',
  input: z.object({
    campaignId: z.string(),
    name: z.string().trim().min(1).max(120),
    unit: z.enum(experimentUnits),
    outcome: z.string().trim().min(1).max(120),
    currency: z.string().length(3).optional(),
    arms: z.array(armSchema).min(2).max(6).optional().describe('The first is the control; half and half when left out'),
    startsOn: daySchema.optional(),
    endsOn: daySchema.optional(),
    seed: z.int().min(0).max(2_147_483_647).default(7),
    units: z.array(unitRow).min(4).max(unitsMax),
  }),
  output: experimentSchema,
});
export const listExperiments = endpoint({
  name: 'experiments.list',
  method: 'GET',
  path: '/campaigns/:campaignId/experiments',
  access: read,
  summary: 'The hold-outs of a campaign with their results, newest first, at most 50',
  input: z.object({ campaignId: z.string() }),
  output: z.array(experimentSchema),
});
export const getExperiment = endpoint({
  name: 'experiments.get',
  method: 'GET',
  path: '/experiments/:experimentId',
  access: read,
  summary: 'One hold-out with its arms and its result',
  input: z.object({ experimentId: z.string() }),
  output: experimentSchema,
});
export const listExperimentUnits = endpoint({
  name: 'experiments.units',
  method: 'GET',
  path: '/experiments/:experimentId/units',
  access: read,
  summary: 'Which unit is in which arm, at most 50,000',
  input: z.object({ experimentId: z.string() }),
  output: z.array(
    z.object({
      key: z.string(),
      arm: z.string(),
      before: z.number().nullable(),
      outcome: z.number().nullable(),
    }),
  ),
});
export const recordOutcomes = endpoint({
  name: 'experiments.outcomes',
  method: 'PUT',
  path: '/experiments/:experimentId/outcomes',
  access: write,
  summary: 'What each unit came to; the same again changes nothing, a new value replaces the old one',
  input: z.object({
    experimentId: z.string(),
    outcomes: z
      .array(z.object({ key: z.string().trim().min(1).max(200), value: z.number() }))
      .min(1)
      .max(unitsMax),
  }),
  output: experimentSchema,
});
export const changeExperiment = endpoint({
  name: 'experiments.state',
  method: 'POST',
  path: '/experiments/:experimentId/state',
  access: write,
  summary: 'Start or end a hold-out; its arms never change after the start',
  input: z.object({ experimentId: z.string(), state: z.enum(['running', 'ended']) }),
  output: experimentSchema,
});
