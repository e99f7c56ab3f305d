import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { briefSchema } from './brief.ts';
import { campaignModelSchema } from './campaign.ts';

const campaignId = z.string().min(1).max(60);
const templateId = z.string().min(1).max(60);

export const briefTemplateSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    model: campaignModelSchema,
    isBuiltIn: z.boolean(),
    summary: z.string().describe('What it is for, or who keeps it'),
    brief: briefSchema,
    updatedAt: z.string().nullable(),
  })
  .meta({ id: 'BriefTemplate' });
export type BriefTemplate = z.infer<typeof briefTemplateSchema>;

export const listBriefTemplates = endpoint({
  name: 'briefTemplates.list',
  method: 'GET',
  path: '/brief-templates',
  access: 'campaigns:read',
  summary: 'Templates of briefs: your own first, then those that come with the program',
  input: z.object({
    model: campaignModelSchema.optional(),
    campaignId: campaignId.optional().describe('Moves the days to those of this campaign'),
  }),
  output: z.array(briefTemplateSchema),
});

export const saveBriefTemplate = endpoint({
  name: 'briefTemplates.save',
  method: 'POST',
  path: '/brief-templates',
  access: 'campaigns:write',
  summary: 'Keep the brief of a campaign as a template',
  input: z.object({
    campaignId,
    version: z.number().int().min(1).optional().describe('The newest when left out'),
    name: z.string().trim().min(1).max(120),
  }),
  output: briefTemplateSchema,
});

export const renameBriefTemplate = endpoint({
  name: 'briefTemplates.rename',
  method: 'PATCH',
  path: '/brief-templates/:templateId',
  access: 'campaigns:write',
  summary: 'Give a template of your own another name',
  input: z.object({ templateId, name: z.string().trim().min(1).max(120) }),
  output: briefTemplateSchema,
});

export const removeBriefTemplate = endpoint({
  name: 'briefTemplates.remove',
  method: 'DELETE',
  path: '/brief-templates/:templateId',
  access: 'campaigns:write',
  summary: 'Remove a template of your own; briefs made from it stay',
  input: z.object({ templateId }),
});

export const briefImageBytesMax = 15 * 1024 * 1024;

export const uploadBriefImage = endpoint({
  name: 'briefs.uploadImage',
  method: 'POST',
  path: '/brief-images',
  access: 'campaigns:write',
  transport: 'upload',
  summary: 'Keep a picture for a mood board: JPEG, PNG, WebP, GIF or AVIF up to 15 MB',
  output: z.object({
    fileId: z.string(),
    name: z.string(),
    width: z.number().nullable(),
    height: z.number().nullable(),
  }),
});

export const getBriefImage = endpoint({
  name: 'briefs.image',
  method: 'GET',
  path: '/brief-images/:fileId',
  access: 'campaigns:read',
  transport: 'download',
  summary: 'A picture kept for mood boards',
  input: z.object({
    fileId: z.string().min(1).max(60),
    size: z.enum(['preview', 'whole']).default('preview'),
    workspace: z.string().max(100).optional(),
  }),
});

export const proposeDisclosure = endpoint({
  name: 'briefs.proposeDisclosure',
  method: 'GET',
  path: '/brief-disclosures',
  access: 'campaigns:read',
  summary: 'How advertising has to be labelled in a country, as a wording for the brief with its source',
  input: z.object({
    country: z.string().regex(/^[A-Z]{2}$/, 'Two letters of ISO 3166, such as DE'),
    model: campaignModelSchema.default('sponsored'),
  }),
  output: z.object({
    country: z.string(),
    text: z.string().nullable().describe('Null when no rules of this country are at hand'),
    labels: z.array(z.string()),
    source: z.string().nullable(),
    note: z.string(),
  }),
});
