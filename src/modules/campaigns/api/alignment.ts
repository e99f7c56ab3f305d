import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { fitSectionSchema } from '#modules/vetting/api.ts';

const count = z.number().int();

export const briefAlignmentSchema = z
  .object({
    campaignId: z.string(),
    personId: z.string(),
    state: z.enum(['matched', 'unknown', 'no_brief']).describe('unknown: none of what is compared can be told'),
    text: z.string(),
    briefVersion: count,
    savedAt: instantSchema.nullable(),
    fit: fitSectionSchema.nullable(),
    asked: z
      .array(
        z.object({
          platform: platformSchema,
          format: z.string(),
          count,
          hasProfile: z.boolean(),
          posts: count.nullable().describe('Of this format among those whose format is known; null without any'),
          of: count.describe('Newest posts of that profile with a known format, at most 60'),
        }),
      )
      .describe('Pieces the brief asks for, and whether the creator makes such'),
    hashtags: z
      .object({ used: z.array(z.string()), of: count })
      .nullable()
      .describe('Hashtags of the brief used before; null when it names none'),
  })
  .meta({ id: 'BriefAlignment' });
export type BriefAlignment = z.infer<typeof briefAlignmentSchema>;

export const alignCreator = endpoint({
  name: 'campaigns.alignCreator',
  method: 'GET',
  path: '/campaigns/:campaignId/alignment/:personId',
  access: 'campaigns:read',
  summary: "How a creator matches a campaign's newest brief, explained; computed now, stored nowhere",
  input: z.object({ campaignId: z.string().min(1).max(60), personId: z.string().min(1).max(60) }),
  output: briefAlignmentSchema,
});
