import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';
import { deliverableSchema, resultValuesSchema } from '#modules/campaigns/api.ts';
import { diffPartSchema } from './draft.ts';
import { deliverableId, liveResultSchema, reasonText, submissionId, submissionSchema } from './submission.ts';

/** What is compared between what is live and what was approved. */
export const livePoints = [
  'readable',
  'approval',
  'caption',
  'disclosure',
  'label',
  'link',
  'code',
  'hashtags',
  'mentions',
  'date',
  'account',
] as const;
export const livePointSchema = z.enum(livePoints);
export type LivePoint = z.infer<typeof livePointSchema>;

export const liveFindingSchema = z
  .object({
    point: livePointSchema,
    result: liveResultSchema,
    detail: z.string().describe('What was compared and what came of it'),
    expected: z.string().nullable(),
    found: z.string().nullable(),
    diff: z.array(diffPartSchema).optional().describe('Of the caption'),
  })
  .meta({ id: 'LiveFinding' });
export type LiveFinding = z.infer<typeof liveFindingSchema>;

export const seenPostSchema = z
  .object({
    url: z.string().nullable(),
    caption: z.string().nullable(),
    postedAt: instantSchema.nullable(),
    handle: z.string().nullable(),
    isPaidLabel: z.boolean().nullable().describe("The platform's own label; null: not known"),
    isGone: z.boolean(),
    source: z.string().describe('Where it was read'),
    observedAt: instantSchema,
  })
  .meta({ id: 'SeenPost' });
export type SeenPost = z.infer<typeof seenPostSchema>;

export const liveCheckSchema = z
  .object({
    id: z.string(),
    cause: z.enum(['given', 'import', 'planned', 'asked', 'seen']),
    result: liveResultSchema,
    findings: z.array(liveFindingSchema),
    seen: seenPostSchema.nullable().describe('What was read of the post; null when nothing could be'),
    evidenceId: z.string().nullable().describe('Its entry in the archive of labels'),
    by: z.string(),
    at: instantSchema,
  })
  .meta({ id: 'LiveCheck' });
export type LiveCheck = z.infer<typeof liveCheckSchema>;

/** Pictures of one post that are kept, and the size of each. */
export const screenshotsMax = 10;
export const screenshotBytesMax = 15 * 1024 * 1024;

export const liveScreenshotSchema = z
  .object({
    fileId: z.string(),
    checkId: z.string().nullable().describe('The look it is shown at; null until a look can read the post'),
    sha256: z.string(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    addedBy: z.string(),
    side: z.enum(['manager', 'creator']),
    addedAt: instantSchema,
  })
  .meta({ id: 'LiveScreenshot' });
export type LiveScreenshot = z.infer<typeof liveScreenshotSchema>;

export const livePostSchema = z
  .object({
    submissionId: z.string(),
    url: z.string(),
    givenBy: z.string(),
    givenAt: instantSchema,
    liveAt: instantSchema.nullable(),
    result: liveResultSchema,
    nextCheckAt: instantSchema.nullable(),
    goneAt: instantSchema.nullable(),
    accepted: z.object({ by: z.string(), reason: z.string(), at: instantSchema }).nullable(),
    checks: z.array(liveCheckSchema).describe('Newest first, at most 50'),
    screenshots: z.array(liveScreenshotSchema).describe('As somebody saw the post, oldest first'),
  })
  .meta({ id: 'LivePost' });
export type LivePost = z.infer<typeof livePostSchema>;

export const liveUrl = z
  .url({ protocol: /^https?$/, error: 'The address of the post, starting with https://' })
  .max(2000);

export const giveLivePost = endpoint({
  name: 'livePosts.give',
  method: 'POST',
  path: '/deliverables/:deliverableId/live-post',
  access: 'content:write',
  summary: 'Say where a deliverable is live; what is known of the post is compared with what was approved',
  input: z.object({ deliverableId, url: liveUrl, liveAt: instantSchema.optional() }),
  output: submissionSchema,
});

export const getLivePost = endpoint({
  name: 'livePosts.get',
  method: 'GET',
  path: '/submissions/:submissionId/live-post',
  access: 'content:read',
  summary: 'The live post of a draft and all looks at it; null while it is not live',
  input: z.object({ submissionId }),
  output: livePostSchema.nullable(),
});

export const checkLivePost = endpoint({
  name: 'livePosts.check',
  method: 'POST',
  path: '/submissions/:submissionId/live-post/check',
  access: 'content:write',
  summary: 'Compare the newest that was read of the post with what was approved, now',
  input: z.object({ submissionId }),
  output: livePostSchema,
});

export const enterSeenPost = endpoint({
  name: 'livePosts.enterSeen',
  method: 'POST',
  path: '/submissions/:submissionId/live-post/seen',
  access: 'content:write',
  summary: 'Write down by hand what the post shows, where no import can read it; it is compared like one',
  input: z.object({
    submissionId,
    caption: z.string().max(20_000).nullable().default(null),
    postedAt: instantSchema.nullable().default(null),
    handle: z.string().trim().max(200).nullable().default(null),
    isPaidLabel: z.boolean().nullable().default(null),
    isGone: z.boolean().default(false),
  }),
  output: livePostSchema,
});

export const addLiveScreenshot = endpoint({
  name: 'livePosts.addScreenshot',
  method: 'POST',
  path: '/submissions/:submissionId/live-post/screenshots',
  access: 'content:write',
  transport: 'upload',
  summary: 'Keep a picture of the post as it was seen, as evidence beside its check',
  input: z.object({ submissionId }),
  output: livePostSchema,
});

export const openLiveScreenshot = endpoint({
  name: 'livePosts.screenshot',
  method: 'GET',
  path: '/submissions/:submissionId/live-post/screenshots/:fileId',
  access: 'content:read',
  transport: 'download',
  summary: 'A picture of the post as it was seen',
  input: z.object({ submissionId, fileId: z.string().max(60), isPreview: z.boolean().default(false) }),
});

export const typeFigures = endpoint({
  name: 'livePosts.typeFigures',
  method: 'POST',
  path: '/submissions/:submissionId/live-post/screenshots/:fileId/figures',
  access: 'content:write',
  summary:
    'Type the figures a picture of insights shows; they are marked as typed by whom, and never replace measured ones',
  input: z.object({
    submissionId,
    fileId: z.string().max(60),
    readAt: instantSchema.optional().describe('When the platform showed them; when the picture was added, if left out'),
    values: resultValuesSchema,
  }),
  output: deliverableSchema,
});

export const acceptLivePost = endpoint({
  name: 'livePosts.accept',
  method: 'POST',
  path: '/submissions/:submissionId/live-post/accept',
  access: 'content:write',
  summary: 'Say that a post is in order although its check does not, with the reason',
  input: z.object({ submissionId, reason: reasonText }),
  output: livePostSchema,
});

const wordList = z.array(z.string().trim().min(1).max(300)).max(30).default([]);

export const postExpectationSchema = z
  .object({
    links: wordList.describe('Addresses one of which the post has to carry'),
    codes: wordList,
    hashtags: wordList,
    mentions: wordList,
    liveFrom: daySchema.nullable().default(null),
    liveUntil: daySchema.nullable().default(null),
  })
  .meta({ id: 'PostExpectation' });
export type PostExpectation = z.infer<typeof postExpectationSchema>;

export const getPostExpectation = endpoint({
  name: 'postExpectations.get',
  method: 'GET',
  path: '/deliverables/:deliverableId/expectation',
  access: 'content:read',
  summary: 'What the post has to carry: what the brief says, what was set for the creator, and for this deliverable',
  input: z.object({ deliverableId }),
  output: z.object({
    brief: postExpectationSchema,
    creator: postExpectationSchema.nullable(),
    deliverable: postExpectationSchema.nullable(),
    counts: postExpectationSchema.describe('What counts: the lists of all together, the narrowest window'),
  }),
});

export const putPostExpectation = endpoint({
  name: 'postExpectations.put',
  method: 'PUT',
  path: '/deliverables/:deliverableId/expectation',
  access: 'content:write',
  summary: 'Set what the posts of this creator on this campaign, or this deliverable alone, have to carry',
  input: postExpectationSchema.extend({ deliverableId, of: z.enum(['creator', 'deliverable']).default('creator') }),
  output: postExpectationSchema,
});
