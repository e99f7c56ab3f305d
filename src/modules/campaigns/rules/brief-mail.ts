export interface BriefMail {
  name: string;
  campaign: string;
  brand: string;
  what: 'first' | 'changed' | 'reminder';
  /** Labels of the parts that changed for this creator. */
  changes: readonly string[];
  /** A person's word above the link; may be empty. */
  message: string;
  respondBy: string | null;
  url: string;
}

/** Subject and text of the mail that brings a creator their brief. */
export function mailOfBrief(of: BriefMail): { subject: string; text: string } {
  const first = firstName(of.name);
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
  const parts = [
    `Hi ${first},`,
    lead,
    of.message,
    `Read it and confirm it here, no account needed:\n${of.url}`,
    of.respondBy === null ? '' : `Please answer by ${of.respondBy}.`,
    of.brand,
  ];
  return {
    subject: oneLine(`${subject} (${of.brand})`),
    text: parts.filter((part) => part.trim() !== '').join('\n\n'),
  };
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** Names come from people: nothing in them may end the line of a header or turn its direction. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
