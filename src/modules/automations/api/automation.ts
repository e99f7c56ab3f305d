import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';

export const operators = ['is', 'is_not', 'contains', 'at_least', 'at_most', 'is_known', 'is_unknown'] as const;
export const operatorSchema = z.enum(operators);
export type Operator = z.infer<typeof operatorSchema>;

export const conditionSchema = z.object({
  field: z.string().max(60),
  op: operatorSchema,
  value: z.string().trim().max(200).default(''),
});
export type Condition = z.output<typeof conditionSchema>;

export const actionUseSchema = z.object({
  action: z.string().max(60),
  settings: z.record(z.string().max(40), z.string().max(4000)).default({}),
});
export type ActionUse = z.output<typeof actionUseSchema>;

export const conditionsMax = 10;
export const actionsMax = 10;
export const waitMinutesMax = 525_600;

const content = {
  name: z.string().trim().min(1).max(80),
  trigger: z.string().max(60),
  conditions: z.array(conditionSchema).max(conditionsMax).default([]),
  actions: z.array(actionUseSchema).min(1).max(actionsMax),
  waitMinutes: z
    .number()
    .int()
    .min(0)
    .max(waitMinutesMax)
    .default(0)
    .describe('Between what happened and what is done'),
  dailyMax: z.number().int().min(1).max(10_000).default(500).describe('Runs a day over all'),
  hourlyMaxEach: z.number().int().min(1).max(100).default(3).describe('Runs an hour for the same creator'),
};

export const automationSchema = z
  .object({
    id: z.string(),
    ...content,
    state: z.enum(['on', 'off', 'paused']),
    pausedBecause: z.string().nullable(),
    version: z.number(),
    createdBy: z.string(),
    createdAt: instantSchema,
    updatedBy: z.string(),
    updatedAt: instantSchema,
    runs: z.object({
      done: z.number(),
      failed: z.number(),
      skipped: z.number().describe('The conditions did not hold'),
      waiting: z.number(),
      lastAt: instantSchema.nullable(),
    }),
  })
  .meta({ id: 'Automation' });
export type Automation = z.output<typeof automationSchema>;

const idSchema = z.string().max(64);

export const listAutomations = endpoint({
  name: 'automations.list',
  method: 'GET',
  path: '/automations',
  access: 'automations:read',
  summary: 'What happens by itself in this workspace, by name, with its runs of the last 30 days',
  output: z.object({ rows: z.array(automationSchema) }),
});

export const createAutomation = endpoint({
  name: 'automations.create',
  method: 'POST',
  path: '/automations',
  access: 'automations:write',
  summary: 'Make an automation; it is off until it is turned on',
  input: z.object(content),
  output: automationSchema,
});

export const updateAutomation = endpoint({
  name: 'automations.update',
  method: 'PUT',
  path: '/automations/:automationId',
  access: 'automations:write',
  summary: 'Change an automation; runs that wait follow the new version',
  input: z.object({ automationId: idSchema, basedOn: z.number().int(), ...content }),
  output: automationSchema,
});

export const switchAutomation = endpoint({
  name: 'automations.switch',
  method: 'POST',
  path: '/automations/:automationId/switch',
  access: 'automations:write',
  summary: 'Turn an automation on or off; runs that wait are dropped when it is turned off',
  input: z.object({ automationId: idSchema, isOn: z.boolean() }),
  output: automationSchema,
});

export const removeAutomation = endpoint({
  name: 'automations.remove',
  method: 'DELETE',
  path: '/automations/:automationId',
  access: 'automations:write',
  summary: 'Remove an automation with its log; what it did stays done',
  input: z.object({ automationId: idSchema }),
});

export const stepSchema = z.object({
  action: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  said: z.string().describe('What was done, or why it was not'),
});
export type Step = z.output<typeof stepSchema>;

export const runStates = ['waiting', 'running', 'done', 'skipped', 'failed', 'limited', 'interrupted'] as const;
export const runSchema = z
  .object({
    id: z.string(),
    automationId: z.string(),
    automationName: z.string(),
    version: z.number(),
    eventId: z.string(),
    eventName: z.string(),
    payload: z.record(z.string(), z.string()),
    happenedAt: instantSchema,
    dueAt: instantSchema,
    state: z.enum(runStates),
    steps: z.array(stepSchema),
    attempts: z.number(),
    because: z.string().nullable(),
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'AutomationRun' });
export type AutomationRun = z.output<typeof runSchema>;

export const listAutomationRuns = endpoint({
  name: 'automations.runs',
  method: 'GET',
  path: '/automations/runs',
  access: 'automations:read',
  summary: 'What automations did and why, newest first',
  input: z.object({ automationId: idSchema.optional(), state: z.enum(runStates).optional(), ...pageInput }),
  output: pageOf(runSchema),
});

export const retryAutomationRun = endpoint({
  name: 'automations.retry',
  method: 'POST',
  path: '/automations/runs/:runId/retry',
  access: 'automations:write',
  summary: 'Try a failed or interrupted run again, from the action that failed',
  input: z.object({ runId: idSchema }),
  output: runSchema,
});

export const dryRunAutomation = endpoint({
  name: 'automations.dryRun',
  method: 'POST',
  path: '/automations/dry-run',
  access: 'automations:read',
  summary: 'What it would have done with the newest things that happened; nothing is done',
  input: z.object({
    trigger: content.trigger,
    conditions: content.conditions,
    actions: content.actions,
    limit: z.number().int().min(1).max(50).default(20),
  }),
  output: z.object({
    seen: z.number(),
    wouldRun: z.number(),
    rows: z.array(
      z.object({
        eventId: z.string(),
        happenedAt: instantSchema,
        about: z.string(),
        wouldRun: z.boolean(),
        because: z.string(),
        actions: z.array(z.object({ action: z.string(), isPossible: z.boolean(), says: z.string() })),
      }),
    ),
  }),
});
