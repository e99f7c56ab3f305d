import { oneLine } from '#kernel/one-line.ts';

export interface CreatorNews {
  brand: string;
  title: string;
  what: 'changes' | 'approved' | 'post_wrong';
  /** What the manager wrote, or what is wrong with a post; may be empty. */
  note: string;
  /** True when the caption was changed by the brand and should be posted like that. */
  hasNewCaption: boolean;
}

/** What the mail says that tells a creator what became of a draft. */
export function mailOfNews(of: CreatorNews): { subject: string; lines: string[] } {
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
  return {
    subject: oneLine(`${subject} (${of.brand})`, 300),
    lines: [
      lead,
      of.note,
      of.hasNewCaption ? 'The caption was changed a little; you see it there and can take it over with one tap.' : '',
      'No account needed:',
    ],
  };
}
