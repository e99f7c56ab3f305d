import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { emailField, nameField, newPasswordField } from './fields.ts';
import { roleSchema } from './roles.ts';
import { workspaceSchema } from './workspace.ts';

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
  output: z.object({
    invitation: invitationSchema,
    link: z.string().describe('Works once, for 7 days'),
    isMailed: z.boolean().describe('True when it goes to them by mail too; otherwise the link is for you to send'),
  }),
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
