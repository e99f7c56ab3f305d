import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { planDay } from './day.ts';

const line = z.string().trim().min(1).max(500);
const lines = z.array(line).max(40).default([]);
const prose = z.string().trim().max(8000).default('');
const day = planDay.nullable().default(null);

export const briefDeliverableSchema = z.object({
  platform: platformSchema,
  format: z.string().trim().min(1).max(40).describe('reel, post, story, video, short, pin, article'),
  count: z.number().int().min(1).max(20).default(1).describe('Of each creator'),
  title: z.string().trim().max(180).default(''),
  dueOn: day,
});
export type BriefDeliverable = z.infer<typeof briefDeliverableSchema>;

export const briefSchema = z
  .object({
    background: prose.describe('Brand, product and why this campaign'),
    keyMessages: lines.describe('What should come across, in the creator’s own words'),
    dos: lines,
    donts: lines,
    freedom: prose.describe('What is left to the creator'),
    deliverables: z.array(briefDeliverableSchema).max(20).default([]),
    dates: z
      .object({ respondBy: day, draftsBy: day, liveFrom: day, liveUntil: day })
      .default({ respondBy: null, draftsBy: null, liveFrom: null, liveUntil: null }),
    compensation: prose,
    usageRights: prose.describe('Channels, paid use or not, term and territory'),
    disclosure: prose.describe('How the advertising is labelled, such as “#ad as the first word of the caption”'),
    hashtags: z
      .array(
        z
          .string()
          .trim()
          .regex(/^#?[^\s#]{1,100}$/u, 'One hashtag a line, without spaces'),
      )
      .max(30)
      .default([]),
    links: z
      .array(
        z.object({ label: z.string().trim().max(120).default(''), url: z.url({ protocol: /^https?$/ }).max(2000) }),
      )
      .max(20)
      .default([]),
  })
  .meta({ id: 'Brief' });
export type Brief = z.infer<typeof briefSchema>;
export type BriefField = keyof Brief;

export const scriptWarningSchema = z
  .object({
    rule: z.string(),
    message: z.string().describe('What was found, why it matters and what to do'),
    evidence: z.array(z.object({ field: z.string(), text: z.string() })),
  })
  .meta({
    id: 'ScriptWarning',
    description: 'A sign that the brief leaves the creator nothing to say in their own words',
  });
export type ScriptWarning = z.infer<typeof scriptWarningSchema>;

export const briefVersionSchema = z
  .object({
    campaignId: z.string(),
    version: z.number().int().describe('0 while no brief was saved'),
    brief: briefSchema,
    savedBy: z.string().nullable(),
    savedAt: z.string().nullable(),
    warnings: z.array(scriptWarningSchema),
  })
  .meta({ id: 'BriefVersion' });
export type BriefVersion = z.infer<typeof briefVersionSchema>;

const campaignId = z.string().min(1).max(60);

export const getBrief = endpoint({
  name: 'briefs.get',
  method: 'GET',
  path: '/campaigns/:campaignId/brief',
  access: 'campaigns:read',
  summary: 'The newest brief of a campaign, or the version asked for',
  input: z.object({ campaignId, version: z.number().int().min(1).optional() }),
  output: briefVersionSchema,
});

export const saveBrief = endpoint({
  name: 'briefs.save',
  method: 'PUT',
  path: '/campaigns/:campaignId/brief',
  access: 'campaigns:write',
  summary:
    'Save the brief as a new version; an equal one makes none, and one that is based on an older version is refused',
  input: z.object({
    campaignId,
    basedOn: z.number().int().min(0).describe('The version the caller edited'),
    brief: briefSchema,
  }),
  output: briefVersionSchema,
});

export const listBriefVersions = endpoint({
  name: 'briefs.versions',
  method: 'GET',
  path: '/campaigns/:campaignId/brief/versions',
  access: 'campaigns:read',
  summary: 'All versions of the brief, newest first',
  input: z.object({ campaignId }),
  output: z.array(z.object({ version: z.number().int(), savedBy: z.string(), savedAt: z.string() })),
});

export const briefChangeSchema = z
  .object({
    field: z.string(),
    label: z.string(),
    before: z.array(z.string()).describe('Lines that are gone'),
    after: z.array(z.string()).describe('Lines that are new'),
  })
  .meta({ id: 'BriefChange' });
export type BriefChange = z.infer<typeof briefChangeSchema>;

export const compareBriefs = endpoint({
  name: 'briefs.compare',
  method: 'GET',
  path: '/campaigns/:campaignId/brief/compare',
  access: 'campaigns:read',
  summary: 'What changed between two versions of the brief, field by field',
  input: z.object({ campaignId, from: z.number().int().min(1), to: z.number().int().min(1) }),
  output: z.object({ from: z.number().int(), to: z.number().int(), changes: z.array(briefChangeSchema) }),
});

export const checkBrief = endpoint({
  name: 'briefs.check',
  method: 'POST',
  path: '/brief-checks',
  access: 'campaigns:read',
  summary: 'Does this brief turn into a script? Changes nothing',
  input: z.object({ brief: briefSchema }),
  output: z.array(scriptWarningSchema),
});
