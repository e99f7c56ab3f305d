import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';

export const portalTokenSchema = z.string().min(1).max(200).describe('What stands behind the # of a portal link');

/** Where a link leads, once its holder is in. */
export const enteredSchema = z.object({
  path: z.string().describe('Page of the portal it opens at, below /p'),
  workspace: z.object({ slug: z.string(), name: z.string() }),
  personName: z.string(),
});

export const enterPortal = endpoint({
  name: 'portalSessions.enter',
  method: 'POST',
  path: '/portal-sessions/enter',
  access: 'public',
  inWorkspace: false,
  summary: 'Come into the portal by a signed link; the answer sets the session cookie',
  input: z.object({
    token: portalTokenSchema,
    isSwitch: z
      .boolean()
      .default(false)
      .describe('Leave whom this browser is signed in as, when that is somebody else'),
  }),
  output: enteredSchema,
});

export const askForLink = endpoint({
  name: 'portalSessions.askForLink',
  method: 'POST',
  path: '/portal-sessions/ask-for-link',
  access: 'public',
  inWorkspace: false,
  summary: 'Ask for a new link in the place of one that has ended',
  input: z.object({ token: portalTokenSchema }),
  output: z.object({
    state: z
      .enum(['sent', 'waits'])
      .describe('`sent` by mail to the address the brand has; `waits` until a member makes one'),
    workspaceName: z.string(),
  }),
});

export const portalBrandSchema = z.object({
  slug: z.string(),
  name: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  personId: z.string(),
  personName: z.string(),
});

/** Who this browser is in the portal. Empty `brands`: nobody. */
export const portalSessionSchema = z.object({
  brands: z.array(portalBrandSchema).describe('One for each brand this browser may act with'),
  current: z.string().nullable().describe('Slug of the brand whose pages were last open'),
  account: z.object({ email: z.string(), hasPassword: z.boolean() }).nullable(),
  preview: z.object({ byName: z.string() }).nullable().describe('Set when a member looks: nothing can be changed then'),
});

export const getPortalSession = endpoint({
  name: 'portalSessions.get',
  method: 'GET',
  path: '/portal-sessions/current',
  access: 'public',
  inWorkspace: false,
  summary: 'Who this browser is in the portal',
  output: portalSessionSchema,
});

export const chooseBrand = endpoint({
  name: 'portalSessions.choose',
  method: 'POST',
  path: '/portal-sessions/choose',
  access: 'public',
  inWorkspace: false,
  summary: 'Open the pages of another brand this browser may act with',
  input: z.object({ slug: z.string().max(80) }),
  output: portalSessionSchema,
});

export const leavePortal = endpoint({
  name: 'portalSessions.leave',
  method: 'POST',
  path: '/portal-sessions/leave',
  access: 'public',
  inWorkspace: false,
  summary: 'End this browser’s session in the portal',
});

export const portalSessionRowSchema = z.object({
  id: z.string(),
  browser: z.string().nullable(),
  isAccount: z.boolean(),
  isCurrent: z.boolean(),
  createdAt: instantSchema,
  usedAt: instantSchema,
});

export const listPortalSessions = endpoint({
  name: 'portalSessions.list',
  method: 'GET',
  path: '/portal/sessions',
  access: 'portal',
  summary: 'Browsers that are signed in as this creator',
  output: z.object({ rows: z.array(portalSessionRowSchema) }),
});

export const endPortalSession = endpoint({
  name: 'portalSessions.end',
  method: 'DELETE',
  path: '/portal/sessions/:sessionId',
  access: 'portal',
  summary: 'Sign a browser out',
  input: z.object({ sessionId: z.string() }),
});

export type PortalSession = z.infer<typeof portalSessionSchema>;
export type PortalSessionRow = z.infer<typeof portalSessionRowSchema>;
export type Entered = z.infer<typeof enteredSchema>;
