import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { mailPortalLink } from '#modules/creators/index.ts';
import { shortUrl } from './present-links.ts';
import type { LinkRecord } from './queries/links.ts';

/**
 * Tells a creator when the live link they gave out begins to lead to another host: it is their name behind it. One mail for each host,
 * however often the link is edited on the way there.
 */
export async function tellOfMove(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; before: LinkRecord; after: { destination: string; state: string }; madeBy: string },
): Promise<void> {
  const { workspaceId, before, after } = of;
  const from = new URL(before.destination).host;
  const to = new URL(after.destination).host;
  if (before.person_id === null || before.state !== 'live' || after.state !== 'live' || from === to) return;
  await mailPortalLink(infra, tx, {
    workspaceId,
    personId: before.person_id,
    madeBy: of.madeBy,
    path: '/links',
    key: `link-moved:${before.id}:${to}`,
    subject: `Your link now leads to ${to}`,
    lines: [
      `Your link ${shortUrl(infra, before)} led to ${from} until now. From now on it leads to ${after.destination}`,
      'You need not change anything: the link itself stays, and clicks count as before. If you did not expect this, ask us before you share it again. Your links are here:',
    ],
  });
}
