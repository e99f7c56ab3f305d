import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { resultValuesSchema } from '#modules/campaigns/api.ts';
import { draftFields } from './draft.ts';
import { liveUrl } from './live.ts';
import { commentBody, commentPlace } from './review.ts';
import {
  captionVerdictSchema,
  commentSchema,
  deliverableId,
  guidelineSchema,
  liveResultSchema,
  roundNumber,
  roundSchema,
  submissionStateSchema,
} from './submission.ts';

const portalDeliverable = {
  deliverableId: z.string(),
  campaign: z.object({ id: z.string(), name: z.string() }),
  title: z.string(),
  platform: platformSchema,
  format: z.string(),
  dueOn: z.string().nullable(),
  isLate: z.boolean(),
  state: submissionStateSchema.nullable().describe('Null: nothing was handed in yet'),
  stateSince: instantSchema.nullable(),
  round: z.number().int(),
  live: z.object({ url: z.string(), result: liveResultSchema, problems: z.array(z.string()) }).nullable(),
};

export const portalSubmissionRowSchema = z
  .object({ ...portalDeliverable, todo: z.string().nullable().describe('What the creator can do now') })
  .meta({ id: 'PortalSubmissionRow' });
export type PortalSubmissionRow = z.infer<typeof portalSubmissionRowSchema>;

/** What the creator sees of a draft: rounds and remarks that are for them; nothing of what reviewers say among themselves. */
export const portalSubmissionSchema = z
  .object({
    ...portalDeliverable,
    submissionId: z.string().nullable(),
    rounds: z.array(
      roundSchema
        .omit({ overruled: true, allowance: true, disclosure: true })
        .extend({ disclosure: captionVerdictSchema.nullable() }),
    ),
    asked: z
      .object({ note: z.string(), at: instantSchema, by: z.string() })
      .nullable()
      .describe('What the newest request for changes says'),
    comments: z.array(commentSchema),
    guidelines: z.array(guidelineSchema),
    revisions: z.object({ used: z.number().int(), max: z.number().int().nullable() }),
    autoApproveAfter: z.string().nullable(),
    scheduledFor: instantSchema.nullable(),
    screenshots: z
      .array(z.object({ fileId: z.string(), addedAt: instantSchema }))
      .describe('Pictures of the live post this creator added'),
    rightsToAccept: z
      .object({ version: z.number().int(), shown: z.string(), textHash: z.string() })
      .nullable()
      .describe('What has to be accepted to hand in, word by word; null when nothing has to be'),
    labelRules: z
      .object({
        country: z.string(),
        relation: z.enum(['paid', 'gifted', 'affiliate', 'employed', 'none', 'unknown']),
        brandNames: z.array(z.string()),
        strictness: z.enum(['standard', 'strict']),
        wording: z.record(z.string(), z.string()),
      })
      .describe('What the check of the caption needs, so that it answers while one types'),
  })
  .meta({ id: 'PortalSubmission' });
export type PortalSubmission = z.infer<typeof portalSubmissionSchema>;

export const portalListSubmissions = endpoint({
  name: 'portalSubmissions.list',
  method: 'GET',
  path: '/portal/submissions',
  access: 'portal',
  summary: 'What the creator makes, by due day, each with where it stands',
  output: z.array(portalSubmissionRowSchema),
});

export const portalGetSubmission = endpoint({
  name: 'portalSubmissions.get',
  method: 'GET',
  path: '/portal/submissions/:deliverableId',
  access: 'portal',
  summary: 'One piece of the creator with its draft, what was asked and what the brief says',
  input: z.object({ deliverableId }),
  output: portalSubmissionSchema,
});

export const portalStartDraft = endpoint({
  name: 'portalSubmissions.start',
  method: 'POST',
  path: '/portal/submissions/:deliverableId/start',
  access: 'portal',
  summary: 'Begin a draft or its next round; the one that is open is answered when there is one',
  input: z.object({ deliverableId }),
  output: portalSubmissionSchema,
});

export const portalWriteDraft = endpoint({
  name: 'portalSubmissions.write',
  method: 'PATCH',
  path: '/portal/submissions/:deliverableId/draft',
  access: 'portal',
  summary: 'Change what the open draft says',
  input: z.object({ deliverableId, ...draftFields }),
  output: portalSubmissionSchema,
});

export const portalAddFile = endpoint({
  name: 'portalSubmissions.addFile',
  method: 'POST',
  path: '/portal/submissions/:deliverableId/files',
  access: 'portal',
  transport: 'upload',
  summary: 'Add a picture or video to the open draft',
  input: z.object({ deliverableId }),
  output: portalSubmissionSchema,
});

export const portalRemoveFile = endpoint({
  name: 'portalSubmissions.removeFile',
  method: 'DELETE',
  path: '/portal/submissions/:deliverableId/files/:fileId',
  access: 'portal',
  summary: 'Take a file out of the open draft',
  input: z.object({ deliverableId, fileId: z.string().max(60) }),
  output: portalSubmissionSchema,
});

export const portalSubmitDraft = endpoint({
  name: 'portalSubmissions.submit',
  method: 'POST',
  path: '/portal/submissions/:deliverableId/submit',
  access: 'portal',
  summary: 'Hand in the open draft',
  input: z.object({
    deliverableId,
    round: roundNumber,
    acceptsRights: z
      .object({ version: z.number().int().min(1), textHash: z.string().regex(/^[0-9a-f]{64}$/) })
      .optional()
      .describe('The words of rightsToAccept the creator read and agrees to'),
  }),
  output: portalSubmissionSchema,
});

export const portalWithdrawDraft = endpoint({
  name: 'portalSubmissions.withdraw',
  method: 'POST',
  path: '/portal/submissions/:deliverableId/withdraw',
  access: 'portal',
  summary: 'Take back a draft nobody has decided on',
  input: z.object({ deliverableId, round: roundNumber }),
  output: portalSubmissionSchema,
});

export const portalUseCaption = endpoint({
  name: 'portalSubmissions.useCaption',
  method: 'POST',
  path: '/portal/submissions/:deliverableId/use-caption',
  access: 'portal',
  summary:
    'Take over the caption that was proposed: of an approved draft it is confirmed, else the next round is handed in with it',
  input: z.object({ deliverableId, round: roundNumber }),
  output: portalSubmissionSchema,
});

export const portalComment = endpoint({
  name: 'portalSubmissions.comment',
  method: 'POST',
  path: '/portal/submissions/:deliverableId/comments',
  access: 'portal',
  summary: 'Answer a remark, or make one',
  input: z.object({
    deliverableId,
    round: roundNumber,
    body: commentBody,
    replyTo: z.string().max(60).optional(),
    ...commentPlace,
  }),
  output: portalSubmissionSchema,
});

export const portalGiveLive = endpoint({
  name: 'portalSubmissions.giveLive',
  method: 'POST',
  path: '/portal/submissions/:deliverableId/live',
  access: 'portal',
  summary: 'Say where the post is live',
  input: z.object({ deliverableId, url: liveUrl }),
  output: portalSubmissionSchema,
});

export const portalAddScreenshot = endpoint({
  name: 'portalSubmissions.addScreenshot',
  method: 'POST',
  path: '/portal/submissions/:deliverableId/screenshots',
  access: 'portal',
  transport: 'upload',
  summary: 'Add a picture of the live post, as evidence of what it showed',
  input: z.object({ deliverableId }),
  output: portalSubmissionSchema,
});

export const portalTypeFigures = endpoint({
  name: 'portalSubmissions.typeFigures',
  method: 'POST',
  path: '/portal/submissions/:deliverableId/screenshots/:fileId/figures',
  access: 'portal',
  summary: 'Type the figures that a picture you added shows',
  input: z.object({
    deliverableId,
    fileId: z.string().max(60),
    readAt: instantSchema.optional().describe('When the platform showed them; when the picture was added, if left out'),
    values: resultValuesSchema,
  }),
  output: portalSubmissionSchema,
});

export const portalOpenFile = endpoint({
  name: 'portalSubmissions.file',
  method: 'GET',
  path: '/portal/submissions/:deliverableId/files/:fileId',
  access: 'portal',
  transport: 'download',
  summary: 'A file of a draft of the creator, or a picture of the post the creator added',
  input: z.object({ deliverableId, fileId: z.string().max(60), isPreview: z.boolean().default(false) }),
});
