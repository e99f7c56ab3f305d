import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';
import { connectMailbox, mailboxSchema } from './mailboxes.ts';

/** Where the large providers ask for consent, and what for: IMAP and SMTP, and a token that lasts. */
export const consentScreens = {
  gmail: {
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    scope: 'https://mail.google.com/',
    extra: { access_type: 'offline', prompt: 'consent' },
  },
  microsoft: {
    authorizeUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    scope: 'offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send',
    extra: { response_mode: 'query', prompt: 'consent' },
  },
} as const;

const wanted = connectMailbox.input.omit({ password: true, refreshToken: true });

export const startConsent = endpoint({
  name: 'mailConsents.start',
  method: 'POST',
  path: '/outreach/mailbox-consents',
  access: 'workspace:write',
  summary:
    'Begin connecting a mailbox by the provider’s consent screen, with the client id of an app of your own (PKCE)',
  input: wanted.extend({
    auth: z.enum(['gmail', 'microsoft', 'oauth']),
    clientId: z.string().trim().min(1).max(4000),
    authorizeUrl: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional()
      .describe('Of auth oauth'),
    scope: z.string().trim().min(1).max(1000).optional().describe('Of auth oauth'),
  }),
  output: z.object({
    address: z.string().describe('Send the person here'),
    redirectUri: z.string().describe('Must stand among the app’s redirect addresses, letter by letter'),
    expiresAt: instantSchema,
  }),
});

export const finishConsent = endpoint({
  name: 'mailConsents.finish',
  method: 'POST',
  path: '/outreach/mailbox-consents/finish',
  access: 'workspace:write',
  summary: 'Take what the consent screen answered: once, by whoever began it; then the mailbox is connected',
  input: z.object({
    state: z.string().min(1).max(300),
    code: z.string().min(1).max(4000).optional(),
    error: z.string().max(300).optional().describe('As the provider named it'),
    errorDescription: z.string().max(2000).optional(),
  }),
  output: mailboxSchema,
});
