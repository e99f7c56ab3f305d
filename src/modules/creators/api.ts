import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { daySchema, instantSchema } from '#kernel/time.ts';

const id = z.string().min(1).max(64);
const shortText = z.string().trim().min(1).max(300);
const longText = z.string().max(10_000);
const count = z.number().int().min(0).max(1e13);
const figure = z.number().min(0).max(1e13);

/** The figures a profile has; all but lastPostAt have a history. */
export const historyMetrics = [
  'followers',
  'following',
  'postCount',
  'avgLikes',
  'avgComments',
  'avgViews',
  'avgShares',
  'avgSaves',
  'engagementRate',
] as const;
export const historyMetricSchema = z.enum(historyMetrics);
export type HistoryMetric = z.infer<typeof historyMetricSchema>;

export const provenanceSchema = z
  .record(
    z.string(),
    z.object({ source: z.string(), at: z.string(), n: z.number().optional(), formula: z.string().optional() }),
  )
  .meta({
    id: 'Provenance',
    description: 'Source and date per field; "*" holds for fields without an entry of their own',
  });

const figuresShape = {
  followers: count.nullish(),
  following: count.nullish(),
  postCount: count.nullish(),
  avgLikes: figure.nullish(),
  avgComments: figure.nullish(),
  avgViews: figure.nullish(),
  avgShares: figure.nullish(),
  avgSaves: figure.nullish(),
  engagementRate: z.number().min(0).max(100).nullish().describe('Share of followers: 0.034 is 3.4 %'),
};

/** One account as it is handed in. What is absent or null says nothing and changes nothing. */
export const profileRowSchema = z.object({
  platform: platformSchema,
  handle: z.string().min(1).max(300).describe('With or without @, or the address of the profile'),
  externalId: shortText.nullish(),
  url: z.string().max(2000).nullish(),
  displayName: shortText.nullish(),
  bio: longText.nullish(),
  website: z.string().max(2000).nullish(),
  category: shortText.nullish(),
  accountType: shortText.nullish(),
  isPrivate: z.boolean().nullish(),
  isVerified: z.boolean().nullish(),
  ...figuresShape,
  lastPostAt: instantSchema.nullish(),
  audience: z.record(z.string(), z.unknown()).nullish(),
  history: z
    .array(z.object({ day: daySchema, ...figuresShape }))
    .max(2000)
    .optional()
    .describe('Older figures, one entry a day'),
});
export type ProfileRow = z.infer<typeof profileRowSchema>;

/** One person with one or more accounts as handed in by a file, the API or the sample. */
export const creatorRowSchema = z.object({
  key: z.string().max(300).optional().describe("The sender's own id of the person: rows of one key are one person"),
  name: shortText.nullish(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullish(),
  region: shortText.nullish(),
  city: shortText.nullish(),
  languages: z.array(z.string().min(2).max(8)).max(50).optional(),
  emails: z.array(z.email().max(320)).max(20).optional(),
  phones: z.array(z.string().max(60)).max(20).optional(),
  website: z.string().max(2000).nullish(),
  niches: z.array(shortText).max(100).optional(),
  tags: z.array(shortText).max(100).optional(),
  custom: z.record(z.string().max(200), z.string().max(2000)).optional(),
  observedAt: instantSchema
    .optional()
    .describe('When this was true, where the sender says so; otherwise the date of the import'),
  profiles: z.array(profileRowSchema).min(1).max(20),
});
export type CreatorRow = z.infer<typeof creatorRowSchema>;

export const postRowSchema = z.object({
  platform: platformSchema,
  handle: z.string().min(1).max(300),
  externalId: z.string().min(1).max(300),
  url: z.string().max(2000).nullish(),
  postedAt: instantSchema.nullish(),
  format: z.string().max(60).nullish(),
  caption: z.string().max(20_000).nullish(),
  hashtags: z.array(z.string().max(300)).max(500).optional(),
  mentions: z.array(z.string().max(300)).max(500).optional(),
  location: z.string().max(500).nullish(),
  likes: count.nullish(),
  comments: count.nullish(),
  views: count.nullish(),
  shares: count.nullish(),
  saves: count.nullish(),
  reach: count.nullish(),
  impressions: count.nullish(),
  isPaidLabel: z.boolean().nullish(),
});
export type PostRow = z.infer<typeof postRowSchema>;

export const commentRowSchema = z.object({
  platform: platformSchema,
  postExternalId: z.string().min(1).max(300),
  externalId: z.string().min(1).max(300),
  authorHandle: z.string().max(300).nullish(),
  text: z.string().max(20_000),
  likes: count.nullish(),
  commentedAt: instantSchema.nullish(),
});
export type CommentRow = z.infer<typeof commentRowSchema>;

const nullableCount = z.number().nullable();

export const profileSchema = z
  .object({
    id,
    personId: id,
    platform: platformSchema,
    handle: z.string(),
    externalId: z.string().nullable(),
    url: z.string().nullable(),
    displayName: z.string().nullable(),
    bio: z.string().nullable(),
    website: z.string().nullable(),
    category: z.string().nullable(),
    accountType: z.string().nullable(),
    isPrivate: z.boolean().nullable(),
    isVerified: z.boolean().nullable(),
    source: z.string(),
    followers: nullableCount,
    following: nullableCount,
    postCount: nullableCount,
    avgLikes: nullableCount,
    avgComments: nullableCount,
    avgViews: nullableCount,
    avgShares: nullableCount,
    avgSaves: nullableCount,
    engagementRate: nullableCount,
    lastPostAt: z.string().nullable(),
    audience: z.record(z.string(), z.unknown()).nullable(),
    growth: z.record(z.string(), z.number().nullable()).nullable(),
    provenance: provenanceSchema,
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Profile' });
export type Profile = z.infer<typeof profileSchema>;

export const personSchema = z
  .object({
    id,
    name: z.string().nullable(),
    country: z.string().nullable(),
    region: z.string().nullable(),
    city: z.string().nullable(),
    languages: z.array(z.string()),
    emails: z.array(z.string()),
    phones: z.array(z.string()),
    website: z.string().nullable(),
    niches: z.array(z.string()),
    tags: z.array(z.string()),
    custom: z.record(z.string(), z.unknown()),
    ownerId: z.string().nullable(),
    provenance: provenanceSchema,
    profiles: z.array(profileSchema).describe('Most followers first'),
    facts: z.record(z.string(), z.unknown()),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'Creator' });
export type Person = z.infer<typeof personSchema>;

export const postSchema = z
  .object({
    id,
    profileId: id,
    platform: platformSchema,
    handle: z.string(),
    externalId: z.string(),
    url: z.string().nullable(),
    postedAt: z.string().nullable(),
    format: z.string().nullable(),
    caption: z.string().nullable(),
    hashtags: z.array(z.string()),
    mentions: z.array(z.string()),
    location: z.string().nullable(),
    likes: nullableCount,
    comments: nullableCount,
    views: nullableCount,
    shares: nullableCount,
    saves: nullableCount,
    reach: nullableCount,
    impressions: nullableCount,
    isPaidLabel: z.boolean().nullable(),
    source: z.string(),
    observedAt: z.string(),
  })
  .meta({ id: 'Post' });
export type Post = z.infer<typeof postSchema>;

export const commentSchema = z
  .object({
    id,
    postId: id,
    externalId: z.string(),
    authorHandle: z.string().nullable(),
    text: z.string(),
    likes: nullableCount,
    commentedAt: z.string().nullable(),
    source: z.string(),
  })
  .meta({ id: 'Comment' });
export type Comment = z.infer<typeof commentSchema>;

export const metricPointSchema = z.object({
  profileId: id,
  metric: historyMetricSchema,
  day: daySchema,
  value: z.number(),
  source: z.string(),
  observedAt: z.string(),
});
export type MetricPoint = z.infer<typeof metricPointSchema>;

export const getCreator = endpoint({
  name: 'creators.get',
  method: 'GET',
  path: '/creators/:personId',
  access: 'creators:read',
  summary: 'One creator with all profiles and figures',
  input: z.object({ personId: id.describe('Id of the person, or @handle of one of the profiles') }),
  output: personSchema,
});

export const listCreatorPosts = endpoint({
  name: 'creators.posts',
  method: 'GET',
  path: '/creators/:personId/posts',
  access: 'creators:read',
  summary: 'Posts of a creator, newest first',
  input: z.object({ personId: id, profileId: id.optional(), ...pageInput }),
  output: pageOf(postSchema),
});

export const getMetricHistory = endpoint({
  name: 'creators.history',
  method: 'GET',
  path: '/creators/:personId/history',
  access: 'creators:read',
  summary: 'Figures of a creator over time, oldest first, each with source and date',
  input: z.object({
    personId: id,
    metrics: z.array(historyMetricSchema).max(20).optional(),
    from: daySchema.optional(),
  }),
  output: z.object({ points: z.array(metricPointSchema) }),
});

export const fileKinds = ['creators', 'posts', 'comments'] as const;
export const fileKindSchema = z.enum(fileKinds);

/** What one column is read as. Targets are the field names of creatorRow, postRow and commentRow; `custom` keeps it as an extra field, null leaves it out. */
export const columnPlanSchema = z
  .object({
    column: z.string().max(250),
    target: z.string().max(40).nullable(),
    platform: platformSchema.nullable().default(null).describe('Set when the column speaks of one platform only'),
    decimal: z
      .enum(['.', ','])
      .nullable()
      .default(null)
      .describe('Decimal mark of the column; null when no cell tells'),
    scale: z.enum(['percent', 'fraction']).nullable().default(null).describe('Whether rates are written 3.4 or 0.034'),
    dateOrder: z
      .enum(['day-first', 'month-first'])
      .nullable()
      .default(null)
      .describe('How 03/04/2026 is read; null is day first'),
  })
  .meta({ id: 'ColumnPlan' });
export type ColumnPlanJson = z.infer<typeof columnPlanSchema>;

export const importCountsSchema = z.object({
  read: z.number(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  skipped: z.number().describe('Rows of creators who asked not to be kept'),
  failed: z.number().describe('Rows that were not taken; each has at least one error'),
  errorsTotal: z.number(),
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

export const importStates = ['uploaded', 'running', 'done', 'failed', 'cancelled'] as const;

export const importRunSchema = z
  .object({
    id,
    fileName: z.string(),
    fileBytes: z.number(),
    kind: fileKindSchema,
    platform: platformSchema,
    isDryRun: z.boolean(),
    state: z.enum(importStates),
    counts: importCountsSchema,
    /** Share of the file that is done, 0 to 1. */
    progress: z.number(),
    rowsPerSecond: z.number().nullable(),
    error: z.string().nullable(),
    createdByName: z.string(),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'ImportRun' });
export type ImportRun = z.infer<typeof importRunSchema>;

export const importPreviewSchema = z
  .object({
    importId: id,
    fileName: z.string(),
    fileBytes: z.number(),
    format: z.enum(['delimited', 'json', 'ndjson', 'xlsx']),
    encoding: z.string().nullable(),
    delimiter: z.string().nullable(),
    isGzip: z.boolean(),
    sheet: z.string().nullable(),
    kind: fileKindSchema,
    platform: platformSchema,
    columns: z.array(
      columnPlanSchema.extend({
        confidence: z.number(),
        reason: z.string(),
        samples: z.array(z.string()).describe('First filled cells'),
        filled: z.number().describe('Filled cells among the rows looked at'),
        problems: z.number(),
        firstProblem: z.string().nullable(),
      }),
    ),
    rows: z.array(z.object({ row: z.number(), cells: z.array(z.string()) })),
    rowsLookedAt: z.number(),
    rowsReadable: z.number(),
    isWhole: z.boolean().describe('True when the whole file was looked at'),
    problems: z.array(z.string()).describe('What is to be known or mended before the start'),
    savedMapping: z.string().nullable().describe('Name of the remembered mapping that was used'),
  })
  .meta({ id: 'ImportPreview' });
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importErrorSchema = z.object({ row: z.number(), field: z.string(), message: z.string() });

export const uploadImport = endpoint({
  name: 'imports.upload',
  method: 'POST',
  path: '/imports',
  access: 'creators:write',
  transport: 'upload',
  summary: 'Upload a file of creators, posts or comments and see how it would be read; nothing is imported yet',
  input: z.object({
    platform: platformSchema.default('instagram').describe('Platform of bare handles'),
    kind: fileKindSchema.optional(),
  }),
  output: importPreviewSchema,
});

export const previewImport = endpoint({
  name: 'imports.preview',
  method: 'POST',
  path: '/imports/:importId/preview',
  access: 'creators:write',
  summary: 'How an uploaded file would be read with another kind, platform or mapping',
  input: z.object({
    importId: id,
    kind: fileKindSchema.optional(),
    platform: platformSchema.optional(),
    columns: z.array(columnPlanSchema).max(2000).optional(),
  }),
  output: importPreviewSchema,
});

export const startImport = endpoint({
  name: 'imports.start',
  method: 'POST',
  path: '/imports/:importId/start',
  access: 'creators:write',
  summary:
    'Import an uploaded file in the background, or try it out; a failed or cancelled run goes on where it stopped',
  input: z.object({
    importId: id,
    kind: fileKindSchema.optional(),
    platform: platformSchema.optional(),
    columns: z.array(columnPlanSchema).max(2000).optional().describe('The mapping; the proposed one when absent'),
    isDryRun: z.boolean().default(false),
    isRemembered: z.boolean().default(true).describe('Whether the next file with this header is read the same way'),
  }),
  output: importRunSchema,
});

export const getImport = endpoint({
  name: 'imports.get',
  method: 'GET',
  path: '/imports/:importId',
  access: 'creators:read',
  summary: 'State, counts and speed of an import',
  input: z.object({ importId: id }),
  output: importRunSchema,
});

export const listImports = endpoint({
  name: 'imports.list',
  method: 'GET',
  path: '/imports',
  access: 'creators:read',
  summary: 'Imports, newest first',
  input: z.object({ ...pageInput }),
  output: pageOf(importRunSchema),
});

export const cancelImport = endpoint({
  name: 'imports.cancel',
  method: 'POST',
  path: '/imports/:importId/cancel',
  access: 'creators:write',
  summary: 'Stop an import after the batch it is at; what is in stays in',
  input: z.object({ importId: id }),
  output: importRunSchema,
});

export const listImportErrors = endpoint({
  name: 'imports.errors',
  method: 'GET',
  path: '/imports/:importId/errors',
  access: 'creators:read',
  summary: 'Rows that were not taken and why, in the order of the file',
  input: z.object({
    importId: id,
    limit: z.number().int().min(1).max(1000).default(100),
    cursor: z.string().max(2000).optional(),
  }),
  output: pageOf(importErrorSchema.extend({ raw: z.record(z.string(), z.string()) })),
});

export const downloadImportErrors = endpoint({
  name: 'imports.errorsFile',
  method: 'GET',
  path: '/imports/:importId/errors.csv',
  access: 'creators:read',
  transport: 'download',
  summary: 'The rows that were not taken as CSV, with what is wrong beside them, to mend and import again',
  input: z.object({ importId: id }),
});

export const importMappingSchema = z
  .object({ id, name: z.string(), kind: fileKindSchema, columns: z.array(columnPlanSchema), updatedAt: z.string() })
  .meta({ id: 'ImportMapping' });

export const listImportMappings = endpoint({
  name: 'importMappings.list',
  method: 'GET',
  path: '/import-mappings',
  access: 'creators:read',
  summary: 'Remembered mappings, newest first',
  output: z.object({ rows: z.array(importMappingSchema) }),
});

export const forgetImportMapping = endpoint({
  name: 'importMappings.forget',
  method: 'DELETE',
  path: '/import-mappings/:mappingId',
  access: 'creators:write',
  summary: 'Forget a mapping: the next file with that header is read by its headings again',
  input: z.object({ mappingId: id }),
});

export const creatorSorts = ['followers', 'name', 'added', 'lastPost', 'engagementRate'] as const;

export const creatorFilterSchema = z.object({
  q: z.string().max(200).optional().describe('Part of a name or handle'),
  platforms: z.array(platformSchema).optional(),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .max(250)
    .optional(),
  niches: z.array(z.string()).max(100).optional(),
  tags: z.array(z.string()).max(100).optional(),
  ownerId: z.string().optional(),
  followersMin: z.number().int().min(0).optional(),
  followersMax: z.number().int().min(0).optional(),
  hasEmail: z.boolean().optional(),
});
export type CreatorFilter = z.infer<typeof creatorFilterSchema>;

export const creatorRowAnswerSchema = z
  .object({
    id,
    name: z.string().nullable(),
    country: z.string().nullable(),
    niches: z.array(z.string()),
    tags: z.array(z.string()),
    ownerId: z.string().nullable(),
    hasEmail: z.boolean(),
    profiles: z.array(
      z.object({
        id,
        platform: platformSchema,
        handle: z.string(),
        url: z.string().nullable(),
        followers: nullableCount,
        engagementRate: nullableCount,
        lastPostAt: z.string().nullable(),
        provenance: provenanceSchema,
      }),
    ),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'CreatorListItem' });
export type CreatorListItem = z.infer<typeof creatorRowAnswerSchema>;

export const listCreators = endpoint({
  name: 'creators.list',
  method: 'GET',
  path: '/creators',
  access: 'creators:read',
  summary: 'Creators by filter; figures are those of the profile with most followers',
  input: z.object({
    ...creatorFilterSchema.shape,
    sort: z.enum(creatorSorts).default('followers'),
    desc: z.boolean().default(true),
    ...pageInput,
  }),
  output: pageOf(creatorRowAnswerSchema),
});

export const countCreators = endpoint({
  name: 'creators.count',
  method: 'GET',
  path: '/creators/count',
  access: 'creators:read',
  summary: 'How many creators fit a filter, and the values to filter by with how many creators have each',
  input: creatorFilterSchema,
  output: z.object({
    matching: z.number(),
    total: z.number(),
    addedThisWeek: z.number(),
    niches: z.array(z.object({ value: z.string(), count: z.number() })),
    tags: z.array(z.object({ value: z.string(), count: z.number() })),
    countries: z.array(z.object({ value: z.string(), count: z.number() })),
    platforms: z.array(z.object({ value: platformSchema, count: z.number() })),
  }),
});

export const exportCreators = endpoint({
  name: 'creators.export',
  method: 'GET',
  path: '/creators/export',
  access: 'creators:read',
  transport: 'download',
  summary: 'Creators by filter as CSV, one line a profile, readable by the import again',
  input: z.object({ ...creatorFilterSchema.shape, personIds: z.array(id).max(2000).optional() }),
});

export const createCreator = endpoint({
  name: 'creators.create',
  method: 'POST',
  path: '/creators',
  access: 'creators:write',
  summary: 'Add one creator with one or more profiles',
  input: creatorRowSchema.omit({ key: true, observedAt: true }),
  output: personSchema,
});

export const importOutcomeSchema = z.object({
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  skipped: z.number(),
  errors: z.array(importErrorSchema),
  personIds: z.array(z.string().nullable()),
});

export const importCreators = endpoint({
  name: 'creators.import',
  method: 'POST',
  path: '/creators/import',
  access: 'creators:write',
  summary: 'Bring in up to 1,000 creators at once from another program; known ones are completed',
  input: z.object({
    source: shortText.default('api').describe('Stands beside every figure'),
    observedAt: instantSchema.optional(),
    rows: z.array(z.unknown()).min(1).max(1000),
  }),
  output: importOutcomeSchema,
});

export const addHandles = endpoint({
  name: 'creators.addHandles',
  method: 'POST',
  path: '/creators/handles',
  access: 'creators:write',
  summary: 'Add creators by a list of handles and addresses of profiles, one a line',
  input: z.object({
    text: z.string().min(1).max(200_000),
    platform: platformSchema.default('instagram'),
    tags: z.array(shortText).max(20).default([]),
  }),
  output: importOutcomeSchema,
});

const clearableText = shortText.nullable().optional();

export const updateCreator = endpoint({
  name: 'creators.update',
  method: 'PATCH',
  path: '/creators/:personId',
  access: 'creators:write',
  summary: 'Change what is known of a person; what a person enters holds against later files',
  input: z.object({
    personId: id,
    name: clearableText,
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable()
      .optional(),
    region: clearableText,
    city: clearableText,
    website: z.string().max(2000).nullable().optional(),
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}$/))
      .max(50)
      .optional(),
    emails: z.array(z.email().max(320)).max(20).optional(),
    phones: z.array(z.string().max(60)).max(20).optional(),
    niches: z.array(shortText).max(100).optional(),
    tags: z.array(shortText).max(100).optional(),
    ownerId: z.string().max(64).nullable().optional(),
  }),
  output: personSchema,
});

export const updateCreators = endpoint({
  name: 'creators.updateMany',
  method: 'POST',
  path: '/creators/bulk',
  access: 'creators:write',
  summary: 'Tag up to 2,000 creators or give them an owner',
  input: z.object({
    personIds: z.array(id).min(1).max(2000),
    addTags: z.array(shortText).max(20).default([]),
    removeTags: z.array(shortText).max(20).default([]),
    ownerId: z.string().max(64).nullable().optional(),
  }),
  output: z.object({ changed: z.number() }),
});

export const eraseCreators = endpoint({
  name: 'creators.erase',
  method: 'POST',
  path: '/creators/erase',
  access: 'creators:write',
  summary: 'Erase creators with everything known of them; they may come back by import unless they are suppressed',
  input: z.object({ personIds: z.array(id).min(1).max(2000) }),
  output: z.object({ erased: z.number() }),
});

export const addProfile = endpoint({
  name: 'creators.addProfile',
  method: 'POST',
  path: '/creators/:personId/profiles',
  access: 'creators:write',
  summary: 'Add an account to a person',
  input: profileRowSchema.omit({ history: true, audience: true }).extend({ personId: id }),
  output: personSchema,
});

export const removeProfile = endpoint({
  name: 'creators.removeProfile',
  method: 'DELETE',
  path: '/creators/:personId/profiles/:profileId',
  access: 'creators:write',
  summary: 'Remove an account with its posts and history; the last one stays',
  input: z.object({ personId: id, profileId: id }),
  output: personSchema,
});

export const mergeCreators = endpoint({
  name: 'creators.merge',
  method: 'POST',
  path: '/creators/merge',
  access: 'creators:write',
  summary: 'Make two persons one; can be undone by a split',
  input: z.object({
    keptPersonId: id,
    absorbedPersonId: id,
    reason: z.string().trim().min(1).max(500).default('the same person'),
  }),
  output: personSchema,
});

export const mergeSchema = z.object({
  id,
  keptPersonId: id,
  absorbedPersonId: id,
  absorbedName: z.string().nullable(),
  reason: z.string(),
  mergedBy: z.string(),
  mergedAt: z.string(),
});

export const listMerges = endpoint({
  name: 'creators.merges',
  method: 'GET',
  path: '/creators/:personId/merges',
  access: 'creators:read',
  summary: 'What was merged into a person and can be split off again',
  input: z.object({ personId: id }),
  output: z.object({ rows: z.array(mergeSchema) }),
});

export const listRecentMerges = endpoint({
  name: 'creators.recentMerges',
  method: 'GET',
  path: '/merges',
  access: 'creators:read',
  summary: 'Merges of the whole workspace that can be undone, newest first',
  input: z.object({ limit: z.number().int().min(1).max(200).default(50) }),
  output: z.object({ rows: z.array(mergeSchema.extend({ keptName: z.string().nullable() })) }),
});

export const splitCreators = endpoint({
  name: 'creators.split',
  method: 'POST',
  path: '/merges/:mergeId/split',
  access: 'creators:write',
  summary: 'Undo a merge',
  input: z.object({ mergeId: id }),
  output: z.object({ kept: personSchema, restored: personSchema }),
});

export const listMergeCandidates = endpoint({
  name: 'creators.mergeCandidates',
  method: 'GET',
  path: '/creators/merge-candidates',
  access: 'creators:read',
  summary: 'Pairs of creators who may be one person, with the reasons, strongest first',
  input: z.object({ limit: z.number().int().min(1).max(200).default(50) }),
  output: z.object({
    rows: z.array(z.object({ a: creatorRowAnswerSchema, b: creatorRowAnswerSchema, reasons: z.array(z.string()) })),
  }),
});

export const keepApart = endpoint({
  name: 'creators.keepApart',
  method: 'POST',
  path: '/creators/keep-apart',
  access: 'creators:write',
  summary: 'Say that two creators are not one person, so that they are not proposed again',
  input: z.object({ personA: id, personB: id }),
  output: z.object({ ok: z.literal(true) }),
});

export const suppressionSchema = z
  .object({
    hash: z.string(),
    kind: z.enum(['handle', 'email']),
    platform: platformSchema.nullable(),
    reason: z.string(),
    createdAt: z.string(),
  })
  .meta({ id: 'Suppression' });

export const suppress = endpoint({
  name: 'suppressions.add',
  method: 'POST',
  path: '/suppressions',
  access: 'creators:write',
  summary:
    'Keep an objection: the handle, e-mail or creator is erased in every workspace of this installation and never comes back by import',
  input: z.object({
    personId: id.optional().describe('A creator with all handles and addresses'),
    handle: z.string().max(300).optional(),
    platform: platformSchema.optional().describe('Of a bare handle; all platforms when absent'),
    email: z.email().max(320).optional(),
    reason: z.string().trim().min(1).max(500).default('asked not to be kept'),
  }),
  output: z.object({ added: z.number(), erased: z.number() }),
});

export const listSuppressions = endpoint({
  name: 'suppressions.list',
  method: 'GET',
  path: '/suppressions',
  access: 'creators:read',
  summary: 'Kept objections, newest first; only salted hashes are kept, so no name can be read from them',
  input: z.object({ ...pageInput }),
  output: pageOf(suppressionSchema),
});

export const checkSuppression = endpoint({
  name: 'suppressions.check',
  method: 'POST',
  path: '/suppressions/check',
  access: 'creators:read',
  summary: 'Whether a handle or e-mail is on the list',
  input: z.object({
    handle: z.string().max(300).optional(),
    platform: platformSchema.optional(),
    email: z.string().max(320).optional(),
  }),
  output: z.object({ isSuppressed: z.boolean() }),
});
