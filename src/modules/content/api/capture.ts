import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';

const campaignId = z.string().min(1).max(60);
const list = z.array(z.string().trim().min(1).max(100)).max(50);

export const captureRulesSchema = z
  .object({
    campaignId,
    mentions: z.array(z.string()).describe('Handles of the brand, without @'),
    hashtags: z.array(z.string()).describe('Without #'),
    keywords: z.array(z.string()).describe('Words or phrases of the caption'),
    results: z
      .enum(['ask', 'auto'])
      .describe('Whether figures of found posts are proposed as results, or become results by themselves'),
    isOwn: z.boolean().describe('False while the hashtags of the brief are used'),
    updatedAt: instantSchema.nullable(),
    updatedBy: z.string().nullable(),
  })
  .meta({ id: 'CaptureRules' });
export type CaptureRules = z.infer<typeof captureRulesSchema>;

export const getCaptureRules = endpoint({
  name: 'contentCapture.get',
  method: 'GET',
  path: '/campaigns/:campaignId/content-capture',
  access: 'content:read',
  summary: 'What posts of a campaign’s creators are captured by, beside the addresses of deliverables',
  input: z.object({ campaignId }),
  output: captureRulesSchema,
});

export const putCaptureRules = endpoint({
  name: 'contentCapture.put',
  method: 'PUT',
  path: '/campaigns/:campaignId/content-capture',
  access: 'content:write',
  summary: 'Change it, and look through the posts that are there at once',
  input: z.object({
    campaignId,
    mentions: list.default([]),
    hashtags: list.default([]),
    keywords: list.default([]),
    results: z.enum(['ask', 'auto']).optional().describe('Left as it is when not given'),
  }),
  output: captureRulesSchema.extend({ captured: z.number().int() }),
});

export const captureNow = endpoint({
  name: 'contentCapture.run',
  method: 'POST',
  path: '/campaigns/:campaignId/content-capture/run',
  access: 'content:write',
  summary: 'Look through the posts of the campaign’s creators now; what is in the library already stays as it is',
  input: z.object({ campaignId }),
  output: z.object({ looked: z.number().int(), captured: z.number().int() }),
});

export const missingReasons = [
  'not_due',
  'no_profile',
  'no_posts',
  'posts_old',
  'story',
  'link_elsewhere',
  'link_unread',
  'link_of_other',
  'unmarked',
  'nothing_posted',
] as const;
export const missingPostSchema = z
  .object({
    deliverableId: z.string(),
    enrolmentId: z.string(),
    person: z.object({ id: z.string(), name: z.string() }),
    platform: platformSchema,
    format: z.string(),
    title: z.string(),
    dueOn: z.string().nullable(),
    liveUrl: z.string().nullable(),
    reason: z.enum(missingReasons),
    why: z.string(),
    doNext: z.string(),
    evidence: z.array(z.string()).describe('What was looked at: profile, newest post, posts in the window'),
    candidates: z.array(
      z.object({
        postId: z.string(),
        url: z.string().nullable(),
        postedAt: instantSchema.nullable(),
        caption: z.string(),
      }),
    ),
  })
  .meta({ id: 'MissingPost' });
export type MissingPost = z.infer<typeof missingPostSchema>;

export const listMissing = endpoint({
  name: 'contentCapture.missing',
  method: 'GET',
  path: '/campaigns/:campaignId/content-missing',
  access: 'content:read',
  summary: 'Expected posts that are not in the library, each with the likely reason and what to do',
  input: z.object({ campaignId, due: z.boolean().default(true).describe('Only those whose day has come') }),
  output: z.object({ expected: z.number().int(), captured: z.number().int(), missing: z.array(missingPostSchema) }),
});
