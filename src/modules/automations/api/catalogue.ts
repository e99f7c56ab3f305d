import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { actionUseSchema, conditionSchema, operatorSchema } from './automation.ts';

export const fieldKinds = [
  'text',
  'longtext',
  'days',
  'number',
  'choice',
  'tags',
  'list',
  'campaign',
  'template',
  'sequence',
] as const;

export const catalogueSchema = z
  .object({
    triggers: z.array(
      z.object({ event: z.string(), title: z.string(), group: z.string(), gives: z.array(z.string()) }),
    ),
    actions: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        group: z.string(),
        needs: z.array(z.string()).describe('What the event must be about'),
        isRepeatable: z.boolean().describe('Doing it twice ends in the same state'),
        fields: z.array(
          z.object({
            name: z.string(),
            label: z.string(),
            kind: z.enum(fieldKinds),
            isRequired: z.boolean(),
            choices: z.array(z.object({ value: z.string(), label: z.string() })),
          }),
        ),
      }),
    ),
    conditionFields: z.array(
      z.object({
        field: z.string(),
        title: z.string(),
        kind: z.enum(['text', 'number', 'tags']),
        ops: z.array(operatorSchema),
      }),
    ),
    templates: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        about: z.string(),
        trigger: z.string(),
        conditions: z.array(conditionSchema),
        actions: z.array(actionUseSchema),
        waitMinutes: z.number(),
      }),
    ),
    placeholders: z.array(z.object({ name: z.string(), title: z.string() })),
  })
  .meta({ id: 'AutomationCatalogue' });
export type AutomationCatalogue = z.output<typeof catalogueSchema>;

export const getAutomationCatalogue = endpoint({
  name: 'automations.catalogue',
  method: 'GET',
  path: '/automations/catalogue',
  access: 'automations:read',
  summary: 'What can start an automation, what it can ask and do, and templates to begin with',
  output: catalogueSchema,
});
