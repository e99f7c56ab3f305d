import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { guestEntryShape, guestLinkShape, newGuestLinkShape } from '#kernel/guest-link.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import { audienceSampleSchema } from './audience.ts';
import { decisionPoints, decisionVerdictSchema, reportSchema } from './report.ts';

export const vettingShareSchema = z
  .object({
    ...guestLinkShape,
    personId: z.string(),
    reportId: z.string(),
    canAppeal: z.boolean(),
    showsBrand: z.boolean(),
  })
  .meta({ id: 'VettingShare' });
export type VettingShare = z.infer<typeof vettingShareSchema>;

const personId = z.string().max(64);

export const shareReport = endpoint({
  name: 'vettingShares.make',
  method: 'POST',
  path: '/creators/:personId/vetting/shares',
  access: 'vetting:write',
  summary: 'Make a link by which somebody outside reads the report as it is now; the link is told once',
  input: z.object({
    personId,
    profileId: z.string().max(64).optional(),
    ...newGuestLinkShape,
    canAppeal: z.boolean().default(false).describe('For the creator: statements to the points can be written there'),
    showsBrand: z.boolean().default(false).describe('Show what of your brand profile was found and avoided'),
  }),
  output: z.object({ share: vettingShareSchema, link: z.string() }),
});

export const listReportShares = endpoint({
  name: 'vettingShares.list',
  method: 'GET',
  path: '/creators/:personId/vetting/shares',
  access: 'vetting:read',
  summary: 'Links to the reports of a creator, newest first, ended ones too',
  input: z.object({ personId, ...pageInput }),
  output: pageOf(vettingShareSchema),
});

export const revokeReportShare = endpoint({
  name: 'vettingShares.revoke',
  method: 'POST',
  path: '/creators/:personId/vetting/shares/:shareId/revoke',
  access: 'vetting:write',
  summary: 'End a link at once',
  input: z.object({ personId, shareId: z.string().max(64) }),
  output: vettingShareSchema,
});

export const appealOutcomeSchema = z.enum(['accepted', 'partly', 'declined']);
export const appealSchema = z
  .object({
    id: z.string(),
    personId: z.string(),
    reportId: z.string(),
    point: z.enum(decisionPoints),
    authorName: z.string(),
    body: z.string(),
    madeAt: instantSchema,
    outcome: appealOutcomeSchema.nullable().describe('Null while it waits for an answer'),
    answer: z.string().nullable(),
    answeredBy: z.string().nullable(),
    answeredAt: instantSchema.nullable(),
  })
  .meta({ id: 'VettingAppeal' });
export type Appeal = z.infer<typeof appealSchema>;

export const listAppeals = endpoint({
  name: 'vettingAppeals.list',
  method: 'GET',
  path: '/vetting/appeals',
  access: 'vetting:read',
  summary: 'What creators said against reports, newest first',
  input: z.object({ personId: personId.optional(), open: z.coerce.boolean().default(false), ...pageInput }),
  output: pageOf(appealSchema.extend({ name: z.string() })),
});

export const answerAppeal = endpoint({
  name: 'vettingAppeals.answer',
  method: 'POST',
  path: '/vetting/appeals/:appealId/answer',
  access: 'vetting:write',
  summary: 'Answer an appeal; the creator reads it by the same link. With a verdict, that is stated on the point too',
  input: z.object({
    appealId: z.string().max(64),
    outcome: appealOutcomeSchema,
    answer: z.string().trim().min(1, 'Say why, in a word or two').max(5000),
    verdict: decisionVerdictSchema.optional(),
  }),
  output: appealSchema,
});

/** What of a report leaves the workspace. A list of what may, so that a new section stays inside until somebody lets it out. */
export const shownKeys = {
  platform: true,
  handle: true,
  computedAt: true,
  checkedAt: true,
  dataAt: true,
  rulesVersion: true,
  score: true,
  scoreInterval: true,
  scoreBest: true,
  confidence: true,
  weightsVersion: true,
  verdict: true,
  rule: true,
  flags: true,
  contributions: true,
  signals: true,
  points: true,
  checklist: true,
  highlights: true,
  value: true,
  engagement: true,
  growth: true,
  comments: true,
  content: true,
} as const;

const sharedAudienceSchema = z.object({
  kind: audienceSampleSchema.shape.kind,
  takenAt: z.string(),
  source: z.string(),
  method: z.string(),
  judged: z.number(),
  state: audienceSampleSchema.shape.state,
  text: z.string(),
  coverage: z.number(),
  shares: audienceSampleSchema.shape.shares,
});
export type SharedAudience = z.infer<typeof sharedAudienceSchema>;

/** What a link shows: the report alone. No ids, notes, verdicts or lists of the workspace. */
export const sharedReportSchema = z
  .object({
    workspaceName: z.string(),
    forName: z.string(),
    creatorName: z.string(),
    expiresAt: instantSchema,
    canAppeal: z.boolean(),
    report: reportSchema.pick(shownKeys).extend({
      audiences: z
        .array(sharedAudienceSchema)
        .optional()
        .describe('Shares of judged samples; the accounts in them are nobody’s business outside'),
    }),
    appeals: z
      .array(appealSchema.omit({ personId: true, reportId: true, answeredBy: true }))
      .describe('Made by this link'),
  })
  .meta({ id: 'SharedReport' });
export type SharedReport = z.infer<typeof sharedReportSchema>;

export const openReportShare = endpoint({
  name: 'sharedReports.open',
  method: 'POST',
  path: '/shared-reports/open',
  access: 'public',
  inWorkspace: false,
  summary: 'A shared report, for whoever holds the link',
  input: z.object(guestEntryShape),
  output: sharedReportSchema,
});

export const downloadSharedReport = endpoint({
  name: 'sharedReports.pdf',
  method: 'POST',
  path: '/shared-reports/pdf',
  access: 'public',
  inWorkspace: false,
  transport: 'download',
  summary: 'A shared report as PDF, for whoever holds the link',
  input: z.object(guestEntryShape),
});

export const makeAppeal = endpoint({
  name: 'sharedReports.appeal',
  method: 'POST',
  path: '/shared-reports/appeal',
  access: 'public',
  inWorkspace: false,
  summary: 'Say something against a point of a shared report, where the link allows it',
  input: z.object({
    ...guestEntryShape,
    point: z.enum(decisionPoints),
    authorName: z.string().trim().min(1, 'Say who you are').max(120),
    body: z.string().trim().min(1, 'Say what is not right').max(5000),
  }),
  output: appealSchema.omit({ personId: true, reportId: true, answeredBy: true }),
});
