import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';

export const portalLinkStates = ['open', 'expired', 'revoked'] as const;

export const portalLinkSchema = z
  .object({
    id: z.string(),
    personId: z.string(),
    personName: z.string(),
    path: z.string(),
    state: z.enum(portalLinkStates),
    makesAccount: z.boolean().describe('Opens the door to an account without a code by mail'),
    madeBy: z.string(),
    createdAt: instantSchema,
    expiresAt: instantSchema,
    revokedAt: instantSchema.nullable(),
    revokedBy: z.string().nullable(),
    opened: z.number().int().describe('How often it was opened'),
    firstOpenedAt: instantSchema.nullable(),
    lastOpenedAt: instantSchema.nullable(),
    asked: z
      .object({ at: instantSchema, state: z.enum(['sent', 'waits']) })
      .nullable()
      .describe('When its holder asked for a new one: sent by mail, or it waits for a member'),
  })
  .meta({ id: 'PortalLink' });
export type PortalLink = z.infer<typeof portalLinkSchema>;

export const makePortalLink = endpoint({
  name: 'portalLinks.make',
  method: 'POST',
  path: '/creators/:personId/portal-links',
  access: 'creators:write',
  summary: 'Make a link by which a creator comes into their portal; it is shown once',
  input: z.object({
    personId: z.string(),
    path: z.string().max(500).default('/').describe('Page of the portal it opens at'),
    days: z.number().int().min(1).max(365).default(14),
    makesAccount: z
      .boolean()
      .default(false)
      .describe(
        'For an account without a code by mail: hand it to the creator yourself, whoever holds it can take the account',
      ),
    isMailed: z.boolean().default(false).describe('Send it to the first e-mail of the creator'),
  }),
  output: z.object({
    link: z.string().describe('Whole address; it cannot be shown again'),
    row: portalLinkSchema,
    mail: z.enum(['queued', 'off', 'no_address', 'not_asked']),
  }),
});

export const listPortalLinks = endpoint({
  name: 'portalLinks.list',
  method: 'GET',
  path: '/portal-links',
  access: 'creators:read',
  summary: 'Portal links, newest first: of one creator, or those whose holders wait for a new one',
  input: z.object({ ...pageInput, personId: z.string().optional(), isWaiting: z.boolean().optional() }),
  output: pageOf(portalLinkSchema),
});

export const revokePortalLink = endpoint({
  name: 'portalLinks.revoke',
  method: 'POST',
  path: '/portal-links/:linkId/revoke',
  access: 'creators:write',
  summary: 'Take a portal link back: it opens nothing more, and browsers that came by it are out',
  input: z.object({ linkId: z.string() }),
  output: portalLinkSchema,
});

export const startPortalPreview = endpoint({
  name: 'portalPreviews.start',
  method: 'POST',
  path: '/creators/:personId/portal-preview',
  access: 'campaigns:write',
  summary: 'Look at the portal as a creator sees it, for an hour and only reading; the answer sets a cookie',
  input: z.object({ personId: z.string() }),
  output: z.object({ address: z.string() }),
});
