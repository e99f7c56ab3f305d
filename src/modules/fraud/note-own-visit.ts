import type { Tx } from '#infra/db/database.ts';
import type { VisitorSalts } from '#modules/tracking/index.ts';
import { insertVisit } from './queries/judgements.ts';

const hexOf = (text: string) => Buffer.from(text, 'base64url').toString('hex');

/**
 * Notes with which device a creator opened their portal, as the same hash of the day that clicks have, so that an order by their own click can be told. Nothing but the hash is
 * kept; its salt is gone after two days. Again on the same day changes nothing. A day without a salt that clicks have too, such as one the sample makes up, is not noted: nothing
 * could ever be held beside it.
 */
export async function noteOwnVisit(
  tx: Tx,
  of: {
    workspaceId: string;
    personId: string;
    at: Date;
    address: string;
    userAgent: string;
    salts: Pick<VisitorSalts, 'hash' | 'prefixHash' | 'isShared'>;
  },
): Promise<void> {
  const atMs = of.at.getTime();
  if (!of.salts.isShared(atMs)) return;
  const network = of.salts.prefixHash(atMs, of.address, of.workspaceId);
  await insertVisit(tx, of.workspaceId, {
    personId: of.personId,
    day: of.at.toISOString().slice(0, 10),
    visitor: hexOf(of.salts.hash(atMs, of.address, of.userAgent, of.workspaceId)),
    network: network === null ? null : hexOf(network),
  });
}
