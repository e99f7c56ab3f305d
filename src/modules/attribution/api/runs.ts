import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { moneySchema } from '#kernel/money.ts';
import { instantSchema } from '#kernel/time.ts';
import { campaignRefSchema, creatorRefSchema } from '#modules/tracking/api.ts';
import { policyChange, policySchema, policyVersionSchema } from './policy.ts';
import { read, write } from './shared.ts';

export const runStates = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const;

export const creditMoveSchema = z
  .object({
    creator: creatorRefSchema.nullable(),
    campaign: campaignRefSchema.nullable(),
    ordersBefore: z.int(),
    ordersAfter: z.int(),
    before: moneySchema,
    after: moneySchema,
  })
  .meta({ id: 'CreditMove' });
export type CreditMove = z.infer<typeof creditMoveSchema>;

export const creditRunSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['try', 'apply']),
    campaign: campaignRefSchema.nullable().describe('Whose rules; null for the workspace'),
    policy: policySchema.nullable(),
    version: z.int().nullable(),
    state: z.enum(runStates),
    ordersTotal: z.int().nullable().describe('Null until it begins'),
    ordersDone: z.int(),
    ordersChanged: z.int().describe('Orders whose credit differs by the new rules'),
    moves: z.array(creditMoveSchema).describe('Who gains and who loses, largest change first, at most 500'),
    movesTotal: z.int(),
    problem: z.string().nullable(),
    madeBy: z.string(),
    madeAt: instantSchema,
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'CreditRun' });
export type CreditRun = z.infer<typeof creditRunSchema>;

export const tryPolicy = endpoint({
  name: 'attribution.try',
  method: 'POST',
  path: '/attribution/tries',
  access: write,
  summary: 'Decide every order by other rules without storing it: who would gain, who would lose',
  input: z.object(policyChange),
  output: creditRunSchema,
});
export const updateAttributionSettings = endpoint({
  name: 'attribution.set',
  method: 'PUT',
  path: '/attribution/settings',
  access: write,
  summary: 'Change the rules: a new version, by which every order is decided anew',
  input: z.object({ ...policyChange, note: z.string().max(500).optional() }),
  output: z.object({
    version: policyVersionSchema,
    run: creditRunSchema.nullable().describe('Null when nothing changed'),
  }),
});
export const listCreditRuns = endpoint({
  name: 'attribution.runs',
  method: 'GET',
  path: '/attribution/runs',
  access: read,
  summary: 'Runs that decided orders anew, newest first, at most 50',
  output: z.array(creditRunSchema.omit({ moves: true })),
});
export const getCreditRun = endpoint({
  name: 'attribution.run',
  method: 'GET',
  path: '/attribution/runs/:runId',
  access: read,
  summary: 'One run with its progress and who gained or lost',
  input: z.object({ runId: z.string() }),
  output: creditRunSchema,
});
export const cancelCreditRun = endpoint({
  name: 'attribution.cancel-run',
  method: 'POST',
  path: '/attribution/runs/:runId/cancel',
  access: write,
  summary: 'Stop a run; orders it has not reached keep the version they were decided by',
  input: z.object({ runId: z.string() }),
  output: creditRunSchema,
});
