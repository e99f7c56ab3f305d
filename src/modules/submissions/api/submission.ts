import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { verdictSchema } from '#modules/disclosure/api.ts';

export const submissionStates = [
  'draft',
  'pending_approval',
  'changes_requested',
  'approved',
  'scheduled',
  'live',
  'verified',
  'withdrawn',
] as const;
export const submissionStateSchema = z.enum(submissionStates);
export type SubmissionState = z.infer<typeof submissionStateSchema>;

export const reviewRoles = ['manager', 'legal', 'client'] as const;
export const reviewRoleSchema = z.enum(reviewRoles);
export type ReviewRole = z.infer<typeof reviewRoleSchema>;

export const filesMax = 20;
export const fileBytesMax = 500 * 1024 * 1024;
export const captionMax = 10_000;
/** Drafts of one bulk approval or one archive. */
export const bulkMax = 200;

export const draftFileSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['image', 'video']),
    name: z.string(),
    contentType: z.string(),
    bytes: z.number().int(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
  })
  .meta({ id: 'DraftFile' });
export type DraftFile = z.infer<typeof draftFileSchema>;

const spanSchema = z.object({ start: z.number().int(), end: z.number().int() });
export const captionVerdictSchema = verdictSchema
  .extend({ country: z.string().describe('Whose rules were applied: ISO 3166 code') })
  .meta({ id: 'CaptionVerdict', description: 'Is the advertising labelled as the rules ask?' });
export type CaptionVerdict = z.infer<typeof captionVerdictSchema>;

export const decisionSchema = z
  .object({
    id: z.string(),
    role: reviewRoleSchema,
    decision: z.enum(['approved', 'changes_requested']),
    note: z.string(),
    isAutomatic: z.boolean().describe('Nobody answered within the agreed working days'),
    by: z.string(),
    at: instantSchema,
  })
  .meta({ id: 'ReviewDecision' });
export type Decision = z.infer<typeof decisionSchema>;

export const roundOutcomes = ['draft', 'open', 'changes_requested', 'approved', 'withdrawn'] as const;
export const roundSchema = z
  .object({
    number: z.number().int(),
    outcome: z.enum(roundOutcomes),
    caption: z.string().describe('As handed in'),
    note: z.string(),
    videoUrl: z.string().nullable(),
    spokenText: z.string().nullable(),
    onScreenText: z.string().nullable(),
    ticks: z.array(z.string()),
    briefVersion: z.number().int(),
    files: z.array(draftFileSchema),
    disclosure: captionVerdictSchema
      .nullable()
      .describe('Of the proposed caption where there is one, else of the caption'),
    proposal: z
      .object({ caption: z.string(), by: z.string(), at: instantSchema, confirmedAt: instantSchema.nullable() })
      .nullable()
      .describe('A caption a member proposes; of an approved round it is the approved one'),
    submittedAt: instantSchema.nullable(),
    submittedBy: z.string().nullable(),
    decidedAt: instantSchema.nullable(),
    overruled: z.object({ reason: z.string(), by: z.string() }).nullable(),
    allowance: z
      .object({ reason: z.string(), by: z.string() })
      .nullable()
      .describe('Why another round than agreed was granted after this one'),
    autoApproveAfter: z.string().nullable().describe('Last day an answer is waited for'),
  })
  .meta({ id: 'DraftRound' });
export type DraftRound = z.infer<typeof roundSchema>;

export const liveResults = ['ok', 'differs', 'missing', 'unknown'] as const;
export const liveResultSchema = z.enum(liveResults);
export type LiveResult = z.infer<typeof liveResultSchema>;

export const submissionRowSchema = z
  .object({
    id: z.string(),
    campaign: z.object({ id: z.string(), name: z.string() }),
    enrolmentId: z.string(),
    person: z.object({ id: z.string(), name: z.string(), handle: z.string().nullable() }),
    deliverable: z.object({
      id: z.string(),
      title: z.string(),
      platform: platformSchema,
      format: z.string(),
      dueOn: z.string().nullable(),
    }),
    state: submissionStateSchema,
    stateSince: instantSchema,
    round: z.number().int().describe('0 when nothing was handed in before it went live'),
    approvedRound: z.number().int().nullable(),
    scheduledFor: instantSchema.nullable(),
    captionStart: z.string().describe('The first 140 characters of the caption that counts'),
    verdict: captionVerdictSchema.shape.verdict.nullable(),
    cover: z.object({ fileId: z.string(), kind: z.enum(['image', 'video']) }).nullable(),
    files: z.number().int(),
    openComments: z.number().int(),
    autoApproveAfter: z.string().nullable(),
    live: z.object({ url: z.string(), result: liveResultSchema, goneAt: instantSchema.nullable() }).nullable(),
    updatedAt: instantSchema,
  })
  .meta({ id: 'SubmissionRow' });
export type SubmissionRow = z.infer<typeof submissionRowSchema>;

export const commentSchema = z
  .object({
    id: z.string(),
    round: z.number().int(),
    replyTo: z.string().nullable(),
    author: z.object({ kind: z.enum(['member', 'client', 'creator']), name: z.string(), isYou: z.boolean() }),
    body: z.string(),
    visibility: z.enum(['team', 'client', 'everyone']),
    fileId: z.string().nullable(),
    place: z.object({ x: z.number(), y: z.number() }).nullable().describe('Shares of the picture, from the upper left'),
    second: z.number().nullable().describe('Of the video'),
    span: spanSchema.extend({ text: z.string() }).nullable().describe('Of the caption'),
    resolvedAt: instantSchema.nullable(),
    resolvedBy: z.string().nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'ReviewComment' });
export type ReviewComment = z.infer<typeof commentSchema>;

export const checkPointSchema = z
  .object({
    point: z.string(),
    title: z.string(),
    result: z.enum(['met', 'missing', 'unknown']),
    detail: z.string().describe('The evidence in words'),
  })
  .meta({ id: 'DraftCheckPoint' });
export type CheckPoint = z.infer<typeof checkPointSchema>;

export const guidelineSchema = z.object({
  key: z.string(),
  kind: z.enum(['do', 'dont', 'message', 'label', 'hashtag', 'link']),
  text: z.string(),
});
export type Guideline = z.infer<typeof guidelineSchema>;

export const reviewerStandingSchema = z.object({
  role: reviewRoleSchema,
  isRequired: z.boolean(),
  names: z.array(z.string()).describe('Who may speak for the role; empty: every member who may decide'),
  decision: decisionSchema.nullable().describe('The newest of the role on the newest round'),
  mayYou: z.boolean(),
});
export type ReviewerStanding = z.infer<typeof reviewerStandingSchema>;

export const submissionSchema = submissionRowSchema
  .extend({
    rounds: z.array(roundSchema).describe('Oldest first'),
    decisions: z.array(decisionSchema.extend({ round: z.number().int() })),
    comments: z.array(commentSchema).describe('Oldest first'),
    reviewers: z.array(reviewerStandingSchema),
    guidelines: z.array(guidelineSchema).describe('Of the brief the newest round was made by'),
    checklist: z.array(checkPointSchema).describe('Of the newest round'),
    revisions: z.object({
      used: z.number().int(),
      max: z.number().int().nullable().describe('Null: not limited'),
      source: z.enum(['contract', 'campaign', 'none']),
    }),
    rightsEnded: z
      .object({ endedOn: z.string(), why: z.string() })
      .nullable()
      .describe('The usage rights by contract are over, so the originals are not shown any more'),
    isPaused: z.boolean().describe('A required reviewer asked for changes, so nothing is approved by waiting'),
  })
  .meta({ id: 'Submission' });
export type Submission = z.infer<typeof submissionSchema>;

export const submissionId = z.string().min(1).max(60);
export const deliverableId = z.string().min(1).max(60);
export const campaignId = z.string().min(1).max(60);
export const roundNumber = z.number().int().min(1).max(1000).describe('The round the caller saw');
export const reasonText = z.string().trim().min(3, 'Say why in a few words').max(1000);

export const listSubmissions = endpoint({
  name: 'submissions.list',
  method: 'GET',
  path: '/submissions',
  access: 'content:read',
  summary: 'Drafts handed in, newest change first; of one campaign, creator or deliverable, or in some states',
  input: z.object({
    ...pageInput,
    campaignId: campaignId.optional(),
    personId: z.string().max(60).optional(),
    deliverableId: deliverableId.optional(),
    states: z.array(submissionStateSchema).optional(),
  }),
  output: pageOf(submissionRowSchema).extend({
    counts: z.record(submissionStateSchema, z.number().int()).describe('Of all states, whatever states are asked for'),
  }),
});

export const getSubmission = endpoint({
  name: 'submissions.get',
  method: 'GET',
  path: '/submissions/:submissionId',
  access: 'content:read',
  summary: 'One draft with all its rounds, remarks, decisions and the checklist of the brief',
  input: z.object({ submissionId }),
  output: submissionSchema,
});
