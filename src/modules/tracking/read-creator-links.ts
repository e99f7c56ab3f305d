import QRCode from 'qrcode';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { DiscountCode, Link } from './api.ts';
import { presentCodes } from './present-codes.ts';
import { presentLinks, shortUrl } from './present-links.ts';
import { selectCodes } from './queries/codes.ts';
import { selectLinks, selectLinksById } from './queries/links.ts';
import { qrParam } from './rules/destination.ts';

const rowsMax = 200;

/** Links and codes that are a creator's, newest first; at most 200 of each. */
export async function readCreatorLinks(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personId: string },
): Promise<{ links: Link[]; codes: DiscountCode[] }> {
  const { workspaceId, personId } = of;
  const asked = { workspaceId, personId, limit: rowsMax, after: null, sort: 'created' as const, desc: true };
  return {
    links: await presentLinks(infra, tx, workspaceId, await selectLinks(tx, asked)),
    codes: await presentCodes(tx, workspaceId, await selectCodes(tx, asked), infra.clock.now()),
  };
}

/** QR code of a link as SVG, with the quiet zone scanners need. Error: not_found, also for a link that is another creator's. */
export async function drawShortLink(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personId: string; linkId: string },
): Promise<{ slug: string; svg: string }> {
  const [link] = await selectLinksById(tx, of.workspaceId, [of.linkId]);
  if (link === undefined || link.person_id !== of.personId) throw notFound('link');
  const svg = await QRCode.toString(`${shortUrl(infra, link)}?${qrParam}=1`, {
    margin: 4,
    errorCorrectionLevel: 'M',
    type: 'svg',
  });
  return { slug: link.slug, svg };
}
