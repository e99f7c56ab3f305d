import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';

export const actorKinds = ['user', 'api_key', 'system', 'creator'] as const;

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: instantSchema,
    actor: z.object({ kind: z.enum(actorKinds), id: z.string(), name: z.string() }),
    action: z.string().describe('`<subject>.<what happened>`, such as campaign.created'),
    subjectKind: z.string(),
    subjectId: z.string(),
    changes: z.record(z.string(), z.unknown()),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const listAudit = endpoint({
  name: 'audit.list',
  method: 'GET',
  path: '/audit',
  access: 'audit:read',
  summary: 'Who changed what, newest first',
  input: z.object({
    subjectKind: z.string().max(60).optional(),
    subjectId: z.string().max(60).optional(),
    actorId: z.string().max(60).optional(),
    action: z.string().max(60).optional().describe('The action, or the part before its point'),
    from: daySchema.optional().describe('First day, in the time zone of the workspace'),
    to: daySchema.optional().describe('Last day, in the time zone of the workspace'),
    ...pageInput,
  }),
  output: pageOf(auditEntrySchema),
});

export const listAuditFilters = endpoint({
  name: 'audit.filters',
  method: 'GET',
  path: '/audit/filters',
  access: 'audit:read',
  summary: 'Actors and actions that occur in the audit trail',
  output: z.object({
    actors: z.array(z.object({ id: z.string(), name: z.string() })),
    actions: z.array(z.string()),
  }),
});
