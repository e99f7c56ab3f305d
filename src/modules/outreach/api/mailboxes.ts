import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { id } from './fields.ts';

export const mailboxAuths = ['password', 'gmail', 'microsoft', 'oauth'] as const;
export const mailboxAuthSchema = z.enum(mailboxAuths);
export type MailboxAuth = z.infer<typeof mailboxAuthSchema>;

export const serverSchema = z.object({
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be the name of a server'),
  port: z.number().int().min(1).max(65_535),
  isTls: z.boolean().describe('TLS from the first byte (465, 993); otherwise STARTTLS is insisted on'),
});
export type Server = z.infer<typeof serverSchema>;

/** Where the large providers take mail and give it out. */
export const knownServers = {
  gmail: {
    smtp: { host: 'smtp.gmail.com', port: 465, isTls: true },
    imap: { host: 'imap.gmail.com', port: 993, isTls: true },
    tokenUrl: 'https://oauth2.googleapis.com/token',
  },
  microsoft: {
    smtp: { host: 'smtp.office365.com', port: 587, isTls: false },
    imap: { host: 'outlook.office365.com', port: 993, isTls: true },
    tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
  },
} as const;

export const mailboxSchema = z
  .object({
    id,
    address: z.string(),
    senderName: z.string().nullable(),
    auth: mailboxAuthSchema,
    userName: z.string(),
    smtp: serverSchema,
    imap: serverSchema.nullable().describe('Null: answers are not read here'),
    signature: z.string(),
    dailyLimit: z.number().int(),
    rampStart: z.number().int(),
    rampStep: z.number().int(),
    rampFrom: z.string(),
    gapSeconds: z.number().int(),
    isDefault: z.boolean(),
    state: z.enum(['ok', 'broken', 'paused']),
    fault: z.string().nullable().describe('Why it does not work, in the server’s words'),
    sentToday: z.number().int().describe('Mails of sequences handed over today'),
    limitToday: z.number().int().describe('How many may be, by the ramp'),
    syncedAt: instantSchema.nullable().describe('When answers were read last'),
    createdAt: instantSchema,
  })
  .meta({ id: 'Mailbox' });
export type Mailbox = z.infer<typeof mailboxSchema>;

const secret = z.string().min(1).max(4000);
const limits = {
  senderName: z
    .string()
    .trim()
    .max(100)
    .regex(/^[^\r\n<>"]*$/, 'must be one line without <, > and "')
    .nullable(),
  signature: z.string().trim().max(2000),
  dailyLimit: z.number().int().min(1).max(5000),
  rampStart: z.number().int().min(1).max(5000),
  rampStep: z.number().int().min(0).max(5000),
  gapSeconds: z.number().int().min(0).max(3600),
};

export const listMailboxes = endpoint({
  name: 'mailboxes.list',
  method: 'GET',
  path: '/outreach/mailboxes',
  access: 'outreach:read',
  summary: 'Mailboxes of the workspace with what they sent today; never their passwords',
  output: z.object({ rows: z.array(mailboxSchema) }),
});

export const connectMailbox = endpoint({
  name: 'mailboxes.connect',
  method: 'POST',
  path: '/outreach/mailboxes',
  access: 'workspace:write',
  summary: 'Connect a mailbox; both servers are asked before anything is kept',
  input: z.object({
    address: z.email().max(254),
    auth: mailboxAuthSchema.default('password'),
    userName: z.string().trim().min(1).max(254).optional().describe('The address when left out'),
    password: secret.optional().describe('Of auth password'),
    clientId: secret.optional().describe('Of your own app at the provider, for the other kinds'),
    clientSecret: secret.optional(),
    refreshToken: secret.optional(),
    tokenUrl: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional()
      .describe('Of auth oauth; known for Gmail and Microsoft'),
    smtp: serverSchema.optional().describe('Known for Gmail and Microsoft'),
    imap: serverSchema.nullable().optional().describe('Null reads no answers'),
    senderName: limits.senderName.default(null),
    signature: limits.signature.default(''),
    dailyLimit: limits.dailyLimit.default(50),
    rampStart: limits.rampStart.default(10),
    rampStep: limits.rampStep.default(5),
    gapSeconds: limits.gapSeconds.default(20),
  }),
  output: mailboxSchema,
});

export const updateMailbox = endpoint({
  name: 'mailboxes.update',
  method: 'PATCH',
  path: '/outreach/mailboxes/:mailboxId',
  access: 'workspace:write',
  summary: 'Change limits, signature or password of a mailbox, pause it, or make it the one that is used by itself',
  input: z.object({
    mailboxId: id,
    password: secret.optional(),
    refreshToken: secret.optional(),
    senderName: limits.senderName.optional(),
    signature: limits.signature.optional(),
    dailyLimit: limits.dailyLimit.optional(),
    rampStart: limits.rampStart.optional(),
    rampStep: limits.rampStep.optional(),
    gapSeconds: limits.gapSeconds.optional(),
    isPaused: z.boolean().optional(),
    isDefault: z.literal(true).optional(),
  }),
  output: mailboxSchema,
});

export const testMailbox = endpoint({
  name: 'mailboxes.test',
  method: 'POST',
  path: '/outreach/mailboxes/:mailboxId/test',
  access: 'outreach:write',
  summary: 'Ask both servers whether they let the mailbox in',
  input: z.object({ mailboxId: id }),
  output: z.object({
    smtp: z.object({ isOk: z.boolean(), message: z.string() }),
    imap: z.object({ isOk: z.boolean(), message: z.string() }).nullable(),
  }),
});

export const syncMailbox = endpoint({
  name: 'mailboxes.sync',
  method: 'POST',
  path: '/outreach/mailboxes/:mailboxId/sync',
  access: 'outreach:write',
  summary: 'Read answers now instead of within two minutes',
  input: z.object({ mailboxId: id }),
  output: z.object({ read: z.number().int(), kept: z.number().int() }),
});

export const removeMailbox = endpoint({
  name: 'mailboxes.remove',
  method: 'DELETE',
  path: '/outreach/mailboxes/:mailboxId',
  access: 'workspace:write',
  summary: 'Forget a mailbox and its password; threads stay, what still waited to be sent by it ends',
  input: z.object({ mailboxId: id }),
  output: z.object({ stopped: z.number().int() }),
});
