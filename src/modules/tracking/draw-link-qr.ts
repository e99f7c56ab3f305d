import QRCode from 'qrcode';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { getLinkQr } from './api.ts';
import { shortUrl } from './present-links.ts';
import { selectLinksById } from './queries/links.ts';
import { qrParam } from './rules/destination.ts';

/** QR code of the short address, with the quiet zone scanners need. Error: not_found. */
export async function drawLinkQr(infra: Infra, call: Call<typeof getLinkQr>): Promise<Download> {
  const { linkId, format, sizePx } = call.input;
  const [link] = await infra.db.inWorkspace(call.workspaceId, (tx) => selectLinksById(tx, call.workspaceId, [linkId]));
  if (link === undefined) throw notFound('link');
  const address = `${shortUrl(infra, link)}?${qrParam}=1`;
  const options = { width: sizePx, margin: 4, errorCorrectionLevel: 'M' as const };
  const fileName = `${link.slug}.${format}`;
  switch (format) {
    case 'svg':
      return {
        fileName,
        contentType: 'image/svg+xml',
        body: await QRCode.toString(address, { ...options, type: 'svg' }),
      };
    case 'png':
      return { fileName, contentType: 'image/png', body: await QRCode.toBuffer(address, options) };
  }
}
