import { isIP } from 'node:net';
import type { Config } from '../config.ts';
import type { MailCarrier } from './carrier.ts';
import { openSmtp, type SmtpServer } from './smtp.ts';

export type InstallationMail = NonNullable<Config['mail']>;

/** The server of RAPPORT_SMTP_URL. It carries what the program itself says; outreach goes by a workspace's own mailbox. */
export function installationCarrier(mail: InstallationMail): MailCarrier {
  return {
    name: 'installation',
    offers: (_tx, { kind, carrierRef }) =>
      Promise.resolve(
        kind === 'transactional' && carrierRef === null
          ? { domain: domainOf(mail.from.address), carrierRef: null }
          : null,
      ),
    open: () => Promise.resolve(openSmtp(toServer(mail))),
  };
}

/** The part behind the @. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

function toServer({ url, from }: InstallationMail): SmtpServer {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isTls = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  const isHere = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  return {
    host,
    port: url.port === '' ? (isTls ? 465 : 587) : Number(url.port),
    isTls,
    // A password never crosses a network in the clear.
    requireTls: !isTls && !isHere && url.searchParams.get('tls') !== 'off',
    login: user === '' ? { kind: 'none' } : { kind: 'password', user, password: decodeURIComponent(url.password) },
    from,
  };
}
