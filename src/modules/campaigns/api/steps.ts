import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { rosterBulkMax, rowRefusedSchema } from './roster.ts';
import { happeningSchema, stageGateSchema, stagesMax } from './stages.ts';

export const stepSchema = z
  .object({
    stage: z.string(),
    label: z.string(),
    gate: stageGateSchema,
    isOptional: z.boolean(),
    state: z
      .enum(['here', 'passed', 'open', 'skipped', 'not_theirs'])
      .describe('not_theirs: an optional stage that was not added for this creator'),
    reason: z.string().nullable(),
    by: z.string().nullable(),
    at: z.string().nullable(),
  })
  .meta({ id: 'EnrolmentStep', description: 'A stage of a campaign as one creator passes it' });
export type EnrolmentStep = z.infer<typeof stepSchema>;

export const listSteps = endpoint({
  name: 'roster.steps',
  method: 'GET',
  path: '/enrolments/:enrolmentId/steps',
  access: 'campaigns:read',
  summary:
    'The stages of one creator: passed, skipped with the reason, added for them, still open; and what happened so far',
  input: z.object({ enrolmentId: z.string().min(1).max(60) }),
  output: z.object({
    steps: z.array(stepSchema),
    happened: z.array(z.object({ happening: happeningSchema, words: z.string(), by: z.string(), at: z.string() })),
  }),
});

export const changeSteps = endpoint({
  name: 'roster.changeSteps',
  method: 'POST',
  path: '/campaigns/:campaignId/roster/steps',
  access: 'campaigns:write',
  summary: 'Let creators skip a stage, add an optional one for them, tick one off, or take that back',
  input: z.object({
    campaignId: z.string().min(1).max(60),
    enrolmentIds: z.array(z.string().min(1).max(60)).min(1).max(rosterBulkMax),
    changes: z
      .array(
        z.object({
          stage: z.string().min(1).max(60),
          state: z.enum(['done', 'skipped', 'extra', 'open']).describe('open takes back what was said before'),
          reason: z.string().trim().max(300).optional().describe('Needed to skip a stage'),
        }),
      )
      .min(1)
      .max(stagesMax),
  }),
  output: z.object({ changed: z.number().int(), refused: z.array(rowRefusedSchema) }),
});

export const tellHappening = endpoint({
  name: 'roster.happened',
  method: 'POST',
  path: '/enrolments/:enrolmentId/happenings',
  access: 'campaigns:write',
  summary: 'Say by hand what happened, such as a contract signed on paper; the stages follow, never backwards',
  input: z.object({ enrolmentId: z.string().min(1).max(60), happening: happeningSchema }),
  output: z.object({ stage: z.string(), isMoved: z.boolean() }),
});
