import { z } from 'zod';
import type { MailConnection } from '#infra/mail/carrier.ts';
import type { Infra } from '#infra/module.ts';
import { seal, unseal } from '#infra/seal.ts';
import { type Server, serverSchema } from './api.ts';
import { type MailLogin, MailServerFault } from './mail-servers.ts';
import type { Parts } from './parts.ts';
import { type MailboxRow, updateMailboxRow } from './queries/mailboxes.ts';

export const credentialsSchema = z.union([
  z.object({ password: z.string() }),
  z.object({ clientId: z.string(), clientSecret: z.string().nullable(), refreshToken: z.string() }),
]);
export type Credentials = z.output<typeof credentialsSchema>;

export type MailboxKey = Pick<MailboxRow, 'workspace_id' | 'id'>;

export function sealCredentials(infra: Infra, of: MailboxKey, credentials: Credentials): Buffer {
  return seal(contextOf(infra, of), JSON.stringify(credentials));
}

/** Error: MailServerFault when they were sealed with the secret of another installation. */
export function openCredentials(infra: Infra, mailbox: MailboxKey & Pick<MailboxRow, 'sealed'>): Credentials {
  const text = unseal(contextOf(infra, mailbox), mailbox.sealed);
  if (text === null)
    throw new MailServerFault('login', 'The stored password was sealed by another installation. Enter it again.');
  return credentialsSchema.parse(JSON.parse(text));
}

function contextOf(infra: Infra, of: MailboxKey) {
  return { secret: infra.secret, label: 'mailboxes', owner: `${of.workspace_id}:${of.id}` };
}

/** What opens both servers: the password, or an access token that still holds. A provider's new refresh token is kept. Error: MailServerFault. */
export async function loginOf(parts: Parts, mailbox: MailboxRow): Promise<MailLogin> {
  const { infra, servers, tokens } = parts;
  const credentials = openCredentials(infra, mailbox);
  if ('password' in credentials) return { kind: 'password', user: mailbox.user_name, password: credentials.password };
  const key = `${mailbox.workspace_id}:${mailbox.id}:${credentials.clientId}`;
  const now = infra.clock.now();
  const held = tokens.get(key);
  if (held !== undefined && held.expiresAt > now)
    return { kind: 'token', user: mailbox.user_name, accessToken: held.accessToken };
  if (mailbox.token_url === null) throw new MailServerFault('login', 'The address that gives tokens is not known.');
  const answer = await servers.refreshToken({ tokenUrl: mailbox.token_url, ...credentials }, now);
  tokens.set(key, answer);
  const { refreshToken } = answer;
  if (refreshToken !== null && refreshToken !== credentials.refreshToken) {
    const sealed = sealCredentials(infra, mailbox, { ...credentials, refreshToken });
    // One that is just being connected has no row yet: it is inserted with what stands here.
    mailbox.sealed = sealed;
    await infra.db.inWorkspace(mailbox.workspace_id, (tx) =>
      updateMailboxRow(tx, mailbox.workspace_id, { id: mailbox.id, set: { sealed } }),
    );
  }
  return { kind: 'token', user: mailbox.user_name, accessToken: answer.accessToken };
}

/** The mailbox's way out. Error: MailServerFault. */
export async function openOut(
  parts: Parts,
  mailbox: MailboxRow,
): Promise<MailConnection & { verify(): Promise<void> }> {
  return parts.servers.openSmtp({
    server: smtpOf(mailbox),
    login: await loginOf(parts, mailbox),
    from: { name: mailbox.sender_name, address: mailbox.address },
  });
}

export function smtpOf(mailbox: Pick<MailboxRow, 'smtp'>): Server {
  return serverSchema.parse(mailbox.smtp);
}

export function imapOf(mailbox: Pick<MailboxRow, 'imap'>): Server | null {
  return mailbox.imap === null ? null : serverSchema.parse(mailbox.imap);
}
