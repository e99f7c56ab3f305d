import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { count, id, longText, shortText } from './fields.ts';

export const pastedLineSchema = z.object({
  line: z.number().describe('Line of the text, from 1'),
  text: z.string(),
  state: z
    .enum(['new', 'known', 'duplicate', 'objected', 'error'])
    .describe('duplicate: the same account stands above; objected: the creator asked not to be kept'),
  platform: platformSchema.nullable(),
  handle: z.string().nullable(),
  url: z.string().nullable(),
  personId: id.nullable().describe('Of an account that is known already'),
  message: z.string().nullable(),
});
export type PastedLine = z.infer<typeof pastedLineSchema>;

export const pastedMax = 2000;

export const previewHandles = endpoint({
  name: 'creators.previewHandles',
  method: 'POST',
  path: '/creators/handles/preview',
  access: 'creators:read',
  summary: 'How a pasted list of handles and addresses is understood, line by line; nothing is written',
  input: z.object({
    text: z.string().min(1).max(200_000),
    platform: platformSchema.default('instagram').describe('Of bare handles without another word on their line'),
  }),
  output: z.object({
    lines: z.array(pastedLineSchema).max(pastedMax),
    counts: z.record(z.enum(['new', 'known', 'duplicate', 'objected', 'error']), z.number()),
  }),
});

/** What the bookmarklet or the browser extension reads from the page one looks at. */
export const capturedPageSchema = z.object({
  url: z.string().min(1).max(4000),
  title: z.string().max(2000).default(''),
  canonical: z.string().max(4000).default(''),
  meta: z
    .array(z.tuple([z.string().max(200), z.string().max(5000)]))
    .max(200)
    .default([])
    .describe('name or property, and content'),
  data: z.array(z.string().max(60_000)).max(20).default([]).describe('JSON-LD blocks as they stand'),
  marks: z
    .array(z.tuple([z.string().max(100), z.string().max(5000)]))
    .max(100)
    .default([])
    .describe('data-e2e names and their visible text'),
  text: z.string().max(20_000).default('').describe('Beginning of the visible text'),
});
export type CapturedPage = z.infer<typeof capturedPageSchema>;

const captureFields = {
  platform: platformSchema,
  handle: z.string().min(1).max(300),
  displayName: shortText.nullable().default(null),
  bio: longText.nullable().default(null),
  website: z.string().max(2000).nullable().default(null),
  followers: count.nullable().default(null),
  following: count.nullable().default(null),
  postCount: count.nullable().default(null),
  isVerified: z.boolean().nullable().default(null),
};

export const readCapture = endpoint({
  name: 'creators.readCapture',
  method: 'POST',
  path: '/creators/capture/preview',
  access: 'creators:read',
  summary: 'What a captured page says of a profile, and where it says so; nothing is written',
  input: z.object({ page: capturedPageSchema }),
  output: z.object({
    profile: z.object(captureFields),
    pictureUrl: z.string().nullable(),
    found: z.array(z.object({ field: z.string(), from: z.string().describe('Which part of the page says it') })),
    missing: z.array(z.string()),
    personId: id.nullable().describe('Of a profile that is known already'),
  }),
});

export const saveCapture = endpoint({
  name: 'creators.saveCapture',
  method: 'POST',
  path: '/creators/capture',
  access: 'creators:write',
  summary:
    'Keep what was read from a page, with the page and the time as its source; null says nothing and changes nothing',
  input: z.object({
    ...captureFields,
    pageUrl: z.string().min(1).max(4000),
    capturedAt: instantSchema.optional().describe('When the page was seen; not later than now'),
    pictureUrl: z.string().max(4000).nullable().default(null).describe('Fetched once and kept locally'),
    tags: z.array(shortText).max(20).default([]),
  }),
  output: z.object({
    personId: id.nullable(),
    outcome: z.enum(['created', 'updated', 'unchanged', 'objected']),
    hasPicture: z.boolean(),
  }),
});
