import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { id } from './fields.ts';

export const suppressionSchema = z
  .object({
    hash: z.string(),
    kind: z.enum(['handle', 'email']),
    platform: platformSchema.nullable(),
    reason: z.string(),
    createdAt: z.string(),
  })
  .meta({ id: 'Suppression' });

export const suppress = endpoint({
  name: 'suppressions.add',
  method: 'POST',
  path: '/suppressions',
  access: 'creators:write',
  summary:
    'Keep an objection: the handle, e-mail or creator is erased in every workspace of this installation and never comes back by import',
  input: z.object({
    personId: id.optional().describe('A creator with all handles and addresses'),
    handle: z.string().max(300).optional(),
    platform: platformSchema.optional().describe('Of a bare handle; all platforms when absent'),
    email: z.email().max(320).optional(),
    reason: z.string().trim().min(1).max(500).default('asked not to be kept'),
  }),
  output: z.object({ added: z.number(), erased: z.number() }),
});

export const listSuppressions = endpoint({
  name: 'suppressions.list',
  method: 'GET',
  path: '/suppressions',
  access: 'creators:read',
  summary: 'Kept objections, newest first; only salted hashes are kept, so no name can be read from them',
  input: z.object({ ...pageInput }),
  output: pageOf(suppressionSchema),
});

export const checkSuppression = endpoint({
  name: 'suppressions.check',
  method: 'POST',
  path: '/suppressions/check',
  access: 'creators:read',
  summary: 'Whether a handle or e-mail is on the list',
  input: z.object({
    handle: z.string().max(300).optional(),
    platform: platformSchema.optional(),
    email: z.string().max(320).optional(),
  }),
  output: z.object({ isSuppressed: z.boolean() }),
});
