import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { machineVerdictSchema } from './report.ts';

export const comparedMax = 10;

const cellSchema = z.object({
  personId: z.string(),
  state: z.enum(['known', 'unknown', 'not_applicable']),
  value: z.number().nullable(),
  display: z.string(),
  note: z.string().nullable(),
});

export const comparisonSchema = z
  .object({
    creators: z.array(
      z.object({
        personId: z.string(),
        name: z.string(),
        platform: platformSchema,
        handle: z.string(),
        score: z.number().nullable(),
        verdict: machineVerdictSchema,
        decided: machineVerdictSchema.nullable().describe('What a person decided on the creator as a whole'),
      }),
    ),
    rows: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        formula: z.string(),
        better: z.enum(['more', 'less']).nullable(),
        best: z.string().nullable().describe('Id of the creator with the best known value, where one is alone'),
        cells: z.array(cellSchema),
      }),
    ),
    failures: z.array(z.object({ personId: z.string(), message: z.string() })),
  })
  .meta({ id: 'VettingComparison' });
export type Comparison = z.infer<typeof comparisonSchema>;

export const compareVetting = endpoint({
  name: 'vetting.compare',
  method: 'POST',
  path: '/vetting/compare',
  access: 'vetting:read',
  summary: 'Up to ten creators side by side, figure by figure',
  input: z.object({ personIds: z.array(z.string().max(64)).min(1).max(comparedMax) }),
  output: comparisonSchema,
});
