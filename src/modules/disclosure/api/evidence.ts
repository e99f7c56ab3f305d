import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { checkInputSchema } from './checks.ts';
import { findingSchema, mediaSchema, relationSchema, standingSchema, verdictSchema } from './verdict.ts';

export const evidenceSchema = z
  .object({
    id: z.string(),
    subjectKind: z.string().nullable(),
    subjectId: z.string().nullable(),
    personId: z.string().nullable(),
    campaignId: z.string().nullable(),
    platform: platformSchema,
    country: z.string(),
    url: z.string().nullable(),
    caption: z.string(),
    captionSha256: z.string().describe('Of the caption as UTF-8'),
    screenshotFileId: z.string().nullable(),
    seenAt: instantSchema,
    relation: relationSchema,
    media: mediaSchema,
    platformLabel: z.boolean().nullable(),
    verdict: verdictSchema.shape.verdict,
    standing: standingSchema,
    pack: z.string(),
    findings: z.array(findingSchema),
    recordedBy: z.string(),
    recordedAt: instantSchema,
  })
  .meta({ id: 'DisclosureEvidence' });
export type DisclosureEvidence = z.infer<typeof evidenceSchema>;

const idSchema = z.string().max(64);
const urlSchema = z
  .url({ protocol: /^https?$/, error: 'A web address, such as https://www.instagram.com/p/…' })
  .max(2000);

export const recordDisclosureEvidence = endpoint({
  name: 'disclosure.record',
  method: 'POST',
  path: '/disclosure/evidence',
  access: 'campaigns:write',
  summary: 'Check what was seen and keep it with the verdict and the version of the rules; never changed afterwards',
  input: checkInputSchema.extend({
    subjectKind: z.string().max(40).optional(),
    subjectId: idSchema.optional(),
    personId: idSchema.optional(),
    campaignId: idSchema.optional(),
    url: urlSchema.optional(),
    screenshotFileId: idSchema.optional(),
    seenAt: instantSchema.optional().describe('By default now; not in the future'),
  }),
  output: evidenceSchema,
});

const filters = {
  personId: idSchema.optional(),
  campaignId: idSchema.optional(),
  subjectId: idSchema.optional(),
  verdict: verdictSchema.shape.verdict.optional(),
};

export const listDisclosureEvidence = endpoint({
  name: 'disclosure.evidence',
  method: 'GET',
  path: '/disclosure/evidence',
  access: 'campaigns:read',
  summary: 'What was seen and what the rules said of it, newest first',
  input: z.object({ ...filters, ...pageInput }),
  output: pageOf(evidenceSchema),
});

export const exportDisclosureEvidence = endpoint({
  name: 'disclosure.export',
  method: 'GET',
  path: '/disclosure/evidence.json',
  access: 'campaigns:read',
  transport: 'download',
  summary: 'The same as one JSON file for a regulator, with the packs it names, at most 10,000 entries',
  input: z.object(filters),
});

export const openEvidencePicture = endpoint({
  name: 'disclosure.picture',
  method: 'GET',
  path: '/disclosure/evidence/:evidenceId/picture',
  access: 'campaigns:read',
  transport: 'download',
  summary: 'The picture that was kept with what was seen',
  input: z.object({ evidenceId: idSchema, isPreview: z.boolean().default(false) }),
});
