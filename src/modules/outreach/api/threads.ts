import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';
import { bodyField, id, personIdsField, subjectField } from './fields.ts';

export const channels = ['email', 'dm', 'phone', 'meeting', 'other'] as const;
export const channelSchema = z.enum(channels);

export const messageStates = [
  'received',
  'noted',
  'draft',
  'queued',
  'sent',
  'failed',
  'refused',
  'off',
  'bounced',
  'discarded',
] as const;
export type MessageState = (typeof messageStates)[number];

export const threadSchema = z
  .object({
    id,
    personId: z.string(),
    name: z.string(),
    mailboxId: z.string().nullable(),
    campaignId: z.string().nullable(),
    subject: z.string(),
    address: z.string().nullable(),
    state: z.enum(['open', 'done']),
    isUnread: z.boolean(),
    waitingSince: instantSchema.nullable().describe('Since when the creator waits for an answer'),
    wantsStop: z.boolean().describe('They asked in so many words to be left alone'),
    lastAt: instantSchema,
    lastDirection: z.enum(['in', 'out']),
    snippet: z.string(),
    messages: z.number().int(),
  })
  .meta({ id: 'MailThread' });
export type Thread = z.infer<typeof threadSchema>;

export const messageSchema = z
  .object({
    id,
    threadId: z.string(),
    direction: z.enum(['in', 'out']),
    channel: channelSchema,
    kind: z.enum(['message', 'auto_reply', 'bounce']),
    state: z.enum(messageStates),
    subject: z.string(),
    text: z.string().describe('What was written now'),
    quoted: z.string().describe('What their program quoted below it'),
    from: z.string().nullable(),
    to: z.string().nullable(),
    authorName: z.string().nullable(),
    outcome: z.string().nullable(),
    why: z.string().nullable().describe('What the server said, or why it was not sent'),
    madeFrom: z
      .object({ postId: z.string(), url: z.string().nullable(), excerpt: z.string(), how: z.string() })
      .nullable()
      .describe('The post a draft was made from'),
    attachments: z.array(z.object({ name: z.string(), contentType: z.string(), bytes: z.number().int() })),
    openedAt: instantSchema.nullable(),
    at: instantSchema,
  })
  .meta({ id: 'MailMessage' });
export type Message = z.infer<typeof messageSchema>;

export const listThreads = endpoint({
  name: 'threads.list',
  method: 'GET',
  path: '/outreach/threads',
  access: 'outreach:read',
  summary: 'Conversations, the newest message first',
  input: z.object({
    ...pageInput,
    box: z.enum(['waiting', 'open', 'done', 'all']).default('open').describe('waiting: the creator waits for us'),
    personId: id.optional(),
    campaignId: id.optional(),
    q: z.string().trim().max(200).optional().describe('Words of subject or messages, or an address'),
  }),
  output: pageOf(threadSchema),
});

export const countThreads = endpoint({
  name: 'threads.count',
  method: 'GET',
  path: '/outreach/threads/count',
  access: 'outreach:read',
  summary: 'How many conversations wait for us, and how many drafts for approval',
  output: z.object({ waiting: z.number().int(), unread: z.number().int(), drafts: z.number().int() }),
});

export const getThread = endpoint({
  name: 'threads.get',
  method: 'GET',
  path: '/outreach/threads/:threadId',
  access: 'outreach:read',
  summary: 'A conversation with its messages, oldest first',
  input: z.object({ threadId: id }),
  output: z.object({
    thread: threadSchema,
    messages: z.array(messageSchema),
    reach: z.object({
      to: z.string().nullable(),
      problems: z.array(z.string()).describe('Why no mail can be sent here; empty when one can'),
    }),
  }),
});

export const replyToThread = endpoint({
  name: 'threads.reply',
  method: 'POST',
  path: '/outreach/threads/:threadId/reply',
  access: 'outreach:write',
  summary: 'Answer in the conversation; it goes out at once, under the headers that keep it together',
  input: z.object({
    threadId: id,
    text: bodyField,
    key: z.string().min(8).max(100).describe('Made by the page: pressed twice is sent once'),
  }),
  output: messageSchema,
});

export const markThread = endpoint({
  name: 'threads.mark',
  method: 'PATCH',
  path: '/outreach/threads/:threadId',
  access: 'outreach:write',
  summary: 'Mark as read, done or open again, or tie to a campaign',
  input: z.object({
    threadId: id,
    isUnread: z.boolean().optional(),
    state: z.enum(['open', 'done']).optional(),
    campaignId: id.nullable().optional(),
  }),
  output: threadSchema,
});

export const logTouch = endpoint({
  name: 'threads.log',
  method: 'POST',
  path: '/outreach/touches',
  access: 'outreach:write',
  summary: 'Note a direct message, call or meeting that happened elsewhere',
  input: z.object({
    personId: id,
    campaignId: id.optional(),
    channel: channelSchema,
    direction: z.enum(['in', 'out']).default('out'),
    note: z.string().trim().min(1, 'Write what was said').max(10_000),
    outcome: z.enum(['reached', 'no_answer', 'interested', 'declined', 'call_back', 'other']).nullable().default(null),
    at: instantSchema.optional().describe('Now when left out; not in the future'),
  }),
  output: messageSchema,
});

export const proposeDrafts = endpoint({
  name: 'drafts.propose',
  method: 'POST',
  path: '/outreach/drafts',
  access: 'outreach:write',
  summary: 'Drafts that speak of a recent post of each creator; nothing is sent before a person approves it',
  input: z.object({
    personIds: personIdsField.max(50, 'At most 50 drafts at once'),
    campaignId: id.optional(),
    mailboxId: id.optional(),
    usesModel: z.boolean().default(false).describe('Have the configured language model write it; off by itself'),
  }),
  output: z.object({
    made: z.array(messageSchema),
    leftOut: z.array(z.object({ personId: z.string(), name: z.string(), reason: z.string() })),
  }),
});

export const listDrafts = endpoint({
  name: 'drafts.list',
  method: 'GET',
  path: '/outreach/drafts',
  access: 'outreach:read',
  summary: 'Drafts that wait for somebody to approve them, oldest first',
  input: z.object({ personId: id.optional(), campaignId: id.optional() }),
  output: z.object({ rows: z.array(messageSchema.extend({ personId: z.string(), name: z.string() })) }),
});

export const changeDraft = endpoint({
  name: 'drafts.update',
  method: 'PATCH',
  path: '/outreach/drafts/:messageId',
  access: 'outreach:write',
  summary: 'Change subject or text of a draft',
  input: z.object({ messageId: id, subject: subjectField.optional(), text: bodyField.optional() }),
  output: messageSchema,
});

export const approveDraft = endpoint({
  name: 'drafts.approve',
  method: 'POST',
  path: '/outreach/drafts/:messageId/approve',
  access: 'outreach:write',
  summary: 'Approve a draft: it goes out within sending hours, under your name',
  input: z.object({ messageId: id }),
  output: messageSchema,
});

export const discardDraft = endpoint({
  name: 'drafts.discard',
  method: 'POST',
  path: '/outreach/drafts/:messageId/discard',
  access: 'outreach:write',
  summary: 'Throw a draft away',
  input: z.object({ messageId: id }),
  output: z.null(),
});
