import { createHmac } from 'node:crypto';
import { type SuppressionSubject, subjectText } from './rules/suppression-subject.ts';

/** The salted hash under which an objection is kept: of no use without this installation's secret. */
export function suppressionHash(secret: string, subject: SuppressionSubject): Buffer {
  return createHmac('sha256', createHmac('sha256', secret).update('creators.suppression').digest())
    .update(subjectText(subject))
    .digest();
}
