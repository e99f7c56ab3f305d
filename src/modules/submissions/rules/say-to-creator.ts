export interface CreatorNews {
  name: string;
  brand: string;
  title: string;
  what: 'changes' | 'approved' | 'post_wrong';
  /** What the manager wrote, or what is wrong with a post; may be empty. */
  note: string;
  /** True when the caption was changed by the brand and should be posted like that. */
  hasNewCaption: boolean;
  url: string;
}

/** Subject and text of the mail that tells a creator what became of a draft. */
export function mailOfNews(of: CreatorNews): { subject: string; text: string } {
  const lead = {
    changes: `${of.brand} looked at "${of.title}" and asks for changes:`,
    approved: `"${of.title}" is approved. Once it is out, send the link by the same page.`,
    post_wrong: `we looked at the post of "${of.title}". Please mend this:`,
  }[of.what];
  const subject = {
    changes: `Please change: ${of.title}`,
    approved: `Approved: ${of.title}`,
    post_wrong: `Please mend the post: ${of.title}`,
  }[of.what];
  const parts = [
    `Hi ${of.name.trim().split(/\s+/)[0] ?? of.name},`,
    lead,
    of.note,
    of.hasNewCaption ? 'The caption was changed a little; you see it there and can take it over with one tap.' : '',
    `No account needed:\n${of.url}`,
    of.brand,
  ];
  return {
    subject: oneLine(`${subject} (${of.brand})`),
    text: parts.filter((part) => part.trim() !== '').join('\n\n'),
  };
}

/** Names and titles come from people: nothing in them may end the line of a header or turn its direction. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
