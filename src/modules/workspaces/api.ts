import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';

export const roles = ['owner', 'admin', 'manager', 'analyst', 'finance', 'viewer'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const workspaceSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    currency: z.string().describe('ISO 4217; the currency reports are shown in'),
    timeZone: z.string().describe('IANA name; days begin and end here'),
    isSample: z.boolean().describe('True for the invented sample workspace'),
    createdAt: z.string(),
  })
  .meta({ id: 'Workspace' });
export type Workspace = z.infer<typeof workspaceSchema>;

export const sessionSchema = z
  .object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
    workspaces: z.array(workspaceSchema.extend({ role: roleSchema })),
    setUpNeeded: z.boolean().describe('True while the installation has no owner yet'),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof sessionSchema>;

export const getSession = endpoint({
  name: 'session.get',
  method: 'GET',
  path: '/session',
  access: 'public',
  inWorkspace: false,
  summary: 'Who is signed in, and the workspaces they may open',
  output: sessionSchema,
});
