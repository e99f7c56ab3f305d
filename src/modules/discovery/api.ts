import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';

export type FieldKind = 'set' | 'number' | 'flag' | 'date';
export interface SearchField {
  kind: FieldKind;
  label: string;
  /** Whether the value belongs to the person or to one of the person's profiles. */
  level: 'person' | 'profile';
  /** Always known: an empty value means none, not unknown. */
  isComplete?: boolean;
}

const set = (label: string, level: 'person' | 'profile', isComplete = false): SearchField => ({
  kind: 'set',
  label,
  level,
  isComplete,
});
const number = (label: string): SearchField => ({ kind: 'number', label, level: 'profile' });

/** Every field one can filter, count and sort by. `fact.<name>` adds what other modules state of a person. */
export const searchFields = {
  creator: set('Creator', 'person', true),
  platform: set('Platform', 'profile'),
  tier: set('Tier', 'profile'),
  niche: set('Niche', 'person'),
  category: set('Category', 'profile'),
  country: set('Country', 'person'),
  region: set('Region', 'person'),
  city: set('City', 'person'),
  language: set('Language', 'person'),
  accountType: set('Account type', 'profile'),
  tag: set('Tag', 'person', true),
  owner: set('Owner', 'person', true),
  list: set('List', 'person', true),
  followers: number('Followers'),
  following: number('Following'),
  posts: number('Posts'),
  engagementRate: number('Engagement rate'),
  avgLikes: number('Average likes'),
  avgComments: number('Average comments'),
  avgViews: number('Average views'),
  growth1m: number('Growth, 1 month'),
  growth2m: number('Growth, 2 months'),
  growth3m: number('Growth, 3 months'),
  growth4m: number('Growth, 4 months'),
  growth5m: number('Growth, 5 months'),
  growth6m: number('Growth, 6 months'),
  lastPost: { kind: 'date', label: 'Last post', level: 'profile' },
  verified: { kind: 'flag', label: 'Verified', level: 'profile' },
  private: { kind: 'flag', label: 'Private', level: 'profile' },
  hasEmail: { kind: 'flag', label: 'Has e-mail', level: 'person', isComplete: true },
} satisfies Record<string, SearchField>;
export type FieldName = keyof typeof searchFields;

export const engagementDefinition = '(average likes + average comments) / followers, over the newest posts known';
export const filtersMax = 40;
export const textCharsMax = 20_000;

const field = z
  .string()
  .min(1)
  .max(80)
  .describe(`One of ${Object.keys(searchFields).join(', ')}, or fact.<name>`);
const not = z.boolean().optional().describe('True keeps those the filter does not match; unknown stays left out');
const bound = z.number().describe('Shares are fractions: 0.034 is 3.4 %');

/** One condition. All filters hold together (AND); the values of one filter are alternatives (OR). */
export const filterSchema = z
  .discriminatedUnion('op', [
    z.strictObject({ field, op: z.literal('in'), values: z.array(z.string().min(1).max(200)).min(1).max(2000), not }),
    z
      .strictObject({ field, op: z.literal('range'), min: bound.optional(), max: bound.optional(), not })
      .describe('Bounds inclusive'),
    z.strictObject({ field, op: z.enum(['gt', 'gte', 'lt', 'lte']), value: bound, not }),
    z.strictObject({ field, op: z.literal('within'), days: z.number().int().min(1).max(3650), not }),
    z.strictObject({ field, op: z.literal('is'), value: z.boolean(), not }),
    z.strictObject({ field, op: z.literal('known'), value: z.boolean() }),
  ])
  .meta({ id: 'SearchFilter' });
export type Filter = z.infer<typeof filterSchema>;

export const sortSchema = z.strictObject({
  field: z.string().min(1).max(80).describe('A field, or name, handle, relevance'),
  direction: z.enum(['asc', 'desc']).default('desc'),
});

const queryShape = {
  text: z
    .string()
    .max(textCharsMax)
    .optional()
    .describe('words AND, "phrases", prefix*, -exclusion, #hashtag, @handle'),
  filters: z.array(filterSchema).max(filtersMax).default([]),
  sort: sortSchema.optional().describe('Default: relevance with text, else followers, largest first'),
  facets: z
    .array(z.string().min(1).max(80))
    .max(20)
    .default([])
    .describe('Fields to count over the creators that match'),
};
/** The question without its page: what a saved search keeps. */
export const savedQuerySchema = z.strictObject(queryShape).omit({ facets: true });
export const searchQuerySchema = z.strictObject({ ...queryShape, ...pageInput });
export type SearchQuery = z.infer<typeof searchQuerySchema>;

const known = z.number().nullable();
export const profileHitSchema = z.object({
  profileId: z.string(),
  platform: platformSchema,
  handle: z.string(),
  url: z.string().nullable(),
  displayName: z.string().nullable(),
  bio: z.string().nullable(),
  category: z.string().nullable(),
  accountType: z.string().nullable(),
  verified: z.boolean().nullable(),
  private: z.boolean().nullable(),
  tier: z.string().nullable(),
  followers: known,
  following: known,
  posts: known,
  engagementRate: known.describe(engagementDefinition),
  avgLikes: known,
  avgComments: known,
  avgViews: known,
  growth: z.array(known).length(6).describe('Relative change of followers over 1 to 6 months'),
  lastPostAt: instantSchema.nullable(),
  provenance: z.record(
    z.string(),
    z.object({ source: z.string(), at: z.string(), n: z.number().optional(), formula: z.string().optional() }),
  ),
});
export const peersSchema = z.object({
  percentile: z.number().describe('Share of peers below, ties by half, 0 to 100'),
  n: z.number().int(),
  platform: z.string(),
  tier: z.string(),
  low: z.number().describe('Lower quartile of the peers'),
  median: z.number(),
  high: z.number().describe('Upper quartile of the peers'),
});
export const reasonSchema = z.object({
  kind: z.enum(['text', 'filter']),
  what: z.string().describe('The term or field'),
  where: z.string().describe('name, handle, bio, hashtags, captions, mentions, or the field'),
  value: z.string(),
  count: z.number().int().nullable().describe('Captions that hold the term'),
  of: z.number().int().nullable(),
});
export type Reason = z.infer<typeof reasonSchema>;
export const hitSchema = z
  .object({
    personId: z.string(),
    name: z.string().nullable(),
    profile: profileHitSchema.nullable().describe('The profile that matches, the first in the sort order'),
    otherProfiles: z.array(
      z.object({ profileId: z.string(), platform: platformSchema, handle: z.string(), followers: known }),
    ),
    country: z.string().nullable(),
    region: z.string().nullable(),
    city: z.string().nullable(),
    languages: z.array(z.string()),
    niches: z.array(z.string()),
    tags: z.array(z.string()),
    ownerId: z.string().nullable(),
    hasEmail: z.boolean(),
    facts: z.record(z.string(), z.unknown()),
    lists: z.array(z.string()).describe('Ids of the lists the creator is on'),
    peers: peersSchema.nullable().describe('Engagement against the same platform and tier; null below 20 peers'),
    why: z.object({ line: z.string(), reasons: z.array(reasonSchema) }),
  })
  .meta({ id: 'CreatorHit' });
export type Hit = z.infer<typeof hitSchema>;

export const facetSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('values'),
      field: z.string(),
      values: z.array(z.object({ value: z.string(), count: z.number().int() })),
      others: z.number().int().describe('Further values, not listed'),
      unknown: z.number().int(),
    }),
    z.object({
      kind: z.literal('histogram'),
      field: z.string(),
      bins: z
        .array(z.object({ from: z.number().nullable(), to: z.number().nullable(), count: z.number().int() }))
        .describe('from <= value < to'),
      unknown: z.number().int(),
    }),
  ])
  .meta({ id: 'SearchFacet', description: "Counts ignore the facet's own filter" });
export type Facet = z.infer<typeof facetSchema>;

export const searchAnswerSchema = z
  .object({
    rows: z.array(hitSchema),
    nextCursor: z.string().nullable(),
    total: z.number().int().describe('Creators that match'),
    indexed: z.number().int().describe('Creators searched'),
    leftOut: z.number().int().describe('Creators no filter rejects, left out since a value is not known'),
    unknown: z.array(z.object({ field: z.string(), creators: z.number().int() })),
    facets: z.array(facetSchema),
    corrected: z
      .array(z.object({ from: z.string(), to: z.array(z.string()) }))
      .describe('Words nothing was found for, and what was searched instead'),
    notes: z.array(z.string()),
    tookMs: z.number(),
  })
  .meta({ id: 'SearchAnswer' });
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

export const searchCreators = endpoint({
  name: 'discovery.search',
  method: 'POST',
  path: '/discovery/search',
  access: 'discovery:read',
  summary: 'Find creators by text and filters, with counts and reasons',
  input: searchQuerySchema,
  output: searchAnswerSchema,
});

export const searchValues = endpoint({
  name: 'discovery.values',
  method: 'GET',
  path: '/discovery/values',
  access: 'discovery:read',
  summary: 'Known values of a field, by the letters they hold',
  input: z.object({
    field: z.string().max(80),
    text: z.string().max(100).default(''),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  output: z.object({ values: z.array(z.object({ value: z.string(), count: z.number().int() })) }),
});

export const tierSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(40),
    followersMin: z.number().int().min(0).max(10_000_000_000),
    followersMax: z.number().int().min(1).max(10_000_000_000).nullable().describe('Exclusive; null is no upper bound'),
  })
  .meta({ id: 'Tier' });
export type Tier = z.infer<typeof tierSchema>;
export const defaultTiers: Tier[] = [
  { name: 'nano', followersMin: 1_000, followersMax: 10_000 },
  { name: 'micro', followersMin: 10_000, followersMax: 100_000 },
  { name: 'mid', followersMin: 100_000, followersMax: 500_000 },
  { name: 'macro', followersMin: 500_000, followersMax: 1_000_000 },
  { name: 'mega', followersMin: 1_000_000, followersMax: null },
];
const tiersBody = z.object({ tiers: z.array(tierSchema) });
export const getTiers = endpoint({
  name: 'tiers.get',
  method: 'GET',
  path: '/tiers',
  access: 'discovery:read',
  summary: 'Tiers of size of the workspace',
  output: tiersBody,
});
export const putTiers = endpoint({
  name: 'tiers.put',
  method: 'PUT',
  path: '/tiers',
  access: 'discovery:write',
  summary: 'Replace the tiers of size',
  input: z.object({ tiers: z.array(tierSchema).min(1).max(12) }),
  output: tiersBody,
});

const listName = z.string().trim().min(1).max(120);
const listId = z.string().max(60);
const note = z.string().max(2000);
export const listSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    members: z.number().int(),
    createdBy: z.string(),
    createdAt: instantSchema,
    archivedAt: instantSchema.nullable(),
  })
  .meta({ id: 'CreatorList' });
export type CreatorList = z.infer<typeof listSchema>;
export const listMemberSchema = z.object({
  personId: z.string(),
  name: z.string().nullable(),
  note: z.string().nullable(),
  addedBy: z.string(),
  addedAt: instantSchema,
  hit: hitSchema.nullable(),
});
export type ListMember = z.infer<typeof listMemberSchema>;
export const membersMax = 2000;
const personIds = z.array(z.string().min(1).max(60)).min(1).max(membersMax);

export const listLists = endpoint({
  name: 'lists.list',
  method: 'GET',
  path: '/lists',
  access: 'discovery:read',
  summary: 'Lists of creators',
  input: z.object({ ...pageInput, archived: z.boolean().default(false) }),
  output: pageOf(listSchema),
});
export const createList = endpoint({
  name: 'lists.create',
  method: 'POST',
  path: '/lists',
  access: 'discovery:write',
  summary: 'Create a list',
  input: z.object({ name: listName, personIds: z.array(z.string().min(1).max(60)).max(membersMax).default([]) }),
  output: listSchema,
});
export const getList = endpoint({
  name: 'lists.get',
  method: 'GET',
  path: '/lists/:listId',
  access: 'discovery:read',
  summary: 'A list',
  input: z.object({ listId }),
  output: listSchema,
});
export const listMembers = endpoint({
  name: 'lists.members',
  method: 'GET',
  path: '/lists/:listId/members',
  access: 'discovery:read',
  summary: 'Members of a list, newest first',
  input: z.object({ listId, ...pageInput }),
  output: pageOf(listMemberSchema),
});
export const updateList = endpoint({
  name: 'lists.update',
  method: 'PATCH',
  path: '/lists/:listId',
  access: 'discovery:write',
  summary: 'Rename, archive or reopen a list',
  input: z.object({ listId, name: listName.optional(), archived: z.boolean().optional() }),
  output: listSchema,
});
export const addToList = endpoint({
  name: 'lists.add',
  method: 'POST',
  path: '/lists/:listId/members',
  access: 'discovery:write',
  summary: 'Put creators on a list; those on it already stay as they are',
  input: z.object({ listId, personIds, note: note.optional() }),
  output: z.object({ added: z.number().int(), already: z.number().int() }),
});
export const removeFromList = endpoint({
  name: 'lists.remove',
  method: 'POST',
  path: '/lists/:listId/members/remove',
  access: 'discovery:write',
  summary: 'Take creators off a list',
  input: z.object({ listId, personIds }),
  output: z.object({ removed: z.number().int() }),
});
export const noteListMember = endpoint({
  name: 'lists.note',
  method: 'PATCH',
  path: '/lists/:listId/members/:personId',
  access: 'discovery:write',
  summary: 'Write the note beside a member',
  input: z.object({ listId, personId: z.string().max(60), note: note.nullable() }),
  output: z.object({ note: z.string().nullable() }),
});
export const exportList = endpoint({
  name: 'lists.export',
  method: 'GET',
  path: '/lists/:listId/export',
  access: 'discovery:read',
  transport: 'download',
  summary: 'A list as CSV',
  input: z.object({ listId }),
});
export const listsOfCreator = endpoint({
  name: 'lists.of-creator',
  method: 'GET',
  path: '/creators/:personId/lists',
  access: 'discovery:read',
  summary: 'Lists a creator is on',
  input: z.object({ personId: z.string().max(60) }),
  output: z.object({ rows: z.array(z.object({ id: z.string(), name: z.string(), note: z.string().nullable() })) }),
});

export const savedSearchSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    query: savedQuerySchema,
    createdBy: z.string(),
    createdAt: instantSchema,
  })
  .meta({ id: 'SavedSearch' });
export type SavedSearch = z.infer<typeof savedSearchSchema>;
export const listSearches = endpoint({
  name: 'searches.list',
  method: 'GET',
  path: '/saved-searches',
  access: 'discovery:read',
  summary: 'Saved searches, by name',
  input: z.object(pageInput),
  output: pageOf(savedSearchSchema),
});
export const saveSearch = endpoint({
  name: 'searches.save',
  method: 'POST',
  path: '/saved-searches',
  access: 'discovery:write',
  summary: 'Save a search',
  input: z.object({ name: listName, query: savedQuerySchema }),
  output: savedSearchSchema,
});
export const deleteSearch = endpoint({
  name: 'searches.delete',
  method: 'DELETE',
  path: '/saved-searches/:searchId',
  access: 'discovery:write',
  summary: 'Delete a saved search',
  input: z.object({ searchId: z.string().max(60) }),
  output: z.null(),
});
export const runSearch = endpoint({
  name: 'searches.run',
  method: 'POST',
  path: '/saved-searches/:searchId/run',
  access: 'discovery:read',
  summary: 'Run a saved search',
  input: z.object({ searchId: z.string().max(60), facets: queryShape.facets, ...pageInput }),
  output: searchAnswerSchema,
});
