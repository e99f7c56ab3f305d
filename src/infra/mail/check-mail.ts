import { z } from 'zod';
import type { ErrorDetail } from '#kernel/errors.ts';
import type { MailHeaders } from './carrier.ts';
import { mailError } from './errors.ts';

export interface QueuedMail {
  workspaceId: string;
  to: string;
  toName?: string;
  personId?: string;
  subject: string;
  text: string;
  kind: 'transactional' | 'outreach';
  /** Names the mail within its workspace: the same key is one mail for ever. */
  key: string;
  replyTo?: string;
  attachments?: { name: string; contentType: string; content: Buffer }[];
  /** The text holds a secret, such as a link that lets somebody in: it is not kept once the mail is out. */
  isSecret?: boolean;
  headers?: MailHeaders;
  /** Names the mailbox it must go out by; else the first carrier that takes it. */
  carrierRef?: string;
}

const textCharsMax = 200_000;
const attachmentsMax = 20;
const attachmentBytesMax = 20 * 1024 * 1024;
// Line ends and other controls, and the marks that turn the direction of what follows.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const unsafeInHeader = /[\u0000-\u001f\u007f\u0085\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const contentType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,60}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}$/i;

/** True for what may stand in one line of a header. */
export function isHeaderSafe(text: string): boolean {
  return !unsafeInHeader.test(text);
}

/** Refuses what would become another mail on the wire. Error: mail.not_sendable, naming each field. */
export function checkMail(mail: QueuedMail): void {
  const faults: ErrorDetail[] = [];
  const fault = (field: string, message: string) => faults.push({ field, message });
  checkAddress('to', mail.to, fault);
  if (mail.replyTo !== undefined) checkAddress('replyTo', mail.replyTo, fault);
  for (const [field, value, max] of [
    ['toName', mail.toName ?? '', 200],
    ['subject', mail.subject, 500],
    ['key', mail.key, 300],
    ['inReplyTo', mail.headers?.inReplyTo ?? '', 1000],
    ['unsubscribeUrl', mail.headers?.unsubscribeUrl ?? '', 2000],
    ...(mail.headers?.references ?? []).map((id) => ['references', id, 1000] as const),
  ] as const) {
    if (!isHeaderSafe(value)) fault(field, 'must be one line without control characters');
    if (value.length > max) fault(field, `must be at most ${max} characters`);
  }
  if (mail.subject.trim() === '') fault('subject', 'must not be empty');
  if (mail.key === '') fault('key', 'must not be empty');
  if (mail.text.length > textCharsMax) fault('text', `must be at most ${textCharsMax} characters`);
  checkAttachments(mail.attachments ?? [], fault);
  if (faults.length > 0) {
    const list = faults.map((one) => `${one.field} ${one.message}`).join('; ');
    throw mailError('not_sendable', `The mail cannot be sent: ${list}.`, faults);
  }
}

type Fault = (field: string, message: string) => void;

function checkAddress(field: string, address: string, fault: Fault): void {
  if (!isHeaderSafe(address)) fault(field, 'must be one line without control characters');
  else if (!z.email().max(254).safeParse(address).success) fault(field, 'must be one e-mail address');
}

function checkAttachments(attachments: NonNullable<QueuedMail['attachments']>, fault: Fault): void {
  if (attachments.length > attachmentsMax) fault('attachments', `must be at most ${attachmentsMax}`);
  if (attachments.reduce((sum, one) => sum + one.content.byteLength, 0) > attachmentBytesMax)
    fault('attachments', 'must be 20 MB together at most');
  for (const { name, contentType: type } of attachments) {
    if (name === '' || name.length > 200 || !isHeaderSafe(name)) fault('attachments', 'must have a name of one line');
    if (!contentType.test(type)) fault('attachments', `must have a content type, not "${type.slice(0, 40)}"`);
  }
}
