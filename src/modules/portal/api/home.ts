import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { portalTaskSchema } from '#kernel/portal-task.ts';

export const portalHomeSchema = z.object({
  tasks: z.array(portalTaskSchema).describe('What to do now, most urgent first'),
});

export const getPortalHome = endpoint({
  name: 'portalHome.get',
  method: 'GET',
  path: '/portal/home',
  access: 'portal',
  summary: 'What this creator has to do now',
  output: portalHomeSchema,
});

export type PortalHome = z.infer<typeof portalHomeSchema>;
