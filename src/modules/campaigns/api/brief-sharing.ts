import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { briefChangeSchema, briefSchema } from './brief.ts';

const campaignId = z.string().min(1).max(60);
const enrolmentId = z.string().min(1).max(60);
export const briefSendMax = 500;

const { deliverables, dates, compensation, pay, usageRights, rights, disclosure, hashtags, links } = briefSchema.shape;

/** What one creator is told otherwise; a part that is left out is that of all. */
export const briefOverrideSchema = z
  .object({
    note: z.string().trim().max(4000).default('').describe('A word to this creator alone'),
    deliverables: deliverables.unwrap().optional(),
    dates: dates.unwrap().optional(),
    compensation: compensation.unwrap().optional(),
    pay: pay.unwrap().optional(),
    usageRights: usageRights.unwrap().optional(),
    rights: rights.unwrap().optional(),
    disclosure: disclosure.unwrap().optional(),
    hashtags: hashtags.unwrap().optional(),
    links: links.unwrap().optional(),
  })
  .meta({ id: 'BriefOverride' });
export type BriefOverride = z.infer<typeof briefOverrideSchema>;

/** A brief as one creator reads it. */
export const shownBriefSchema = z
  .object({
    brief: briefSchema,
    note: z.string(),
    own: z.array(z.string()).describe('Fields in which this creator is told otherwise than the others'),
  })
  .meta({ id: 'ShownBrief' });
export type ShownBrief = z.infer<typeof shownBriefSchema>;

export const acknowledgementSchema = z
  .object({
    version: z.number().int(),
    name: z.string(),
    ip: z.string(),
    at: z.string(),
  })
  .meta({ id: 'BriefAcknowledgement' });

/**
 * not_sent: has no brief yet. sent, opened: has the text that holds, not agreed to. outdated: what was sent is no longer what holds for them.
 * acknowledged: agreed to exactly the text that holds for them, in this version or in an earlier one that reads the same for them.
 */
export const briefStates = ['not_sent', 'sent', 'opened', 'outdated', 'acknowledged'] as const;
export const briefStatusSchema = z
  .object({
    enrolmentId: z.string(),
    person: z.object({ id: z.string(), name: z.string() }),
    hasEmail: z.boolean(),
    state: z.enum(briefStates),
    sentVersion: z.number().int().nullable(),
    sentAt: z.string().nullable(),
    times: z.number().int().describe('How often this text was sent to them'),
    mail: z.enum(['queued', 'off', 'no_address']).nullable(),
    openedAt: z.string().nullable(),
    acknowledged: acknowledgementSchema.nullable().describe('The newest, of whatever version'),
    changes: z.array(z.string()).describe('Parts that changed for them since what they were sent'),
    own: z.array(z.string()).describe('Parts in which they are told otherwise'),
  })
  .meta({ id: 'BriefStatus' });
export type BriefStatus = z.infer<typeof briefStatusSchema>;

export const listBriefStatus = endpoint({
  name: 'briefs.status',
  method: 'GET',
  path: '/campaigns/:campaignId/brief/creators',
  access: 'campaigns:read',
  summary: 'For each creator on the roster: was the brief sent, read, agreed to, and does that still hold?',
  input: z.object({ campaignId }),
  output: z.object({
    version: z.number().int(),
    mailIsOff: z.boolean().describe('True when no way of sending mail is set up: links are to be copied'),
    rows: z.array(briefStatusSchema),
  }),
});

export const sendBrief = endpoint({
  name: 'briefs.send',
  method: 'POST',
  path: '/campaigns/:campaignId/brief/send',
  access: 'campaigns:write',
  summary: 'Send the newest brief to creators by mail with a link of their own; whoever has it stays as they are',
  input: z.object({
    campaignId,
    enrolmentIds: z.array(enrolmentId).min(1).max(briefSendMax),
    message: z.string().trim().max(2000).default('').describe('A word above the link'),
    again: z.boolean().default(false).describe('Remind those who have it and did not agree yet'),
  }),
  output: z.object({
    version: z.number().int(),
    sent: z.number().int(),
    reminded: z.number().int(),
    unchanged: z.number().int().describe('Have it, or agreed to a text that reads the same for them'),
    refused: z.array(z.object({ enrolmentId: z.string(), name: z.string(), message: z.string() })),
    links: z
      .array(z.object({ enrolmentId: z.string(), name: z.string(), url: z.string() }))
      .describe('Of those no mail went to: to be copied'),
  }),
});

export const makeBriefLink = endpoint({
  name: 'briefs.link',
  method: 'POST',
  path: '/enrolments/:enrolmentId/brief/link',
  access: 'campaigns:write',
  summary: 'A link by which the creator reads the brief that was sent to them; the brief counts as sent from now on',
  input: z.object({ enrolmentId }),
  output: z.object({ url: z.string(), version: z.number().int() }),
});

export const getBriefOverride = endpoint({
  name: 'briefs.override',
  method: 'GET',
  path: '/enrolments/:enrolmentId/brief',
  access: 'campaigns:read',
  summary: 'The newest brief as one creator would read it, and what is theirs alone',
  input: z.object({ enrolmentId }),
  output: z.object({
    enrolmentId: z.string(),
    campaignId: z.string(),
    version: z.number().int(),
    override: briefOverrideSchema.nullable(),
    changedBy: z.string().nullable(),
    shown: shownBriefSchema,
  }),
});

export const saveBriefOverride = endpoint({
  name: 'briefs.saveOverride',
  method: 'PUT',
  path: '/enrolments/:enrolmentId/brief',
  access: 'campaigns:write',
  summary: 'Say what one creator is told otherwise; null takes it back',
  input: z.object({ enrolmentId, override: briefOverrideSchema.nullable() }),
  output: z.object({ enrolmentId: z.string(), override: briefOverrideSchema.nullable(), shown: shownBriefSchema }),
});

export const getBriefPdf = endpoint({
  name: 'briefs.pdf',
  method: 'GET',
  path: '/campaigns/:campaignId/brief.pdf',
  access: 'campaigns:read',
  transport: 'download',
  summary: 'The brief as a tagged PDF of at most 10 MB; with enrolmentId as that creator reads it',
  input: z.object({
    campaignId,
    version: z.number().int().min(1).optional(),
    enrolmentId: enrolmentId.optional(),
  }),
});

export const portalBriefSchema = z
  .object({
    enrolmentId: z.string(),
    campaign: z.object({ id: z.string(), name: z.string(), brand: z.string() }),
    version: z.number().int(),
    partHash: z.string().describe('Names the text that is shown; agreeing says which one was read'),
    shown: shownBriefSchema,
    sentAt: z.string(),
    state: z.enum(['to_acknowledge', 'acknowledged']),
    acknowledged: acknowledgementSchema.nullable().describe('The newest, maybe of an earlier text'),
    changes: z.array(briefChangeSchema).describe('What is new since the text agreed to before'),
  })
  .meta({ id: 'PortalBrief' });
export type PortalBrief = z.infer<typeof portalBriefSchema>;

export const listPortalBriefs = endpoint({
  name: 'portalBriefs.list',
  method: 'GET',
  path: '/portal/briefs',
  access: 'portal',
  summary: 'The briefs a creator was sent, newest first',
  output: z.array(portalBriefSchema.omit({ shown: true, changes: true })),
});

export const getPortalBrief = endpoint({
  name: 'portalBriefs.get',
  method: 'GET',
  path: '/portal/briefs/:enrolmentId',
  access: 'portal',
  summary: 'The brief as it was sent to this creator',
  input: z.object({ enrolmentId }),
  output: portalBriefSchema,
});

export const acknowledgeBrief = endpoint({
  name: 'portalBriefs.acknowledge',
  method: 'POST',
  path: '/portal/briefs/:enrolmentId/acknowledge',
  access: 'portal',
  summary: 'Agree to the brief that was read; refused when another text was sent meanwhile',
  input: z.object({ enrolmentId, partHash: z.string().length(64) }),
  output: portalBriefSchema,
});

export const getPortalBriefPdf = endpoint({
  name: 'portalBriefs.pdf',
  method: 'GET',
  path: '/portal/briefs/:enrolmentId/brief.pdf',
  access: 'portal',
  transport: 'download',
  summary: 'The brief as it was sent to this creator, as PDF',
  input: z.object({ enrolmentId }),
});

export const getPortalBriefImage = endpoint({
  name: 'portalBriefs.image',
  method: 'GET',
  path: '/portal/briefs/:enrolmentId/images/:fileId',
  access: 'portal',
  transport: 'download',
  summary: 'A picture of the mood board of a brief this creator was sent',
  input: z.object({
    enrolmentId,
    fileId: z.string().min(1).max(60),
    size: z.enum(['preview', 'whole']).default('whole'),
  }),
});
