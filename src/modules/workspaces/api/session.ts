import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { currencyField, emailField, nameField, newPasswordField, timeZoneField } from './fields.ts';
import { roleSchema, scopeSchema } from './roles.ts';
import { workspaceSchema } from './workspace.ts';

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

export const createPasswordReset = endpoint({
  name: 'people.reset-password',
  method: 'POST',
  path: '/password-resets',
  access: 'signed-in',
  inWorkspace: false,
  summary: "Make the link by which a person chooses a new password; from the server's own command line only",
  input: z.object({ email: emailField }),
  output: z.object({
    email: z.string(),
    link: z.string().describe('Works once, for one hour'),
    isMailed: z.boolean().describe('True when it goes to them by mail too'),
  }),
});

export const chooseNewPassword = endpoint({
  name: 'people.choose-password',
  method: 'POST',
  path: '/password-resets/use',
  access: 'public',
  inWorkspace: false,
  summary: 'Choose a new password by a link; every session of the person ends',
  input: z.object({ token: z.string().min(1).max(200).describe('Last part of the link'), password: newPasswordField }),
  output: z.object({ email: z.string() }),
});
