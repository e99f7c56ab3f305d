import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { cookieModes, utmSchema } from './links.ts';
import { creatorRefSchema, read, write } from './shared.ts';

export const linkDomainSchema = z
  .object({
    id: z.string(),
    host: z.string(),
    hostShown: z.string().describe('In the letters of its own alphabet'),
    state: z.enum(['waiting', 'live']),
    records: z
      .array(z.object({ type: z.enum(['CNAME', 'TXT']), name: z.string(), value: z.string(), why: z.string() }))
      .describe('What the DNS of the host has to say'),
    rootUrl: z.string().nullable(),
    cookieDomain: z.string().nullable(),
    isCaseSensitive: z.boolean().describe('Nell and nell are two links there'),
    checkedAt: instantSchema.nullable(),
    problem: z.string().nullable(),
    links: z.int(),
    createdAt: instantSchema,
  })
  .meta({ id: 'LinkDomain' });
export type LinkDomain = z.infer<typeof linkDomainSchema>;

const domainFields = {
  rootUrl: z
    .string()
    .max(2000)
    .nullable()
    .optional()
    .describe('Where the bare host leads; a page says that nothing is here when null'),
  cookieDomain: z
    .string()
    .max(253)
    .nullable()
    .optional()
    .describe(
      "The shop's own domain above the host, so that its server reads the click's cookie; the host alone when null",
    ),
  isCaseSensitive: z
    .boolean()
    .optional()
    .describe('Nell and nell are two links; it can be changed only while no link lives on the host'),
};
export const listLinkDomains = endpoint({
  name: 'link-domains.list',
  method: 'GET',
  path: '/link-domains',
  access: read,
  summary: 'Hosts of your own for short links',
  input: z.object({}),
  output: z.object({ rows: z.array(linkDomainSchema) }),
});
export const createLinkDomain = endpoint({
  name: 'link-domains.create',
  method: 'POST',
  path: '/link-domains',
  access: write,
  summary: 'Name a host of your own for short links; it serves them once its DNS says so',
  input: z.object({ host: z.string().max(253), ...domainFields }),
  output: linkDomainSchema,
});
export const updateLinkDomain = endpoint({
  name: 'link-domains.update',
  method: 'PATCH',
  path: '/link-domains/:domainId',
  access: write,
  summary: 'Change where the bare host leads or how far its cookie reaches',
  input: z.object({ domainId: z.string(), ...domainFields }),
  output: linkDomainSchema,
});
export const checkLinkDomain = endpoint({
  name: 'link-domains.check',
  method: 'POST',
  path: '/link-domains/:domainId/check',
  access: write,
  summary: 'Look at the DNS of a host now',
  input: z.object({ domainId: z.string() }),
  output: linkDomainSchema,
});
export const removeLinkDomain = endpoint({
  name: 'link-domains.remove',
  method: 'DELETE',
  path: '/link-domains/:domainId',
  access: write,
  summary: 'Give a host up; refused while links live on it',
  input: z.object({ domainId: z.string() }),
  output: z.object({ removed: z.boolean() }),
});

const hostList = z.array(z.string().trim().toLowerCase().min(1).max(253)).max(500);
export const trackingSettingsSchema = z
  .object({
    cookies: z
      .enum(cookieModes)
      .describe('always, only with consent, or never; without one, uniqueness rests on a salt of the day'),
    consentCookie: z
      .string()
      .max(200)
      .nullable()
      .describe('Cookie that tells of consent: its name, or name=part of its value'),
    cookieDays: z.int().min(1).max(400),
    destinationHosts: hostList.describe('Hosts links may lead to, with everything below them; all when empty'),
    spamHosts: hostList.describe('Referring hosts whose visits are not counted'),
    dropsDatacentres: z.boolean(),
    velocityMax: z.int().min(1).max(100_000).describe('Hits of one address on one link that count within one minute'),
  })
  .meta({ id: 'TrackingSettings' });
export type TrackingSettings = z.infer<typeof trackingSettingsSchema>;
export const getTrackingSettings = endpoint({
  name: 'tracking.settings',
  method: 'GET',
  path: '/tracking/settings',
  access: read,
  summary: 'How clicks are counted and cookies set',
  input: z.object({}),
  output: trackingSettingsSchema,
});
export const updateTrackingSettings = endpoint({
  name: 'tracking.update-settings',
  method: 'PATCH',
  path: '/tracking/settings',
  access: write,
  summary: 'Change how clicks are counted and cookies set',
  input: trackingSettingsSchema.partial(),
  output: trackingSettingsSchema,
});

export const utmTemplateSchema = z
  .object({ id: z.string(), name: z.string(), utm: utmSchema, createdAt: instantSchema })
  .meta({ id: 'UtmTemplate', description: '{platform}, {campaign} and {creator} stand for what a link knows' });
export type UtmTemplate = z.infer<typeof utmTemplateSchema>;
export const listUtmTemplates = endpoint({
  name: 'utm-templates.list',
  method: 'GET',
  path: '/utm-templates',
  access: read,
  summary: 'UTM parameters kept under a name',
  input: z.object({}),
  output: z.object({ rows: z.array(utmTemplateSchema) }),
});
export const createUtmTemplate = endpoint({
  name: 'utm-templates.create',
  method: 'POST',
  path: '/utm-templates',
  access: write,
  summary: 'Keep UTM parameters under a name; one of the same name is replaced',
  input: z.object({ name: z.string().trim().min(1).max(80), utm: utmSchema }),
  output: utmTemplateSchema,
});
export const removeUtmTemplate = endpoint({
  name: 'utm-templates.remove',
  method: 'DELETE',
  path: '/utm-templates/:templateId',
  access: write,
  summary: 'Forget kept UTM parameters; links made with them stay as they are',
  input: z.object({ templateId: z.string() }),
  output: z.object({ removed: z.boolean() }),
});

export const droppedSchema = z.object({
  from: daySchema,
  to: daySchema,
  counted: z.int(),
  dropped: z.int(),
  reasons: z.array(
    z.object({
      reason: z.string(),
      hits: z.int(),
      links: z.int().describe('Links it befell'),
      days: z.array(z.object({ day: daySchema, hits: z.int() })),
    }),
  ),
  links: z
    .array(
      z.object({
        linkId: z.string(),
        slug: z.string(),
        creator: creatorRefSchema.nullable(),
        counted: z.int(),
        dropped: z.int(),
        reason: z.string(),
      }),
    )
    .describe('Links with the most hits that were not counted, each with the reason it met most'),
});
export type Dropped = z.infer<typeof droppedSchema>;
export const getDropped = endpoint({
  name: 'clicks.dropped',
  method: 'GET',
  path: '/clicks/dropped',
  access: read,
  summary: 'Hits that were kept but not counted, by reason, day and link',
  input: z.object({ days: z.number().int().min(1).max(92).default(30) }),
  output: droppedSchema,
});
