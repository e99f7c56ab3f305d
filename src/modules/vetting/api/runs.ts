import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';

export const runSchema = z
  .object({
    id: z.string(),
    state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
    total: z.number(),
    done: z.number(),
    counts: z.record(z.string(), z.number()).describe('Persons by verdict, and "failed"'),
    errors: z.array(z.object({ personId: z.string(), message: z.string() })).describe('At most 100'),
    createdBy: z.string(),
    createdAt: instantSchema,
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'VettingRun' });
export type Run = z.infer<typeof runSchema>;

export const startRun = endpoint({
  name: 'vettingRuns.start',
  method: 'POST',
  path: '/vetting/runs',
  access: 'vetting:write',
  summary: 'Vet many creators in the background',
  input: z
    .object({
      personIds: z.array(z.string().max(64)).min(1).max(10_000).optional(),
      listId: z.string().max(64).optional().describe('Everybody on a list, at most 10,000'),
    })
    .refine((input) => (input.personIds === undefined) !== (input.listId === undefined), {
      message: 'Name either personIds or a listId',
      path: ['personIds'],
    }),
  output: runSchema,
});

const runInput = z.object({ runId: z.string().max(64) });

export const getRun = endpoint({
  name: 'vettingRuns.get',
  method: 'GET',
  path: '/vetting/runs/:runId',
  access: 'vetting:read',
  summary: 'How far a run is',
  input: runInput,
  output: runSchema,
});

export const listRuns = endpoint({
  name: 'vettingRuns.list',
  method: 'GET',
  path: '/vetting/runs',
  access: 'vetting:read',
  summary: 'Runs, newest first',
  input: z.object(pageInput),
  output: pageOf(runSchema),
});

export const cancelRun = endpoint({
  name: 'vettingRuns.cancel',
  method: 'POST',
  path: '/vetting/runs/:runId/cancel',
  access: 'vetting:write',
  summary: 'Stop a run after the creators it is at',
  input: runInput,
  output: runSchema,
});
