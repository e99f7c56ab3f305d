import { createHash } from 'node:crypto';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { FoundMail } from '#modules/outreach/index.ts';

const textCharsMax = 100_000;
const referencesMax = 50;

/** Reads a mail as it lies on the server; a broken one gives what can be read of it, never an error. */
export async function parseMail(raw: Buffer, at: { uid: bigint; arrivedAt: Date }): Promise<FoundMail> {
  const mail = await simpleParser(raw, { skipImageLinks: true, skipTextLinks: true });
  const from = mail.from?.value[0];
  const part = (types: readonly string[]) =>
    mail.attachments.find((one) => types.includes(one.contentType.toLowerCase()))?.content.toString('utf8') ?? null;
  const isReport = /report-type="?delivery-status/i.test(headersOf(mail)['content-type'] ?? '');
  // The parser lays the fields of a report into the text where the part has no name.
  const deliveryStatus =
    part(['message/delivery-status', 'message/global-delivery-status']) ?? (isReport ? (mail.text ?? '') : null);
  return {
    uid: at.uid,
    messageId: idOf(mail.messageId) ?? madeId(raw),
    inReplyTo: idOf(mail.inReplyTo),
    references: idsOf(mail.references),
    from: (from?.address ?? '').toLowerCase().slice(0, 254),
    fromName: from?.name ? from.name.slice(0, 200) : null,
    to: addressesOf(mail),
    subject: (mail.subject ?? '').replace(/\s+/g, ' ').trim().slice(0, 500),
    // A mail that claims to come from tomorrow came when it arrived.
    at: mail.date !== undefined && mail.date <= at.arrivedAt ? mail.date : at.arrivedAt,
    headers: headersOf(mail),
    text: textOf(mail),
    deliveryStatus,
    returnedHeaders: part(['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers']),
    attachments: mail.attachments
      .filter((one) => !one.contentType.startsWith('message/') && one.related !== true)
      .slice(0, 50)
      .map((one) => ({
        name: (one.filename ?? 'attachment').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200),
        contentType: one.contentType.slice(0, 100),
        bytes: one.size,
      })),
  };
}

function textOf(mail: ParsedMail): string {
  const text = mail.text ?? '';
  // NUL is no character of a text in PostgreSQL.
  return text.replaceAll('\u0000', '').replace(/\r\n?/g, '\n').trim().slice(0, textCharsMax);
}

function headersOf(mail: ParsedMail): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { key, line } of mail.headerLines) {
    if (found[key] === undefined)
      found[key] = line
        .slice(line.indexOf(':') + 1)
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 1000);
  }
  return found;
}

function addressesOf(mail: ParsedMail): string[] {
  const fields = [mail.to, mail.cc].flat().filter((one) => one !== undefined);
  return fields
    .flatMap((field) => field.value)
    .flatMap((one) => (one.address === undefined ? [] : [one.address.toLowerCase()]))
    .slice(0, 100);
}

function idOf(text: string | undefined): string | null {
  const found = /<[^<>\s]{1,990}>/.exec(text ?? '');
  return found?.[0] ?? null;
}

function idsOf(value: string | string[] | undefined): string[] {
  const text = (typeof value === 'string' ? [value] : (value ?? [])).join(' ');
  return (text.match(/<[^<>\s]{1,990}>/g) ?? []).slice(-referencesMax);
}

/** Two copies of a mail without an id have the same content, so they get the same one. */
function madeId(raw: Buffer): string {
  return `<${createHash('sha256').update(raw).digest('hex').slice(0, 40)}@no-id.invalid>`;
}
