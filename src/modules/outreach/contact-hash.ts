import { createHmac } from 'node:crypto';
import type { Platform } from '#kernel/platform.ts';

export type ContactSubject = { kind: 'email'; email: string } | { kind: 'handle'; platform: Platform; key: string };

/** The salted hash under which a do-not-contact entry is kept: of no use without this installation's secret. */
export function contactHash(secret: string, subject: ContactSubject): Buffer {
  const text =
    subject.kind === 'email'
      ? `email:${subject.email.trim().toLowerCase()}`
      : `handle:${subject.platform}:${subject.key}`;
  return createHmac('sha256', createHmac('sha256', secret).update('outreach.do-not-contact').digest())
    .update(text)
    .digest();
}
