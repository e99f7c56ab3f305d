import { type MailHostKind, mailHostKind } from './disposable-domains.ts';

export interface MailAddress {
  /** One spelling for all that reach the same mailbox: lower case, no +tag, no dots for Gmail. */
  normal: string;
  host: string;
  kind: MailHostKind;
}

const dotless = new Set(['gmail.com', 'googlemail.com']);

/** Takes an address apart; null for text that is none. */
export function readMailAddress(text: string): MailAddress | null {
  const match = /^([^\s@]+)@([^\s@]+\.[^\s@]+)$/.exec(text.trim().toLowerCase());
  if (match === null) return null;
  const [, name = '', given = ''] = match;
  const host = given.replace(/\.$/, '');
  const bare = name.replace(/(?<=.)\+.*$/, '');
  const isGmail = dotless.has(host);
  const local = isGmail ? bare.replaceAll('.', '') : bare;
  return { normal: `${local}@${isGmail ? 'gmail.com' : host}`, host, kind: mailHostKind(host) };
}
