import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { guestLinkShape, newGuestLinkShape } from '#kernel/guest-link.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import {
  bulkMax,
  campaignId,
  captionMax,
  commentSchema,
  reasonText,
  reviewRoleSchema,
  roundNumber,
  submissionId,
  submissionSchema,
} from './submission.ts';

const note = z.string().trim().max(4000).default('');

export const approveDraft = endpoint({
  name: 'submissions.approve',
  method: 'POST',
  path: '/submissions/:submissionId/approve',
  access: 'content:write',
  summary: 'Approve a round; it is approved once every required role has. An outdated round is refused',
  input: z.object({
    submissionId,
    round: roundNumber,
    role: reviewRoleSchema.default('manager'),
    note,
    caption: z
      .string()
      .max(captionMax)
      .optional()
      .describe('Approve with this caption instead; the creator is shown the change and confirms it'),
    overruleReason: reasonText.optional().describe('Needed when the label fails the rules'),
  }),
  output: submissionSchema,
});

export const requestChanges = endpoint({
  name: 'submissions.requestChanges',
  method: 'POST',
  path: '/submissions/:submissionId/request-changes',
  access: 'content:write',
  summary: 'Ask for changes to a round; as manager it goes to the creator, as legal or client to the manager',
  input: z.object({
    submissionId,
    round: roundNumber,
    role: reviewRoleSchema.default('manager'),
    note: z.string().trim().min(1, 'Say what should change').max(4000),
    caption: z.string().max(captionMax).optional().describe('A caption the creator can take over with one tap'),
    allowanceReason: reasonText.optional().describe('Why one more round than agreed; needed when none is left'),
  }),
  output: submissionSchema,
});

export const proposeCaption = endpoint({
  name: 'submissions.proposeCaption',
  method: 'PUT',
  path: '/submissions/:submissionId/proposed-caption',
  access: 'content:write',
  summary: 'Lay another caption beside the one handed in, such as the one with the label repaired; null takes it back',
  input: z.object({ submissionId, round: roundNumber, caption: z.string().max(captionMax).nullable() }),
  output: submissionSchema,
});

export const scheduleDraft = endpoint({
  name: 'submissions.schedule',
  method: 'POST',
  path: '/submissions/:submissionId/schedule',
  access: 'content:write',
  summary: 'Say when an approved draft goes live; null takes the time back',
  input: z.object({ submissionId, at: instantSchema.nullable() }),
  output: submissionSchema,
});

export const approveMany = endpoint({
  name: 'submissions.approveMany',
  method: 'POST',
  path: '/campaigns/:campaignId/submissions/approve',
  access: 'content:write',
  summary: 'Approve several rounds at once; each that cannot be is named with its reason, the others are approved',
  input: z.object({
    campaignId,
    role: reviewRoleSchema.default('manager'),
    drafts: z
      .array(z.object({ id: submissionId, round: roundNumber }))
      .min(1)
      .max(bulkMax),
  }),
  output: z.object({
    approved: z.number().int().describe('Approved by everybody who has to'),
    recorded: z.number().int().describe('Your approval stands, others are waited for'),
    refused: z.array(z.object({ id: z.string(), name: z.string(), reason: z.string() })),
  }),
});

export const commentPlace = {
  fileId: z.string().max(60).optional().describe('The picture or video it is pinned to'),
  place: z.object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }).optional(),
  second: z.number().min(0).max(86_400).optional(),
  span: z
    .object({ start: z.number().int().min(0), end: z.number().int().min(1) })
    .optional()
    .describe('Of the caption handed in'),
};
export const commentBody = z.string().trim().min(1, 'Write something').max(4000);

export const addComment = endpoint({
  name: 'reviewComments.add',
  method: 'POST',
  path: '/submissions/:submissionId/comments',
  access: 'content:write',
  summary: 'Remark on a round: on all of it, a place of a picture, a second of a video, or a span of the caption',
  input: z.object({
    submissionId,
    round: roundNumber,
    body: commentBody,
    visibility: z.enum(['team', 'client', 'everyone']).default('everyone').describe('client: the team and the client'),
    replyTo: z.string().max(60).optional(),
    ...commentPlace,
  }),
  output: commentSchema,
});

export const resolveComment = endpoint({
  name: 'reviewComments.resolve',
  method: 'POST',
  path: '/submissions/:submissionId/comments/:commentId/resolve',
  access: 'content:write',
  summary: 'Settle a remark, or open it again',
  input: z.object({ submissionId, commentId: z.string().max(60), isResolved: z.boolean().default(true) }),
  output: commentSchema,
});

export const reviewSettingSchema = z
  .object({
    requiredRoles: z.array(reviewRoleSchema).min(1).max(3),
    reviewers: z
      .array(z.object({ role: reviewRoleSchema, userId: z.string().max(60), name: z.string().max(200) }))
      .max(60)
      .describe('Members who speak for a role; a role without any is open to every member who may decide'),
    autoApproveDays: z
      .number()
      .int()
      .min(1)
      .max(30)
      .nullable()
      .describe('Working days after which silence approves; a contract stands over it; null: never'),
    revisionsMax: z.number().int().min(0).max(20).nullable().describe('A contract stands over it; null: no limit'),
    looksAtAddress: z
      .boolean()
      .default(false)
      .describe('Ask the address of a live post now and then whether it is still there; this leaves the machine'),
  })
  .meta({ id: 'ReviewSetting' });
export type ReviewSetting = z.infer<typeof reviewSettingSchema>;

export const getReviewSetting = endpoint({
  name: 'reviewSettings.get',
  method: 'GET',
  path: '/campaigns/:campaignId/review-settings',
  access: 'content:read',
  summary: 'Who has to approve the drafts of a campaign, how many rounds there are, and whether silence approves',
  input: z.object({ campaignId }),
  output: reviewSettingSchema,
});

export const putReviewSetting = endpoint({
  name: 'reviewSettings.put',
  method: 'PUT',
  path: '/campaigns/:campaignId/review-settings',
  access: 'content:write',
  summary: 'Change how the drafts of a campaign are reviewed; drafts handed in keep the day silence approves them',
  input: reviewSettingSchema.extend({ campaignId }),
  output: reviewSettingSchema,
});

export const reviewLinkSchema = z
  .object({
    ...guestLinkShape,
    campaignId: z.string(),
    role: z.enum(['legal', 'client']),
    canDecide: z.boolean(),
  })
  .meta({ id: 'ReviewLink' });
export type ReviewLink = z.infer<typeof reviewLinkSchema>;

export const makeReviewLink = endpoint({
  name: 'reviewLinks.make',
  method: 'POST',
  path: '/campaigns/:campaignId/review-links',
  access: 'content:write',
  summary: 'Make a link by which somebody without an account reviews the drafts of a campaign; it is told once',
  input: z.object({
    campaignId,
    role: z.enum(['legal', 'client']).default('client'),
    canDecide: z.boolean().default(true).describe('False: only remarks'),
    ...newGuestLinkShape,
  }),
  output: z.object({ reviewLink: reviewLinkSchema, link: z.string() }),
});

export const listReviewLinks = endpoint({
  name: 'reviewLinks.list',
  method: 'GET',
  path: '/campaigns/:campaignId/review-links',
  access: 'content:read',
  summary: 'Links for reviewers outside, newest first, ended ones too',
  input: z.object({ campaignId, ...pageInput }),
  output: pageOf(reviewLinkSchema),
});

export const revokeReviewLink = endpoint({
  name: 'reviewLinks.revoke',
  method: 'POST',
  path: '/campaigns/:campaignId/review-links/:linkId/revoke',
  access: 'content:write',
  summary: 'End a link at once',
  input: z.object({ campaignId, linkId: z.string().max(60) }),
  output: reviewLinkSchema,
});

export const holidaySchema = z.object({ day: daySchema, name: z.string().trim().min(1).max(120) });
export const businessCalendarSchema = z
  .object({
    weekdaysOff: z.array(z.number().int().min(1).max(7)).max(6).describe('1 Monday to 7 Sunday'),
    holidays: z.array(holidaySchema).max(400),
  })
  .meta({ id: 'BusinessCalendar' });
export type BusinessCalendar = z.infer<typeof businessCalendarSchema>;

export const getBusinessCalendar = endpoint({
  name: 'businessCalendar.get',
  method: 'GET',
  path: '/business-calendar',
  access: 'content:read',
  summary: 'The days this workspace does not work',
  output: businessCalendarSchema,
});

export const putBusinessCalendar = endpoint({
  name: 'businessCalendar.put',
  method: 'PUT',
  path: '/business-calendar',
  access: 'content:write',
  summary: 'Change the days this workspace does not work',
  input: businessCalendarSchema,
  output: businessCalendarSchema,
});

export const proposeHolidays = endpoint({
  name: 'businessCalendar.propose',
  method: 'GET',
  path: '/business-calendar/proposal',
  access: 'content:read',
  summary: 'Public holidays of a country for this year and the next, to choose from; nothing is changed',
  input: z.object({ country: z.string().regex(/^[A-Z]{2}$/, 'Two capital letters, such as IE') }),
  output: z.array(holidaySchema),
});
