import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { guestEntryShape, guestLinkShape, newGuestLinkShape } from '#kernel/guest-link.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import { peersSchema } from './answer.ts';
import { voteSchema } from './lists.ts';

/** What a shared list can show of each creator beside name, platform and handle. Notes and votes of the team are never among it. */
export const shareColumns = [
  'followers',
  'tier',
  'engagementRate',
  'peers',
  'growth',
  'avgLikes',
  'avgComments',
  'avgViews',
  'country',
  'city',
  'languages',
  'niches',
  'lastPost',
  'bio',
] as const;
export const shareColumnSchema = z.enum(shareColumns);
export type ShareColumn = z.infer<typeof shareColumnSchema>;
export const defaultShareColumns: ShareColumn[] = ['followers', 'engagementRate', 'peers', 'country', 'niches', 'bio'];

export const listShareSchema = z
  .object({
    ...guestLinkShape,
    columns: z.array(shareColumnSchema),
    canVote: z.boolean(),
    canComment: z.boolean(),
  })
  .meta({ id: 'ListShare' });
export type ListShare = z.infer<typeof listShareSchema>;

const listId = z.string().max(60);
export const shareList = endpoint({
  name: 'lists.share',
  method: 'POST',
  path: '/lists/:listId/shares',
  access: 'discovery:write',
  summary: 'Make a link by which somebody outside sees the list; the link is told once',
  input: z.object({
    listId,
    ...newGuestLinkShape,
    columns: z.array(shareColumnSchema).max(shareColumns.length).default(defaultShareColumns),
    canVote: z.boolean().default(false),
    canComment: z.boolean().default(false),
  }),
  output: z.object({ share: listShareSchema, link: z.string() }),
});
export const listShares = endpoint({
  name: 'lists.shares',
  method: 'GET',
  path: '/lists/:listId/shares',
  access: 'discovery:read',
  summary: 'Links of a list, newest first, ended ones too',
  input: z.object({ listId, ...pageInput }),
  output: pageOf(listShareSchema),
});
export const revokeShare = endpoint({
  name: 'lists.revoke-share',
  method: 'POST',
  path: '/lists/:listId/shares/:shareId/revoke',
  access: 'discovery:write',
  summary: 'End a link at once',
  input: z.object({ listId, shareId: z.string().max(60) }),
  output: listShareSchema,
});

const originSchema = z.object({ source: z.string(), at: z.string(), n: z.number().optional() });
export const sharedMemberSchema = z
  .object({
    personId: z.string(),
    name: z.string().nullable(),
    platform: z.string().nullable(),
    handle: z.string().nullable(),
    url: z.string().nullable(),
    followers: z.number().nullable().optional(),
    tier: z.string().nullable().optional(),
    engagementRate: z.number().nullable().optional(),
    peers: peersSchema.nullable().optional(),
    growth: z.number().nullable().optional().describe('Over 6 months'),
    avgLikes: z.number().nullable().optional(),
    avgComments: z.number().nullable().optional(),
    avgViews: z.number().nullable().optional(),
    country: z.string().nullable().optional(),
    city: z.string().nullable().optional(),
    languages: z.array(z.string()).optional(),
    niches: z.array(z.string()).optional(),
    lastPost: z.string().nullable().optional(),
    bio: z.string().nullable().optional(),
    origins: z.record(z.string(), originSchema).describe('Where the figures come from; * is all without an entry'),
    myVote: voteSchema.nullable(),
    comments: z
      .array(z.object({ authorName: z.string(), body: z.string(), at: instantSchema }))
      .describe('Of guests of this link'),
  })
  .meta({ id: 'SharedMember' });
export type SharedMember = z.infer<typeof sharedMemberSchema>;

const tokenShape = {
  ...guestEntryShape,
  guestKey: z
    .string()
    .min(16)
    .max(100)
    .optional()
    .describe('Random text the guest’s browser keeps, so that a vote can be changed'),
};
export const sharedListSchema = z.object({
  listName: z.string(),
  workspaceName: z.string(),
  forName: z.string(),
  columns: z.array(shareColumnSchema),
  canVote: z.boolean(),
  canComment: z.boolean(),
  expiresAt: instantSchema,
  members: z.number().int(),
  rows: z.array(sharedMemberSchema),
  nextCursor: z.string().nullable(),
});
export type SharedList = z.infer<typeof sharedListSchema>;
export const openShare = endpoint({
  name: 'shares.open',
  method: 'POST',
  path: '/shared-lists/open',
  access: 'public',
  inWorkspace: false,
  summary: 'A page of a shared list, for whoever holds the link',
  input: z.object({ ...tokenShape, ...pageInput }),
  output: sharedListSchema,
});
const guestShape = {
  ...tokenShape,
  guestKey: z.string().min(16).max(100),
  guestName: z.string().trim().min(1).max(80),
  personId: z.string().max(60),
};
export const voteAsGuest = endpoint({
  name: 'shares.vote',
  method: 'POST',
  path: '/shared-lists/vote',
  access: 'public',
  inWorkspace: false,
  summary: 'Vote on a creator of a shared list, where the link allows it',
  input: z.object({ ...guestShape, vote: voteSchema.nullable() }),
  output: z.object({ vote: voteSchema.nullable() }),
});
export const commentAsGuest = endpoint({
  name: 'shares.comment',
  method: 'POST',
  path: '/shared-lists/comment',
  access: 'public',
  inWorkspace: false,
  summary: 'Say something about a creator of a shared list, where the link allows it',
  input: z.object({ ...guestShape, body: z.string().trim().min(1).max(2000) }),
  output: z.object({ at: instantSchema }),
});
