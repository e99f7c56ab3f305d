import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import { machineVerdictSchema, pointSchema } from './report.ts';

const signalName = z.string().min(1).max(64);
const unknownSchema = z.enum(['worst', 'nothing']);

/** What a signal may take (0 and below) and add (0 and above), in points to the tenth. */
export const ownWeightSchema = z.object({
  signal: signalName,
  min: z.number().min(-50, 'At least -50').max(0, 'At most 0: this is what the signal may take'),
  max: z.number().min(0, 'At least 0: this is what the signal may add').max(50, 'At most 50'),
  unknown: unknownSchema.describe('What it counts as while not known: its worst, or nothing'),
});
export type OwnWeight = z.infer<typeof ownWeightSchema>;

export const flagTreatments = ['reject', 'review', 'note'] as const;
export const flagTreatmentSchema = z.enum(flagTreatments);
export type FlagTreatment = z.infer<typeof flagTreatmentSchema>;

export const limitSchema = z.object({
  signal: signalName,
  when: z.enum(['above', 'below']),
  value: z.number().describe('In the unit of the signal; shares as 0 to 1'),
  verdict: z.enum(['reject', 'review']),
});
export type VerdictLimit = z.infer<typeof limitSchema>;

export const limitsMax = 20;
export const verdictRulesSchema = z.object({
  pass: z.number().min(0).max(100).describe('A score from here on passes'),
  reject: z.number().min(0).max(100).describe('A best possible score below this is rejected'),
  confidenceForPass: z.number().min(0).max(1).describe('Below this confidence nobody passes without a person looking'),
  staleAfterDays: z.number().int().min(7).max(3650).describe('Older data raise a flag'),
  flags: z
    .record(z.string().max(64), flagTreatmentSchema)
    .describe('By name of the flag; without an entry red ones reject and amber ones ask for a review'),
  limits: z.array(limitSchema).max(limitsMax).describe('Limits of your own on the value of a signal'),
});
export type VerdictRules = z.infer<typeof verdictRulesSchema>;

const weightRowSchema = ownWeightSchema.extend({
  title: z.string(),
  point: pointSchema,
  formula: z.string(),
  defaults: z.object({ min: z.number(), max: z.number(), unknown: unknownSchema }),
});

export const vettingRulesSchema = z
  .object({
    version: z.number().describe('0 while the workspace uses the default'),
    savedBy: z.string().nullable(),
    savedAt: instantSchema.nullable(),
    note: z.string(),
    weights: z.array(weightRowSchema),
    totals: z
      .object({ min: z.number(), max: z.number() })
      .describe('All signals together, from 50 on; a score ends at 0 and 100'),
    verdict: verdictRulesSchema,
    verdictDefaults: verdictRulesSchema,
    flags: z.array(z.object({ name: z.string(), title: z.string(), severity: z.enum(['red', 'amber']) })),
  })
  .meta({ id: 'VettingRules' });
export type VettingRules = z.infer<typeof vettingRulesSchema>;

export const getVettingRules = endpoint({
  name: 'vettingRules.get',
  method: 'GET',
  path: '/vetting/rules',
  access: 'vetting:read',
  summary: 'The points of every signal and the rules of the verdict',
  input: z.object({ version: z.coerce.number().int().min(0).optional() }),
  output: vettingRulesSchema,
});

const rulesInput = { weights: z.array(ownWeightSchema).max(200), verdict: verdictRulesSchema };

export const putVettingRules = endpoint({
  name: 'vettingRules.put',
  method: 'PUT',
  path: '/vetting/rules',
  access: 'vetting:write',
  summary: 'Save points and verdict rules as a new version; every vetted creator is scored again in the background',
  input: z.object({
    ...rulesInput,
    baseVersion: z.number().int().min(0).describe('The version this was edited from'),
    note: z.string().trim().max(500).default(''),
  }),
  output: vettingRulesSchema.extend({ runId: z.string().nullable().describe('The run that scores everybody again') }),
});

const scored = z.object({ score: z.number().nullable(), verdict: machineVerdictSchema });
export const rulesPreviewSchema = z
  .object({
    creators: z.number().describe('Vetted creators looked at'),
    isPartial: z.boolean().describe('There are more than were looked at'),
    scoresChanged: z.number(),
    verdictsChanged: z.number(),
    moves: z.array(z.object({ from: machineVerdictSchema, to: machineVerdictSchema, creators: z.number() })),
    medianBefore: z.number().nullable(),
    medianAfter: z.number().nullable(),
    rows: z
      .array(
        z.object({
          personId: z.string(),
          name: z.string(),
          before: scored,
          after: scored.extend({ rule: z.string() }),
        }),
      )
      .describe('Those that change most, a changed verdict first'),
  })
  .meta({ id: 'VettingRulesPreview' });
export type RulesPreview = z.infer<typeof rulesPreviewSchema>;

export const previewVettingRules = endpoint({
  name: 'vettingRules.preview',
  method: 'POST',
  path: '/vetting/rules/preview',
  access: 'vetting:read',
  summary: 'What points and rules would change, from stored signals; nothing is saved',
  input: z.object({ ...rulesInput, limit: z.number().int().min(1).max(200).default(25) }),
  output: rulesPreviewSchema,
});

export const listVettingRules = endpoint({
  name: 'vettingRules.versions',
  method: 'GET',
  path: '/vetting/rules/versions',
  access: 'vetting:read',
  summary: 'Saved versions, newest first',
  input: z.object(pageInput),
  output: pageOf(z.object({ version: z.number(), note: z.string(), savedBy: z.string(), savedAt: instantSchema })),
});
