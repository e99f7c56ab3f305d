import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { mailPortalLink, type PortalAddressee } from '#modules/creators/index.ts';
import type { Frame } from './frame.ts';
import { readBrand } from './parties.ts';
import type { ContractRow } from './queries/contracts.ts';
import { type LetterWords, mailOfNews } from './rules/mail-words.ts';

/** Days a personal link to a contract works. */
export const contractLinkDays = 30;

/** Where a creator finds one contract in the portal. */
export function pathOfContract(contractId: string): string {
  return `/contracts/${contractId}`;
}

export type Told = { isTold: true } | { isTold: false; reason: string };

/** Mails the creator with a link of their own, in the transaction of what it tells. The same key is one mail for ever. */
export async function tellCreator(
  infra: Infra,
  tx: Tx,
  of: {
    workspaceId: string;
    row: Pick<ContractRow, 'id' | 'person_id'>;
    madeBy: string;
    brandName: string;
    key: string;
    words: LetterWords;
    /** Where the caller has read it already. */
    to?: PortalAddressee | undefined;
  },
): Promise<Told> {
  const { workspaceId, row, madeBy, brandName, key, words, to } = of;
  const { mail } = await mailPortalLink(infra, tx, {
    workspaceId,
    personId: row.person_id,
    madeBy,
    path: pathOfContract(row.id),
    days: contractLinkDays,
    brand: brandName,
    key,
    ...words,
    ...(to === undefined ? {} : { to }),
  });
  switch (mail) {
    case 'queued':
      return { isTold: true };
    case 'off':
      return { isTold: false, reason: 'No way of sending mail is set up. Copy the link instead.' };
    case 'no_address':
      return { isTold: false, reason: 'No e-mail address is known. Copy the link instead.' };
  }
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
    brandName,
    key: `contract/${row.id}/${row.current_version}/${infra.clock.now().toISOString()}`,
    words: mailOfNews({ brandName, title: row.title, news }),
  });
}
