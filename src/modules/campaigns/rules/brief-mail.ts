import { oneLine } from '#kernel/one-line.ts';

export interface BriefMail {
  campaign: string;
  brand: string;
  what: 'first' | 'changed' | 'reminder';
  /** Labels of the parts that changed for this creator. */
  changes: readonly string[];
  /** A person's word above the link; may be empty. */
  message: string;
  respondBy: string | null;
}

/** What the mail says that brings a creator their brief: before the link and after it. */
export function mailOfBrief(of: BriefMail): { subject: string; lines: string[]; after: string } {
  const lead = {
    first: `here is the brief for "${of.campaign}".`,
    changed: `the brief for "${of.campaign}" has changed${of.changes.length === 0 ? '' : `: ${of.changes.join(', ').toLowerCase()}`}. What is new is marked.`,
    reminder: `you have not confirmed the brief for "${of.campaign}" yet.`,
  }[of.what];
  const subject = {
    first: `Your brief for ${of.campaign}`,
    changed: `The brief for ${of.campaign} has changed`,
    reminder: `Please look at the brief for ${of.campaign}`,
  }[of.what];
  return {
    subject: oneLine(`${subject} (${of.brand})`, 300),
    lines: [lead, of.message, 'Read it and confirm it here, no account needed:'],
    after: of.respondBy === null ? '' : `Please answer by ${of.respondBy}.`,
  };
}
