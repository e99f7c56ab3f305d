import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { oneLine } from '#kernel/one-line.ts';
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
  /** Paragraphs between greeting and link; empty ones are left out. */
  lines: readonly string[];
  /** A paragraph behind the link. */
  after?: string | undefined;
  /** How long the link works; 60 when left out. */
  days?: number;
  /** Whom it is from; the workspace's name when left out. */
  brand?: string;
  /** Name and address where the caller knows them, such as one who writes to many; looked up when left out. */
  to?: PortalAddressee;
}

export interface PortalAddressee {
  name: string;
  /** Null where none is known. */
  email: string | null;
}

export type PortalMailState = 'queued' | 'off' | 'no_address';

export interface PortalMailed {
  /** Given back whatever became of the mail, to be copied. Empty for somebody who was erased. */
  link: string;
  mail: PortalMailState;
  /** Null without an address. */
  mailId: string | null;
}

const linkDays = 60;
/** What came in from files may be no address at all; such a creator gets a link to copy. */
const address = z.email().max(254);

/** Makes a link into the portal for one creator and mails it where that can be. Nothing for an erased one. The one way in which creators are written to with such a link. */
export async function mailPortalLink(infra: Infra, tx: Tx, mail: PortalMail): Promise<PortalMailed> {
  const { workspaceId, personId, madeBy, path, days = linkDays } = mail;
  const to = mail.to ?? (await readAddressees(tx, workspaceId, [personId])).get(personId);
  if (to === undefined) return { link: '', mail: 'no_address', mailId: null };
  const link = await infra.portal.link(tx, { workspaceId, personId, path, days, madeBy: oneLine(madeBy) });
  if (to.email === null) return { link, mail: 'no_address', mailId: null };
  const brand = mail.brand ?? (await getWorkspace(tx, workspaceId)).name;
  try {
    const { state, mailId } = await infra.mail.queue(tx, {
      workspaceId,
      to: to.email,
      toName: oneLine(to.name),
      personId,
      subject: oneLine(mail.subject, 200),
      text: writeText({ ...mail, name: to.name, brand, days, link }),
      kind: 'transactional',
      key: mail.key,
      isSecret: true,
    });
    return { link, mail: state, mailId };
  } catch (error) {
    // An address that no mail can go to is as good as none; the link can still be copied.
    if (error instanceof AppError && error.code.startsWith('mail.')) return { link, mail: 'no_address', mailId: null };
    throw error;
  }
}

function writeText(
  of: Pick<PortalMail, 'lines' | 'after'> & { name: string; brand: string; days: number; link: string },
): string {
  return [
    `Hello ${oneLine(of.name)},`,
    ...of.lines,
    of.link,
    of.after ?? '',
    `The link is yours alone, please do not pass it on. It works for ${of.days} ${of.days === 1 ? 'day' : 'days'}, without a password.`,
    oneLine(of.brand),
  ]
    .filter((part) => part.trim() !== '')
    .join('\n\n');
}

/** Name and first address of each person that is there. */
export async function readAddressees(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, PortalAddressee>> {
  const cards = await readPersonCards(tx, workspaceId, personIds);
  // A merged one is asked for by the old id and kept under another.
  const keptIds = [...new Set([...cards.values()].map((card) => card.personId))];
  const contacts = await readContacts(tx, workspaceId, keptIds);
  const emailOf = new Map(
    contacts.map((contact) => [contact.personId, contact.emails.find((one) => address.safeParse(one).success)]),
  );
  return new Map(
    [...cards].map(([personId, card]) => [personId, { name: card.name, email: emailOf.get(card.personId) ?? null }]),
  );
}
