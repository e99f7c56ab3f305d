import type { MailConnection } from '#infra/mail/carrier.ts';
import { pinHost } from '#infra/mail/pin-host.ts';
import { openSmtp } from '#infra/mail/smtp.ts';
import { type MailLogin, MailServerFault, type Server } from '#modules/outreach/index.ts';

/** Opens a mailbox's way out. Nothing is said to the server before the first mail or `verify`. Error: MailServerFault. */
export async function openMailbox(
  allowedHosts: readonly string[],
  at: { server: Server; login: MailLogin; from: { name: string | null; address: string } },
): Promise<MailConnection & { verify(): Promise<void> }> {
  const { server, login, from } = at;
  const found = await pinHost(allowedHosts, server);
  if (!found.ok) throw new MailServerFault('refused', found.reason);
  const { address, serverName, isTrusted } = found.pinned;
  const connection = openSmtp({
    host: address,
    port: server.port,
    isTls: server.isTls,
    // A password crosses no foreign network in the clear.
    requireTls: !server.isTls && !isTrusted,
    ...(serverName === null ? {} : { serverName }),
    login,
    from,
  });
  return { ...connection, verify: () => connection.verify().catch((error) => Promise.reject(toFault(error, server))) };
}

function toFault(error: unknown, server: Server): MailServerFault {
  const read = (name: string) => (error instanceof Error && name in error ? String(Reflect.get(error, name)) : '');
  const said = (read('response') || (error instanceof Error ? error.message : '')).replace(/\s+/g, ' ').slice(0, 300);
  const code = read('code');
  const place = `${server.host}:${server.port}`;
  if (code === 'EAUTH' || code === 'EOAUTH2' || code === 'ENOAUTH')
    return new MailServerFault('login', `${place} does not accept the login: ${said}`);
  if (code === 'ETLS') return new MailServerFault('refused', `${place} offers no encryption: ${said}`);
  if (['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ECONNREFUSED'].includes(code)) {
    const hint = server.isTls ? 'Is it the port for TLS (465)?' : 'Is it the port for STARTTLS (587)?';
    return new MailServerFault('unreachable', `${place} did not answer: ${said}. ${hint}`);
  }
  return new MailServerFault('refused', `${place} says: ${said}`);
}
