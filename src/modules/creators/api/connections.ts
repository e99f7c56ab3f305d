import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { id, shortText } from './fields.ts';

/** The places creators can be brought in from by themselves. `feeds` reads RSS, Atom and JSON feeds of blogs. */
export const connectionPlatforms = ['youtube', 'instagram', 'tiktok', 'pinterest', 'feeds'] as const;
export const connectionPlatformSchema = z.enum(connectionPlatforms);
export type ConnectionPlatform = z.infer<typeof connectionPlatformSchema>;

export const connectionNames: Record<ConnectionPlatform, string> = {
  youtube: 'YouTube',
  instagram: 'Instagram',
  tiktok: 'TikTok',
  pinterest: 'Pinterest',
  feeds: 'Blogs and feeds',
};

export const taskKinds = ['profile', 'own', 'hashtag', 'stories'] as const;

const connectionFieldSchema = z.object({
  key: z.string(),
  label: z.string(),
  help: z.string(),
  isSecret: z.boolean(),
  isOptional: z.boolean(),
});

/** What a connection is for and needs: the same for every workspace. */
export const connectionAboutSchema = z.object({
  gives: z.array(z.string()).describe('What it brings in'),
  lacks: z.array(z.string()).describe('What the platform does not give by this way'),
  steps: z.array(z.string()).describe('How to get what it needs'),
  scopes: z.array(z.string()),
  cost: z.string(),
  documents: z.array(z.string()).describe("The platform's own documents"),
  fields: z.array(connectionFieldSchema),
  kinds: z.array(z.enum(taskKinds)).describe('What it can be asked for'),
});

export const connectionSchema = z
  .object({
    platform: connectionPlatformSchema,
    name: z.string(),
    about: connectionAboutSchema,
    state: z
      .enum(['off', 'working', 'waiting', 'failing'])
      .describe('off: not connected; waiting: a quota or the server says not now; failing: somebody must act'),
    account: z.string().nullable().describe('Who the platform says we are'),
    settings: z.record(z.string(), z.string()).describe('What is no secret; keys are never given back'),
    message: z.string().nullable(),
    waitUntil: z.string().nullable(),
    refreshDays: z
      .number()
      .nullable()
      .describe('Known profiles are refreshed after so many days; null only when asked'),
    connectedAt: z.string().nullable(),
    connectedBy: z.string().nullable(),
    lastRunAt: z.string().nullable(),
    lastOkAt: z.string().nullable(),
    quota: z
      .object({
        used: z.number(),
        limit: z.number(),
        unit: z.string(),
        resetsAt: z.string(),
      })
      .nullable(),
    tasks: z.object({ waiting: z.number(), done: z.number(), failed: z.number() }),
    profiles: z.number().describe('Known profiles it could refresh'),
  })
  .meta({ id: 'Connection' });
export type Connection = z.infer<typeof connectionSchema>;

const platformInput = { platform: connectionPlatformSchema };

export const listConnections = endpoint({
  name: 'connections.list',
  method: 'GET',
  path: '/connections',
  access: 'creators:read',
  summary: 'Where creators can be brought in from, what each needs, and how it goes',
  output: z.array(connectionSchema),
});

export const connectPlatform = endpoint({
  name: 'connections.connect',
  method: 'PUT',
  path: '/connections/:platform',
  access: 'workspace:write',
  summary: 'Connect a platform; the key is tried first, kept sealed and never given back',
  input: z.object({
    ...platformInput,
    values: z
      .record(z.string().max(60), z.string().max(4000))
      .default({})
      .describe('By the keys of about.fields; a secret left out stays as it was'),
    refreshDays: z.number().int().min(1).max(365).nullable().default(7),
  }),
  output: connectionSchema,
});

export const testConnection = endpoint({
  name: 'connections.test',
  method: 'POST',
  path: '/connections/:platform/test',
  access: 'creators:write',
  summary: 'Ask the platform once whether the connection works',
  input: z.object(platformInput),
  output: z.object({ isWorking: z.boolean(), account: z.string().nullable(), message: z.string() }),
});

export const disconnectPlatform = endpoint({
  name: 'connections.disconnect',
  method: 'DELETE',
  path: '/connections/:platform',
  access: 'workspace:write',
  summary: 'Forget the key and what is still to be read; what was read stays',
  input: z.object(platformInput),
});

export const syncConnection = endpoint({
  name: 'connections.sync',
  method: 'POST',
  path: '/connections/:platform/sync',
  access: 'creators:write',
  summary: 'Read profiles, hashtags or the own account; by default every known profile of the platform',
  input: z.object({
    ...platformInput,
    handles: z
      .array(z.string().min(1).max(300))
      .max(500)
      .default([])
      .describe('Accounts to read, known or new; with or without @, or their addresses'),
    hashtags: z.array(z.string().min(1).max(100)).max(30).default([]),
    own: z.boolean().default(false).describe('The connected account itself'),
    stories: z
      .boolean()
      .default(false)
      .describe('Its stories before they go, posts it is tagged in, stories that mention it'),
    staleDays: z
      .number()
      .int()
      .min(0)
      .max(365)
      .default(0)
      .describe('Of the known profiles only those not read for so many days'),
  }),
  output: z.object({
    queued: z.number(),
    running: z.number().describe('Asked for already and not read yet'),
    errors: z.array(z.object({ text: z.string(), message: z.string() })),
  }),
});

export const connectionTaskSchema = z.object({
  kind: z.enum(taskKinds),
  target: z.string(),
  state: z.enum(['waiting', 'done', 'failed']),
  message: z.string().nullable(),
  dueAt: z.string(),
  attempts: z.number(),
  missing: z.array(z.object({ field: z.string(), reason: z.string() })),
  counts: z.record(z.string(), z.number()),
  askedAt: z.string(),
  askedBy: z.string(),
  finishedAt: z.string().nullable(),
});
export type ConnectionTask = z.infer<typeof connectionTaskSchema>;

export const listConnectionTasks = endpoint({
  name: 'connections.tasks',
  method: 'GET',
  path: '/connections/:platform/tasks',
  access: 'creators:read',
  summary: 'What was asked of a platform and how far it is, newest first',
  input: z.object({
    ...platformInput,
    state: z.enum(['waiting', 'done', 'failed']).optional(),
    ...pageInput,
  }),
  output: pageOf(connectionTaskSchema),
});

const refreshOfProfileSchema = z.object({
  profileId: id,
  platform: platformSchema,
  handle: z.string(),
  state: z
    .enum(['queued', 'waiting', 'done', 'failed', 'never', 'not_connected'])
    .describe('never: connected, but not asked for yet'),
  message: z.string().nullable(),
  refreshedAt: z.string().nullable().describe('When the platform was last read to the end'),
  missing: z.array(z.object({ field: z.string(), reason: z.string() })),
});
export type ProfileRefresh = z.infer<typeof refreshOfProfileSchema>;

export const refreshCreator = endpoint({
  name: 'creators.refresh',
  method: 'POST',
  path: '/creators/:personId/refresh',
  access: 'creators:write',
  summary: "Read a creator's profiles anew where a connection can",
  input: z.object({ personId: id }),
  output: z.array(refreshOfProfileSchema),
});

export const getCreatorRefresh = endpoint({
  name: 'creators.refreshState',
  method: 'GET',
  path: '/creators/:personId/refresh',
  access: 'creators:read',
  summary: "When a creator's profiles were last read from their platforms, and what these did not give",
  input: z.object({ personId: id }),
  output: z.array(refreshOfProfileSchema),
});

export const hashtagPostSchema = z.object({
  hashtag: shortText,
  externalId: z.string(),
  url: z.string().nullable(),
  caption: z.string().nullable(),
  format: z.string().nullable(),
  likes: z.number().nullable(),
  comments: z.number().nullable(),
  postedAt: z.string().nullable(),
  observedAt: z.string(),
});
export type HashtagPost = z.infer<typeof hashtagPostSchema>;

export const hashtagSchema = z.object({
  hashtag: z.string(),
  posts: z.number().int(),
  newestPostAt: z.string().nullable(),
  readAt: z.string().describe('When a post of it was last read'),
});
export type Hashtag = z.infer<typeof hashtagSchema>;
export const hashtagsMax = 500;

export const listHashtags = endpoint({
  name: 'connections.hashtags',
  method: 'GET',
  path: '/connections/:platform/hashtags',
  access: 'creators:read',
  summary: 'Hashtags that were read, with how many posts were found, the last one read first',
  input: z.object(platformInput),
  output: z.array(hashtagSchema).max(hashtagsMax),
});

export const listHashtagPosts = endpoint({
  name: 'connections.hashtagPosts',
  method: 'GET',
  path: '/connections/:platform/hashtag-posts',
  access: 'creators:read',
  summary: 'Posts read under a hashtag; the platform does not say who wrote them',
  input: z.object({ ...platformInput, hashtag: z.string().min(1).max(100), ...pageInput }),
  output: pageOf(hashtagPostSchema),
});
