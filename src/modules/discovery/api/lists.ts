import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import { hitSchema } from './answer.ts';

const listName = z.string().trim().min(1).max(120);
const listId = z.string().max(60);
const note = z.string().max(2000);
export const listSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    note: z.string().nullable(),
    tags: z.array(z.string()),
    ownerId: z.string().nullable().describe('Member of the workspace who looks after the list'),
    members: z.number().int(),
    createdBy: z.string(),
    createdAt: instantSchema,
    archivedAt: instantSchema.nullable(),
  })
  .meta({ id: 'CreatorList' });
export type CreatorList = z.infer<typeof listSchema>;
export const voteSchema = z.enum(['yes', 'maybe', 'no']);
export type Vote = z.infer<typeof voteSchema>;
const authorKind = z.enum(['member', 'guest']).describe('Guests come by a shared link');
export const castVoteSchema = z.object({
  voterKind: authorKind,
  voterId: z.string(),
  voterName: z.string(),
  vote: voteSchema,
  at: instantSchema,
});
export type CastVote = z.infer<typeof castVoteSchema>;
export const listCommentSchema = z
  .object({
    id: z.string(),
    personId: z.string(),
    authorKind,
    authorName: z.string(),
    body: z.string(),
    at: instantSchema,
  })
  .meta({ id: 'ListComment' });
export type ListComment = z.infer<typeof listCommentSchema>;
export const listMemberSchema = z.object({
  personId: z.string(),
  name: z.string().nullable(),
  note: z.string().nullable(),
  addedBy: z.string(),
  addedAt: instantSchema,
  votes: z.array(castVoteSchema).describe('One a person, oldest first'),
  comments: z.number().int(),
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
  input: z.object({ ...pageInput, archived: z.boolean().default(false), tag: z.string().max(60).optional() }),
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
  summary: 'Rename, describe, tag, hand over, archive or reopen a list',
  input: z.object({
    listId,
    name: listName.optional(),
    archived: z.boolean().optional(),
    note: z.string().trim().max(4000).nullable().optional(),
    tags: z.array(z.string().trim().min(1).max(60)).max(20).optional(),
    ownerId: z.string().max(64).nullable().optional(),
  }),
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
export const voteListMember = endpoint({
  name: 'lists.vote',
  method: 'PUT',
  path: '/lists/:listId/members/:personId/vote',
  access: 'discovery:write',
  summary: 'Vote on a member of a list: one vote a person, changed by the next, taken back by null',
  input: z.object({ listId, personId: z.string().max(60), vote: voteSchema.nullable() }),
  output: z.object({ votes: z.array(castVoteSchema) }),
});
export const commentListMember = endpoint({
  name: 'lists.comment',
  method: 'POST',
  path: '/lists/:listId/members/:personId/comments',
  access: 'discovery:write',
  summary: 'Say something about a member of a list; read by the team only',
  input: z.object({ listId, personId: z.string().max(60), body: z.string().trim().min(1).max(2000) }),
  output: listCommentSchema,
});
export const listComments = endpoint({
  name: 'lists.comments',
  method: 'GET',
  path: '/lists/:listId/members/:personId/comments',
  access: 'discovery:read',
  summary: 'What was said about a member of a list, newest first',
  input: z.object({ listId, personId: z.string().max(60), ...pageInput }),
  output: pageOf(listCommentSchema),
});
export const exportList = endpoint({
  name: 'lists.export',
  method: 'GET',
  path: '/lists/:listId/export',
  access: 'discovery:read',
  transport: 'download',
  summary: 'A list as CSV or XLSX',
  input: z.object({ listId, format: z.enum(['csv', 'xlsx']).default('csv') }),
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
