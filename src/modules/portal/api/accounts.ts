import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { portalSessionSchema } from './session.ts';

const email = z.email('is not an e-mail address').max(254);
const password = z.string().min(8, 'has at least 8 characters').max(200);

export const sendPortalCode = endpoint({
  name: 'portalAccounts.sendCode',
  method: 'POST',
  path: '/portal-sessions/code',
  access: 'public',
  inWorkspace: false,
  summary: 'Send a code of six digits to an e-mail, by which its holder signs in to the portal or makes an account',
  input: z.object({ email }),
  output: z.object({
    state: z
      .enum(['sent', 'off'])
      .describe(
        '`sent`, also when nobody has this address; `off` when nothing carries mails: ask the brand for a link',
      ),
  }),
});

export const confirmPortalCode = endpoint({
  name: 'portalAccounts.confirmCode',
  method: 'POST',
  path: '/portal-sessions/code/confirm',
  access: 'public',
  inWorkspace: false,
  summary: 'Sign in with the code that was sent; the first time it makes the account',
  input: z.object({ email, code: z.string().regex(/^\s*\d{3}\s?\d{3}\s*$/, 'is six digits') }),
  output: portalSessionSchema,
});

export const signInToPortal = endpoint({
  name: 'portalAccounts.signIn',
  method: 'POST',
  path: '/portal-sessions/sign-in',
  access: 'public',
  inWorkspace: false,
  summary: 'Sign in to the portal with e-mail and password',
  input: z.object({ email, password: z.string().min(1).max(200) }),
  output: portalSessionSchema,
});

export const makePortalAccount = endpoint({
  name: 'portalAccounts.make',
  method: 'POST',
  path: '/portal/account',
  access: 'portal',
  summary: 'Make an account without a code by mail, from a link a member handed over for it',
  input: z.object({ email, password }),
  output: portalSessionSchema,
});

export const setPortalPassword = endpoint({
  name: 'portalAccounts.setPassword',
  method: 'POST',
  path: '/portal/account/password',
  access: 'portal',
  summary: 'Choose a password for the account; other browsers are signed out',
  input: z.object({ password, oldPassword: z.string().max(200).optional() }),
});
