import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { nameField } from './fields.ts';
import { scopeSchema } from './roles.ts';

export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().describe('First part of the key, to tell keys apart'),
    scopes: z.array(z.string()),
    createdBy: z.string().describe('Name of who made it'),
    createdAt: instantSchema,
    expiresAt: instantSchema.nullable(),
    lastUsedAt: instantSchema.nullable().describe('To the minute'),
    revokedAt: instantSchema.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeySchema>;

export const listApiKeys = endpoint({
  name: 'api-keys.list',
  method: 'GET',
  path: '/api-keys',
  access: 'api-keys:read',
  summary: 'API keys of the workspace, newest first, without their secrets',
  output: z.object({ rows: z.array(apiKeySchema) }),
});

export const createApiKey = endpoint({
  name: 'api-keys.create',
  method: 'POST',
  path: '/api-keys',
  access: 'api-keys:write',
  summary: 'Make an API key; the answer holds the key, once',
  input: z.object({
    name: nameField,
    scopes: z
      .array(z.union([z.literal('all'), scopeSchema]))
      .min(1, 'names no scope')
      .max(50)
      .describe('`all`, or scopes such as `creators:read`; writing includes reading'),
    expiresAt: instantSchema.optional().describe('Never when absent'),
  }),
  output: apiKeySchema.extend({ key: z.string().describe('Shown this once') }),
});

export const revokeApiKey = endpoint({
  name: 'api-keys.revoke',
  method: 'DELETE',
  path: '/api-keys/:keyId',
  access: 'api-keys:write',
  summary: 'Make a key stop working, at once and for ever',
  input: z.object({ keyId: z.string() }),
  output: apiKeySchema,
});
