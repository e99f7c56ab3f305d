import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { currencyField, nameField, slugField, timeZoneField } from './fields.ts';

export const workspaceSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    currency: z.string().describe('ISO 4217; the currency reports are shown in'),
    timeZone: z.string().describe('IANA name; days begin and end here'),
    isSample: z.boolean().describe('True for the invented sample workspace'),
    createdAt: instantSchema,
  })
  .meta({ id: 'Workspace' });
export type Workspace = z.infer<typeof workspaceSchema>;

export const listWorkspaces = endpoint({
  name: 'workspaces.list',
  method: 'GET',
  path: '/workspaces',
  access: 'signed-in',
  inWorkspace: false,
  summary: 'The workspaces the caller may open',
  output: z.object({ rows: z.array(workspaceSchema) }),
});

export const createWorkspace = endpoint({
  name: 'workspaces.create',
  method: 'POST',
  path: '/workspaces',
  access: 'signed-in',
  inWorkspace: false,
  summary: 'Make a workspace; its maker becomes its owner',
  input: z.object({
    name: nameField,
    slug: slugField.optional().describe('Made from the name when absent'),
    currency: currencyField.default('USD'),
    timeZone: timeZoneField.default('UTC'),
  }),
  output: workspaceSchema,
});

export const getWorkspaceSettings = endpoint({
  name: 'workspaces.get',
  method: 'GET',
  path: '/workspace',
  access: 'workspace:read',
  summary: 'The workspace of the call',
  output: workspaceSchema,
});

export const updateWorkspace = endpoint({
  name: 'workspaces.update',
  method: 'PATCH',
  path: '/workspace',
  access: 'workspace:write',
  summary: 'Change name, slug, currency or time zone of the workspace',
  input: z.object({
    name: nameField.optional(),
    slug: slugField.optional(),
    currency: currencyField.optional(),
    timeZone: timeZoneField.optional(),
  }),
  output: workspaceSchema,
});

export const removeSample = endpoint({
  name: 'sample.remove',
  method: 'DELETE',
  path: '/sample',
  access: 'workspace:write',
  summary: 'Remove the sample workspace the caller is in, with everything in it; no other workspace can be removed so',
  output: z.object({ removed: z.literal(true) }),
});
