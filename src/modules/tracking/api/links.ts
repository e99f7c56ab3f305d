import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { campaignRefSchema, creatorRefSchema, linkStateSchema, read, rosterMax, write } from './shared.ts';

const utmText = z.string().trim().max(200);
export const utmKeys = ['source', 'medium', 'campaign', 'term', 'content'] as const;
export const utmSchema = z
  .object({ source: utmText, medium: utmText, campaign: utmText, term: utmText, content: utmText })
  .partial()
  .meta({ id: 'Utm', description: 'UTM parameters without their prefix; an empty text leaves one out' });
export type Utm = z.infer<typeof utmSchema>;

const slugInput = z.string().max(200).describe('The part after the slash; made from the creator when left out');
const destinationInput = z.string().max(2000).describe('Address on the web (http or https) the link leads to');

export const linkSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    shortUrl: z.string(),
    destination: z.string(),
    utm: utmSchema,
    target: z.string().describe('Where a visitor arrives: destination and UTM parameters, without the click id'),
    state: linkStateSchema,
    expiresAt: instantSchema.nullable(),
    isExpired: z.boolean(),
    creator: creatorRefSchema.nullable(),
    campaign: campaignRefSchema.nullable(),
    enrolmentId: z.string().nullable(),
    clicks: z.int().describe('Counted clicks since the link was made'),
    visitors: z.int().describe('Visitors summed over days; one person on two days counts twice'),
    dropped: z.int().describe('Hits kept but not counted: bots, previews, duplicates'),
    lastSevenDays: z
      .array(z.object({ day: daySchema, clicks: z.int() }))
      .describe('Counted clicks of the last seven days, oldest first'),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'Link' });
export type Link = z.infer<typeof linkSchema>;

export const createLink = endpoint({
  name: 'links.create',
  method: 'POST',
  path: '/links',
  access: write,
  summary: 'Make a short link',
  input: z.object({
    destination: destinationInput,
    slug: slugInput.optional(),
    enrolmentId: z.string().optional(),
    campaignId: z.string().optional(),
    personId: z.string().optional(),
    utm: utmSchema.default({}).describe('Replaces the defaults, field by field'),
    expiresAt: instantSchema.nullable().default(null),
  }),
  output: linkSchema,
});
export const createRosterLinks = endpoint({
  name: 'links.create-for-campaign',
  method: 'POST',
  path: '/campaigns/:campaignId/links',
  access: write,
  summary: 'Make one link for each creator of a campaign that has none yet',
  input: z.object({
    campaignId: z.string(),
    destination: destinationInput.optional().describe("The campaign's landing page when left out"),
    enrolmentIds: z.array(z.string()).max(rosterMax).optional().describe('Only these; the whole roster when left out'),
    utm: utmSchema.default({}),
    expiresAt: instantSchema.nullable().default(null),
  }),
  output: z.object({ created: z.int(), existing: z.int(), links: z.array(linkSchema) }),
});
export const linkSorts = ['created', 'clicks', 'slug'] as const;
export const listLinks = endpoint({
  name: 'links.list',
  method: 'GET',
  path: '/links',
  access: read,
  summary: 'Links with their clicks',
  input: z.object({
    q: z.string().max(200).optional().describe('Part of the slug, destination or creator name'),
    campaignId: z.string().optional(),
    enrolmentId: z.string().optional(),
    personId: z.string().optional(),
    state: linkStateSchema.optional(),
    sort: z.enum(linkSorts).default('created'),
    desc: z.boolean().default(true),
    ...pageInput,
  }),
  output: pageOf(linkSchema),
});
export const getLink = endpoint({
  name: 'links.get',
  method: 'GET',
  path: '/links/:linkId',
  access: read,
  summary: 'One link',
  input: z.object({ linkId: z.string() }),
  output: linkSchema,
});
export const updateLink = endpoint({
  name: 'links.update',
  method: 'PATCH',
  path: '/links/:linkId',
  access: write,
  summary: 'Change where a link leads, pause or archive it',
  input: z.object({
    linkId: z.string(),
    destination: destinationInput.optional(),
    utm: utmSchema.optional(),
    state: linkStateSchema.optional(),
    expiresAt: instantSchema.nullable().optional(),
  }),
  output: linkSchema,
});
export const getLinkQr = endpoint({
  name: 'links.qr',
  method: 'GET',
  path: '/links/:linkId/qr',
  access: read,
  transport: 'download',
  summary: 'QR code of a link',
  input: z.object({
    linkId: z.string(),
    format: z.enum(['svg', 'png']).default('svg'),
    sizePx: z.number().int().min(64).max(2048).default(512),
  }),
});
