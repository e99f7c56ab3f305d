import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { isKnownCurrency, moneySchema } from '#kernel/money.ts';
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

const amount = moneySchema
  .refine((money) => isKnownCurrency(money.currency), 'is not a currency ISO 4217 lists')
  .refine((money) => !money.amountMinor.startsWith('-'), 'must not be negative')
  .nullable()
  .default(null);

export const briefPaySchema = z
  .object({
    fee: amount.describe('For everything the brief asks for'),
    goods: amount.describe('Goods that are given, at their price in the shop'),
    commissionShare: z.number().gt(0).max(1).nullable().default(null).describe('Of each order; 0.1 is 10 %'),
    paidAfter: z.enum(['signed', 'approved', 'live']).default('live').describe('What starts the days to payment'),
    paidWithinDays: z.number().int().min(0).max(365).nullable().default(null),
  })
  .meta({ id: 'BriefPay', description: 'Compensation as data; what it does not say stands in `compensation`' });
export type BriefPay = z.infer<typeof briefPaySchema>;

export const rightChannels = [
  'creator_account',
  'brand_social',
  'brand_website',
  'email',
  'marketplaces',
  'print',
  'out_of_home',
  'broadcast',
] as const;
export const briefRightSchema = z
  .object({
    channels: z.array(z.enum(rightChannels)).min(1, 'Name at least one channel').max(rightChannels.length),
    isPaid: z.boolean().default(false).describe('True when money is spent to show it, such as in ads'),
    territory: z.string().trim().min(1).max(120).default('worldwide'),
    days: z.number().int().min(1).max(3650).nullable().default(null).describe('From going live; null is without end'),
  })
  .meta({ id: 'BriefRight', description: 'Where the brand may show the content, and for how long' });
export type BriefRight = z.infer<typeof briefRightSchema>;

export const moodItemSchema = z
  .object({
    fileId: z.string().min(1).max(60).nullable().default(null).describe('A picture kept by briefs.uploadImage'),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .default(null)
      .describe('A page or post that shows the mood; nothing is fetched from it'),
    caption: z.string().trim().min(1, 'Say what it shows; people who cannot see it read this').max(300),
  })
  .refine((item) => item.fileId !== null || item.url !== null, 'Give a picture or a link')
  .meta({ id: 'MoodItem' });
export type MoodItem = z.infer<typeof moodItemSchema>;

export const briefSchema = z
  .object({
    background: prose.describe('Brand, product and why this campaign'),
    keyMessages: lines.describe('What should come across, in the creator’s own words'),
    talkingPoints: lines.describe('Facts that may be used, or left out'),
    dos: lines,
    donts: lines,
    captionGuidelines: lines.describe('What the caption needs, such as the mention of the brand; not its wording'),
    freedom: prose.describe('What is left to the creator'),
    deliverables: z.array(briefDeliverableSchema).max(20).default([]),
    dates: z
      .object({ respondBy: day, draftsBy: day, liveFrom: day, liveUntil: day })
      .default({ respondBy: null, draftsBy: null, liveFrom: null, liveUntil: null }),
    compensation: prose,
    pay: briefPaySchema.nullable().default(null),
    usageRights: prose.describe('Channels, paid use or not, term and territory'),
    rights: z.array(briefRightSchema).max(10).default([]),
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
    moodBoard: z.array(moodItemSchema).max(24).default([]),
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
    tell: z
      .boolean()
      .default(false)
      .describe('Send the change at once to the creators who have the brief and whose part of it changes'),
  }),
  output: briefVersionSchema.extend({ told: z.number().int().describe('Creators who were sent the change') }),
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
