import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { id } from './fields.ts';

export const contactScopeSchema = z
  .enum(['outreach', 'all'])
  .describe('outreach: no more advertising, contracts and the like still arrive; all: nothing at all');

export const doNotContactSchema = z
  .object({
    hash: z.string().describe('Salted; nobody can be read from it'),
    kind: z.enum(['email', 'handle']),
    scope: contactScopeSchema,
    source: z.enum(['unsubscribe', 'reply', 'person', 'import']),
    reason: z.string(),
    createdAt: instantSchema,
  })
  .meta({ id: 'DoNotContact' });
export type DoNotContact = z.infer<typeof doNotContactSchema>;

const subject = {
  personId: id.optional().describe('A creator with all addresses and handles'),
  email: z.email().max(254).optional(),
  handle: z.string().trim().min(1).max(300).optional(),
  platform: platformSchema.optional().describe('Of a bare handle; all platforms when left out'),
};

export const listDoNotContact = endpoint({
  name: 'doNotContact.list',
  method: 'GET',
  path: '/outreach/do-not-contact',
  access: 'outreach:read',
  summary: 'Who must not be written to, newest first, for all workspaces of this installation; salted hashes only',
  input: z.object({ ...pageInput }),
  output: pageOf(doNotContactSchema).extend({ total: z.number().int() }),
});

export const addDoNotContact = endpoint({
  name: 'doNotContact.add',
  method: 'POST',
  path: '/outreach/do-not-contact',
  access: 'outreach:write',
  summary: 'Write no more to a creator, address or handle, in any workspace; what still waits to be sent ends',
  input: z.object({
    ...subject,
    emails: z.array(z.string().trim().max(254)).max(5000).optional().describe('A list brought along, one address each'),
    scope: contactScopeSchema.default('outreach'),
    reason: z.string().trim().min(1).max(300).default('asked not to be contacted'),
  }),
  output: z.object({ added: z.number().int(), stopped: z.number().int() }),
});

export const checkDoNotContact = endpoint({
  name: 'doNotContact.check',
  method: 'POST',
  path: '/outreach/do-not-contact/check',
  access: 'outreach:read',
  summary: 'Whether a creator, address or handle is on the list',
  input: z.object(subject),
  output: z.object({
    scope: contactScopeSchema.nullable(),
    reason: z.string().nullable(),
    since: instantSchema.nullable(),
  }),
});

export const removeDoNotContact = endpoint({
  name: 'doNotContact.remove',
  method: 'POST',
  path: '/outreach/do-not-contact/remove',
  access: 'workspace:write',
  summary: 'Take an address or handle off the list because its owner asked for it; the reason stays in the audit trail',
  input: z.object({
    email: subject.email,
    handle: subject.handle,
    platform: subject.platform,
    reason: z.string().trim().min(5, 'Say who asked, and when').max(300),
  }),
  output: z.object({ removed: z.number().int() }),
});

const token = z.string().min(10).max(200);

export const oneClickUnsubscribe = endpoint({
  name: 'unsubscribe.oneClick',
  method: 'POST',
  path: '/unsubscribe/:token',
  access: 'public',
  inWorkspace: false,
  transport: 'webhook',
  summary: 'RFC 8058: mail programs unsubscribe by this one POST; looking at the address changes nothing',
  input: z.object({ token }),
  output: z.object({ isUnsubscribed: z.literal(true) }),
});

export const readUnsubscribe = endpoint({
  name: 'unsubscribe.get',
  method: 'GET',
  path: '/unsubscribe/:token',
  access: 'public',
  inWorkspace: false,
  summary: 'What the page behind the link in a mail shows',
  input: z.object({ token }),
  output: z.object({
    sender: z.string(),
    address: z.string().describe('Shortened'),
    isUnsubscribed: z.boolean(),
  }),
});

export const readOpenPicture = endpoint({
  name: 'unsubscribe.picture',
  method: 'GET',
  path: '/outreach/picture/:token',
  access: 'public',
  inWorkspace: false,
  transport: 'download',
  summary: 'The picture that tells of an opened mail, where a workspace asks for that',
  input: z.object({ token }),
});
