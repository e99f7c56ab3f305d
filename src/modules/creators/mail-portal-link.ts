import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { readContacts } from './queries/contact-matches.ts';
import { readPersonCards } from './read-person-cards.ts';

export interface PortalMail {
  workspaceId: string;
  personId: string;
  madeBy: string;
  /** Below /p. */
  path: string;
  /** One mail for ever. */
  key: string;
  subject: string;
  /** Paragraphs between greeting and link. */
  lines: readonly string[];
  /** A paragraph behind the link. */
  after?: string;
}

export type PortalMailState = 'queued' | 'off' | 'no_address';

const linkDays = 60;

/** Makes a link into the portal for one creator and mails it where that can be; the link is given back either way, to be copied. Nothing for an erased one. */
export async function mailPortalLink(
  infra: Infra,
  tx: Tx,
  mail: PortalMail,
): Promise<{ link: string; mail: PortalMailState }> {
  const { workspaceId, personId, madeBy, path } = mail;
  const card = (await readPersonCards(tx, workspaceId, [personId])).get(personId);
  if (card === undefined) return { link: '', mail: 'no_address' };
  const link = await infra.portal.link(tx, { workspaceId, personId, path, days: linkDays, madeBy });
  const [contacts] = await readContacts(tx, workspaceId, [personId]);
  const to = contacts?.emails[0];
  if (to === undefined) return { link, mail: 'no_address' };
  const { name: brand } = await getWorkspace(tx, workspaceId);
  const text = [
    `Hello ${card.name},`,
    ...mail.lines,
    link,
    ...(mail.after === undefined ? [] : [mail.after]),
    `The link is yours alone and works for ${linkDays} days.`,
    brand,
  ].join('\n\n');
  try {
    const { state } = await infra.mail.queue(tx, {
      workspaceId,
      to,
      toName: plain(card.name),
      personId,
      subject: plain(mail.subject),
      text,
      kind: 'transactional',
      key: mail.key,
      isSecret: true,
    });
    return { link, mail: state };
  } catch (error) {
    // An address that no mail can go to is as good as none; the link can still be copied.
    if (error instanceof AppError && error.code.startsWith('mail.')) return { link, mail: 'no_address' };
    throw error;
  }
}

/** Names come from outside: nothing of them may begin a header of its own. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, 150);
}
