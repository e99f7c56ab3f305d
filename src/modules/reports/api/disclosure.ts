import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { standingSchema, verdictSchema } from '#modules/disclosure/api.ts';

const idSchema = z.string().max(64);
const verdict = verdictSchema.shape.verdict;

/** Sights one PDF holds; a larger archive is exported as JSON or in parts. */
export const evidencePdfMax = 200;

export const exportDisclosurePdf = endpoint({
  name: 'reports.disclosurePdf',
  method: 'GET',
  path: '/reports/disclosure-evidence.pdf',
  access: 'campaigns:read',
  transport: 'download',
  summary: `The archive of labels as a PDF: what was seen of a post, draft, creator or campaign, with the later looks; the newest ${evidencePdfMax} sights`,
  input: z.object({
    personId: idSchema.optional(),
    campaignId: idSchema.optional(),
    subjectId: idSchema.optional(),
    verdict: verdict.optional(),
  }),
});

const rateSchema = z.object({
  n: z.number().describe('Posts with a deal that were looked at'),
  disclosed: z.number().describe('Of those: with a clear label in its place'),
  share: z.number().nullable().describe('disclosed / n; null below 5 posts: not enough data'),
  interval: z.object({ low: z.number(), high: z.number() }).nullable().describe('Wilson, 95 %'),
  from: instantSchema.nullable(),
  to: instantSchema.nullable(),
});
export type DisclosureRate = z.infer<typeof rateSchema>;

const lookSchema = z.object({ at: instantSchema, verdict, standing: standingSchema });

export const disclosureRecordSchema = z
  .object({
    personId: z.string(),
    name: z.string(),
    pack: z.string().describe('Whose rules own posts are judged by'),
    asOf: instantSchema,
    campaigns: rateSchema.describe('Live posts of campaigns here, as each was first seen'),
    standingNow: rateSchema.describe('The same posts, as each was last seen'),
    own: rateSchema.describe('Other posts of the creator that show signs of a deal'),
    ownLookedAt: z.number().describe('Own posts that were judged, with a deal or without'),
    rows: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['campaign', 'own']),
        campaign: z.object({ id: z.string(), name: z.string() }).nullable(),
        subjectId: z.string().nullable().describe('Of the archive, for its evidence'),
        platform: platformSchema,
        url: z.string().nullable(),
        caption: z.string(),
        publishedAt: instantSchema.nullable(),
        first: lookSchema.describe('As it was first seen'),
        last: lookSchema.describe('As it was last seen'),
        looks: z.number(),
      }),
    ),
  })
  .meta({ id: 'DisclosureRecord' });
export type DisclosureRecord = z.infer<typeof disclosureRecordSchema>;

export const getDisclosureRecord = endpoint({
  name: 'reports.disclosureRecord',
  method: 'GET',
  path: '/reports/disclosure-record/:personId',
  access: 'campaigns:read',
  summary: 'How a creator disclosed deals: in campaigns here and in own posts, with interval, sample and dates',
  input: z.object({ personId: idSchema }),
  output: disclosureRecordSchema,
});
