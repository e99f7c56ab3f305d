import { z } from 'zod';
import { areas, endpoint } from '#kernel/endpoint.ts';
import { isKnownCurrency } from '#kernel/money.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { daySchema, instantSchema, isTimeZone } from '#kernel/time.ts';

export const roles = ['owner', 'admin', 'manager', 'analyst', 'finance', 'viewer'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

const scopes = areas.flatMap((area) => [`${area}:read`, `${area}:write`] as const);
export const scopeSchema = z.enum(scopes);

const nameField = z.string().trim().min(1, 'is empty').max(120, 'is longer than 120 characters');
const slugField = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'takes small letters, digits and hyphens, at most 63, such as my-brand');
const currencyField = z
  .string()
  .refine(isKnownCurrency, 'is not an ISO 4217 currency code; use one such as USD, EUR or JPY');
const timeZoneField = z.string().refine(isTimeZone, 'is not an IANA time zone; use one such as Europe/Paris');
const emailField = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('is not an e-mail address, such as ana@example.com').max(254));
const newPasswordField = z.string().min(8, 'has fewer than 8 characters').max(200, 'has more than 200 characters');

export const workspaceSchema = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    currency: z.string().describe('ISO 4217; the currency reports are shown in'),
    timeZone: z.string().describe('IANA name; days begin and end here'),
    isSample: z.boolean().describe('True for the invented sample workspace'),
    createdAt: instantSchema,
  })
  .meta({ id: 'Workspace' });
export type Workspace = z.infer<typeof workspaceSchema>;

const ownWorkspaceSchema = workspaceSchema.extend({
  role: roleSchema,
  scopes: z.array(scopeSchema).describe('What the role may do'),
});

export const sessionSchema = z
  .object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
    workspaces: z.array(ownWorkspaceSchema),
    setUpNeeded: z.boolean().describe('True while the installation has no owner yet'),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof sessionSchema>;

export const getSession = endpoint({
  name: 'session.get',
  method: 'GET',
  path: '/session',
  access: 'public',
  inWorkspace: false,
  summary: 'Who is signed in, and the workspaces they may open',
  output: sessionSchema,
});

export const setUp = endpoint({
  name: 'session.set-up',
  method: 'POST',
  path: '/set-up',
  access: 'public',
  inWorkspace: false,
  summary: 'Make the first owner and their workspace; once, from this machine or with the link printed at start',
  input: z.object({
    name: nameField.describe('Name of the person'),
    email: emailField,
    password: newPasswordField,
    workspaceName: nameField,
    currency: currencyField.default('USD'),
    timeZone: timeZoneField.default('UTC'),
    token: z.string().max(200).optional().describe('From the link printed at start'),
  }),
  output: z.object({ workspace: workspaceSchema }),
});

export const canSetUp = endpoint({
  name: 'session.can-set-up',
  method: 'POST',
  path: '/set-up/check',
  access: 'public',
  inWorkspace: false,
  summary: 'Whether the first owner may be made from here, or only with the link printed at start',
  input: z.object({ token: z.string().max(200).optional() }),
  output: z.object({ needed: z.boolean(), allowed: z.boolean() }),
});

export const listWorkspaces = endpoint({
  name: 'workspaces.list',
  method: 'GET',
  path: '/workspaces',
  access: 'signed-in',
  inWorkspace: false,
  summary: 'The workspaces the caller may open',
  output: z.object({ rows: z.array(workspaceSchema) }),
});

export const createWorkspace = endpoint({
  name: 'workspaces.create',
  method: 'POST',
  path: '/workspaces',
  access: 'signed-in',
  inWorkspace: false,
  summary: 'Make a workspace; its maker becomes its owner',
  input: z.object({
    name: nameField,
    slug: slugField.optional().describe('Made from the name when absent'),
    currency: currencyField.default('USD'),
    timeZone: timeZoneField.default('UTC'),
  }),
  output: workspaceSchema,
});

export const getWorkspaceSettings = endpoint({
  name: 'workspaces.get',
  method: 'GET',
  path: '/workspace',
  access: 'workspace:read',
  summary: 'The workspace of the call',
  output: workspaceSchema,
});

export const updateWorkspace = endpoint({
  name: 'workspaces.update',
  method: 'PATCH',
  path: '/workspace',
  access: 'workspace:write',
  summary: 'Change name, slug, currency or time zone of the workspace',
  input: z.object({
    name: nameField.optional(),
    slug: slugField.optional(),
    currency: currencyField.optional(),
    timeZone: timeZoneField.optional(),
  }),
  output: workspaceSchema,
});

export const memberSchema = z
  .object({
    id: z.string(),
    userId: z.string(),
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    createdAt: instantSchema,
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof memberSchema>;

export const listMembers = endpoint({
  name: 'members.list',
  method: 'GET',
  path: '/members',
  access: 'members:read',
  summary: 'People of the workspace and their roles, by name',
  output: z.object({ rows: z.array(memberSchema) }),
});

export const changeMemberRole = endpoint({
  name: 'members.change-role',
  method: 'PATCH',
  path: '/members/:memberId',
  access: 'members:write',
  summary: 'Give a member another role',
  input: z.object({ memberId: z.string(), role: roleSchema }),
  output: memberSchema,
});

export const removeMember = endpoint({
  name: 'members.remove',
  method: 'DELETE',
  path: '/members/:memberId',
  access: 'members:write',
  summary: 'Take a person out of the workspace',
  input: z.object({ memberId: z.string() }),
});

export const invitationSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    role: roleSchema,
    invitedBy: z.string().describe('Name of who invited'),
    createdAt: instantSchema,
    expiresAt: instantSchema,
    isExpired: z.boolean(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitationSchema>;

export const listInvitations = endpoint({
  name: 'invitations.list',
  method: 'GET',
  path: '/invitations',
  access: 'members:read',
  summary: 'Invitations nobody has accepted yet, newest first',
  output: z.object({ rows: z.array(invitationSchema) }),
});

export const createInvitation = endpoint({
  name: 'invitations.create',
  method: 'POST',
  path: '/invitations',
  access: 'members:write',
  summary:
    'Invite a person; the answer holds the link to give them, once. An earlier invitation of the same address ends.',
  input: z.object({ email: emailField, role: roleSchema }),
  output: z.object({ invitation: invitationSchema, link: z.string().describe('Works once, for 7 days') }),
});

export const revokeInvitation = endpoint({
  name: 'invitations.revoke',
  method: 'DELETE',
  path: '/invitations/:invitationId',
  access: 'members:write',
  summary: 'End an invitation; its link stops working',
  input: z.object({ invitationId: z.string() }),
});

const tokenField = z.string().min(1).max(200).describe('Last part of the link');

export const lookUpInvitation = endpoint({
  name: 'invitations.look-up',
  method: 'POST',
  path: '/invitations/look-up',
  access: 'public',
  inWorkspace: false,
  summary: 'What a link invites to, for its holder',
  input: z.object({ token: tokenField }),
  output: z.object({
    workspaceName: z.string(),
    invitedBy: z.string(),
    email: z.string(),
    role: roleSchema,
    expiresAt: instantSchema,
    hasAccount: z.boolean().describe('True when that address signs in already'),
  }),
});

export const acceptInvitation = endpoint({
  name: 'invitations.accept',
  method: 'POST',
  path: '/invitations/accept',
  access: 'public',
  inWorkspace: false,
  summary: 'Join the workspace: signed in as the invited address, or with a name and password for a new account',
  input: z.object({ token: tokenField, name: nameField.optional(), password: newPasswordField.optional() }),
  output: z.object({ workspace: workspaceSchema }),
});

export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().describe('First part of the key, to tell keys apart'),
    scopes: z.array(z.string()),
    createdBy: z.string().describe('Name of who made it'),
    createdAt: instantSchema,
    expiresAt: instantSchema.nullable(),
    lastUsedAt: instantSchema.nullable().describe('To the minute'),
    revokedAt: instantSchema.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeySchema>;

export const listApiKeys = endpoint({
  name: 'api-keys.list',
  method: 'GET',
  path: '/api-keys',
  access: 'api-keys:read',
  summary: 'API keys of the workspace, newest first, without their secrets',
  output: z.object({ rows: z.array(apiKeySchema) }),
});

export const createApiKey = endpoint({
  name: 'api-keys.create',
  method: 'POST',
  path: '/api-keys',
  access: 'api-keys:write',
  summary: 'Make an API key; the answer holds the key, once',
  input: z.object({
    name: nameField,
    scopes: z
      .array(z.union([z.literal('all'), scopeSchema]))
      .min(1, 'names no scope')
      .max(50)
      .describe('`all`, or scopes such as `creators:read`; writing includes reading'),
    expiresAt: instantSchema.optional().describe('Never when absent'),
  }),
  output: apiKeySchema.extend({ key: z.string().describe('Shown this once') }),
});

export const revokeApiKey = endpoint({
  name: 'api-keys.revoke',
  method: 'DELETE',
  path: '/api-keys/:keyId',
  access: 'api-keys:write',
  summary: 'Make a key stop working, at once and for ever',
  input: z.object({ keyId: z.string() }),
  output: apiKeySchema,
});

export const actorKinds = ['user', 'api_key', 'system'] as const;

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: instantSchema,
    actor: z.object({ kind: z.enum(actorKinds), id: z.string(), name: z.string() }),
    action: z.string().describe('`<subject>.<what happened>`, such as campaign.created'),
    subjectKind: z.string(),
    subjectId: z.string(),
    changes: z.record(z.string(), z.unknown()),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const listAudit = endpoint({
  name: 'audit.list',
  method: 'GET',
  path: '/audit',
  access: 'audit:read',
  summary: 'Who changed what, newest first',
  input: z.object({
    subjectKind: z.string().max(60).optional(),
    subjectId: z.string().max(60).optional(),
    actorId: z.string().max(60).optional(),
    action: z.string().max(60).optional().describe('The action, or the part before its point'),
    from: daySchema.optional().describe('First day, in the time zone of the workspace'),
    to: daySchema.optional().describe('Last day, in the time zone of the workspace'),
    ...pageInput,
  }),
  output: pageOf(auditEntrySchema),
});

export const listAuditFilters = endpoint({
  name: 'audit.filters',
  method: 'GET',
  path: '/audit/filters',
  access: 'audit:read',
  summary: 'Actors and actions that occur in the audit trail',
  output: z.object({
    actors: z.array(z.object({ id: z.string(), name: z.string() })),
    actions: z.array(z.string()),
  }),
});

export const updateProfile = endpoint({
  name: 'profile.update',
  method: 'PATCH',
  path: '/profile',
  access: 'signed-in',
  inWorkspace: false,
  summary: 'Change the own name',
  input: z.object({ name: nameField }),
});

export const changePassword = endpoint({
  name: 'profile.change-password',
  method: 'POST',
  path: '/profile/password',
  access: 'signed-in',
  inWorkspace: false,
  summary: 'Change the own password; every other session ends',
  input: z.object({ currentPassword: z.string().min(1).max(200), newPassword: newPasswordField }),
  output: z.object({ sessionsEnded: z.number().int() }),
});

export const signOutEverywhere = endpoint({
  name: 'profile.sign-out-everywhere',
  method: 'POST',
  path: '/profile/sign-out-everywhere',
  access: 'signed-in',
  inWorkspace: false,
  summary: 'End every session of the caller, this one too',
  output: z.object({ sessionsEnded: z.number().int() }),
});

export const removeSample = endpoint({
  name: 'sample.remove',
  method: 'DELETE',
  path: '/sample',
  access: 'workspace:write',
  summary: 'Remove the sample workspace the caller is in, with everything in it; no other workspace can be removed so',
  output: z.object({ removed: z.literal(true) }),
});
