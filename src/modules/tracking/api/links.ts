import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import {
  campaignRefSchema,
  creatorRefSchema,
  fileAnswerSchema,
  linkStateSchema,
  read,
  rosterMax,
  write,
} from './shared.ts';

const utmText = z.string().trim().max(200);
export const utmKeys = ['source', 'medium', 'campaign', 'term', 'content'] as const;
export const utmSchema = z
  .object({ source: utmText, medium: utmText, campaign: utmText, term: utmText, content: utmText })
  .partial()
  .meta({ id: 'Utm', description: 'UTM parameters without their prefix; an empty text leaves one out' });
export type Utm = z.infer<typeof utmSchema>;

const slugInput = z.string().max(200).describe('The part after the slash; made from the creator when left out');
const destinationInput = z.string().max(2000).describe('Address on the web (http or https) the link leads to');

const countryCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, 'Two letters of ISO 3166, such as DE');
export const deviceNames = ['phone', 'tablet', 'computer'] as const;
export const systemNames = ['ios', 'android', 'windows', 'mac', 'linux'] as const;
export const rulesMax = 20;
export const variantsMax = 8;
export const ruleSchema = z
  .object({
    countries: z.array(countryCode).max(250).optional(),
    devices: z.array(z.enum(deviceNames)).max(3).optional(),
    systems: z.array(z.enum(systemNames)).max(5).optional(),
    destination: destinationInput,
  })
  .refine(
    (rule) => [rule.countries, rule.devices, rule.systems].some((list) => list !== undefined && list.length > 0),
    'Say for whom: countries, devices or systems',
  )
  .meta({ id: 'LinkRule', description: 'Another destination for visitors who fit every list that is given' });
export type LinkRule = z.infer<typeof ruleSchema>;
export const variantSchema = z
  .object({ weight: z.int().min(0).max(1000), destination: destinationInput })
  .meta({ id: 'LinkVariant', description: 'A destination in turns; a visitor keeps theirs' });
export type LinkVariant = z.infer<typeof variantSchema>;
const appSchema = z.object({
  opens: z
    .string()
    .trim()
    .max(2000)
    .describe('Address the app answers to, such as shopapp://spring or a web address it has claimed'),
  store: destinationInput.nullable().describe('Where visitors without the app go; the destination when null'),
});
export const appsSchema = z
  .object({ ios: appSchema.nullable(), android: appSchema.nullable() })
  .partial()
  .meta({ id: 'LinkApps', description: 'Where the link opens an app' });
export const cookieModes = ['always', 'consent', 'never'] as const;
const cookieModeSchema = z.enum(cookieModes);
const tagsSchema = z.array(z.string().trim().toLowerCase().min(1).max(40)).max(20);
export const healthSchema = z
  .object({
    state: z.enum(['ok', 'broken', 'unknown']),
    status: z.int().nullable(),
    problem: z.string().nullable(),
    checkedAt: instantSchema,
    since: instantSchema,
  })
  .meta({ id: 'LinkHealth', description: 'What the destination answered when it was asked last' });

/** What a link may have beyond its one destination. */
const extrasInput = {
  expiredUrl: destinationInput
    .nullable()
    .optional()
    .describe('Where visitors go once the link has ended; a page says so when null'),
  rules: z
    .array(ruleSchema)
    .max(rulesMax)
    .optional()
    .describe('First match wins; the destination stands for all others'),
  variants: z
    .array(variantSchema)
    .max(variantsMax)
    .optional()
    .describe('In turns by weight, in place of the destination'),
  apps: appsSchema.nullable().optional(),
  password: z.string().min(4).max(200).nullable().optional().describe('Kept as a hash; null takes it away'),
  cookies: cookieModeSchema.nullable().optional().describe("Null follows the workspace's setting"),
  tags: tagsSchema.optional(),
};

export const linkSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    shortUrl: z.string(),
    destination: z.string(),
    utm: utmSchema,
    target: z.string().describe('Where a visitor arrives: destination and UTM parameters, without the click id'),
    state: linkStateSchema,
    domain: z.string().nullable().describe("Host of the workspace's own; null is the installation's"),
    previewUrl: z.string().describe('Shows where the link leads without going there'),
    expiresAt: instantSchema.nullable(),
    isExpired: z.boolean(),
    expiredUrl: z.string().nullable(),
    rules: z.array(ruleSchema),
    variants: z.array(variantSchema),
    apps: appsSchema.nullable(),
    hasPassword: z.boolean(),
    cookies: cookieModeSchema.nullable(),
    tags: z.array(z.string()),
    health: healthSchema.nullable().describe('Null while the destination was not asked yet'),
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
    domain: z.string().max(253).nullable().default(null).describe('A host of the workspace that serves links'),
    enrolmentId: z.string().optional(),
    campaignId: z.string().optional(),
    personId: z.string().optional(),
    utm: utmSchema.default({}).describe('Replaces the defaults, field by field'),
    expiresAt: instantSchema.nullable().default(null),
    ...extrasInput,
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
    domain: z.string().max(253).nullable().default(null),
    tags: tagsSchema.default([]),
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
    tag: z.string().max(40).optional(),
    health: z.enum(['ok', 'broken', 'unknown']).optional(),
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
    tellCreator: z
      .boolean()
      .default(true)
      .describe('Mail the creator when their live link begins to lead to another host'),
    ...extrasInput,
  }),
  output: linkSchema,
});
export const checkLink = endpoint({
  name: 'links.check',
  method: 'POST',
  path: '/links/:linkId/check',
  access: write,
  summary: "Ask a link's destination now whether it answers",
  input: z.object({ linkId: z.string() }),
  output: linkSchema,
});
export const importLinks = endpoint({
  name: 'links.import',
  method: 'POST',
  path: '/links/import',
  access: write,
  transport: 'upload',
  summary:
    'Make links from a CSV: slug, destination, creator, tags, expires at, utm columns. Slugs that exist stay as they are',
  input: z.object({ campaignId: z.string().optional(), domain: z.string().max(253).optional() }),
  output: fileAnswerSchema,
});
export const exportLinks = endpoint({
  name: 'links.export',
  method: 'GET',
  path: '/links/export',
  access: read,
  transport: 'download',
  summary: 'Links with their clicks as CSV, in the columns that import reads',
  input: z.object({ campaignId: z.string().optional() }),
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
