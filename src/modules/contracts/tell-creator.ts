import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { readContacts } from '#modules/creators/index.ts';
import type { Frame } from './frame.ts';
import { readBrand } from './parties.ts';
import type { ContractRow } from './queries/contracts.ts';
import { mailOfNews, oneLine } from './rules/mail-words.ts';

/** Days a personal link to a contract works. */
export const contractLinkDays = 30;

/** A personal link to one contract in the portal. */
export function makeLink(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; row: Pick<ContractRow, 'id' | 'person_id'>; madeBy: string },
): Promise<string> {
  return infra.portal.link(tx, {
    workspaceId: of.workspaceId,
    personId: of.row.person_id,
    path: `/contracts/${of.row.id}`,
    days: contractLinkDays,
    madeBy: of.madeBy,
  });
}

export type Told = { isTold: true } | { isTold: false; reason: string };

/** Mails the creator with a link of their own, in the transaction of what it tells. The same key is one mail for ever. */
export async function tellCreator(
  infra: Infra,
  tx: Tx,
  of: {
    workspaceId: string;
    row: Pick<ContractRow, 'id' | 'person_id' | 'person_name'>;
    madeBy: string;
    key: string;
    email: string | null;
    mail: (url: string) => { subject: string; text: string };
  },
): Promise<Told> {
  const { workspaceId, row } = of;
  if (of.email === null) return { isTold: false, reason: 'No e-mail address is known. Copy the link instead.' };
  const url = await makeLink(infra, tx, { workspaceId, row, madeBy: of.madeBy });
  const { state } = await infra.mail.queue(tx, {
    workspaceId,
    to: of.email,
    toName: oneLine(row.person_name),
    personId: row.person_id,
    kind: 'transactional',
    isSecret: true,
    key: of.key,
    ...of.mail(url),
  });
  return state === 'queued'
    ? { isTold: true }
    : { isTold: false, reason: 'No way of sending mail is set up. Copy the link instead.' };
}

/** Mails the creator one piece of news about a contract; without an address it stands in the portal alone. */
export async function tellNews(
  infra: Infra,
  tx: Tx,
  of: { frame: Frame; row: ContractRow; news: string },
): Promise<void> {
  const { workspaceId, actor } = of.frame;
  const { row, news } = of;
  const { brandName } = await readBrand(tx, workspaceId);
  await tellCreator(infra, tx, {
    workspaceId,
    row,
    madeBy: actor.name,
    key: `contract/${row.id}/${row.current_version}/${infra.clock.now().toISOString()}`,
    email: (await readEmails(tx, workspaceId, [row.person_id])).get(row.person_id) ?? null,
    mail: (url) => mailOfNews({ creatorName: row.person_name, brandName, title: row.title, news, url }),
  });
}

/** The first address of each person that has one. */
export async function readEmails(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const contacts = await readContacts(tx, workspaceId, personIds);
  return new Map(
    contacts.flatMap(({ personId, emails: [first] }) => (first === undefined ? [] : [[personId, first] as const])),
  );
}
