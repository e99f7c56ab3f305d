import { oneLine } from '#kernel/one-line.ts';

export interface ReminderText {
  /** Whom the creator works with. */
  brand: string;
  campaign: string;
  things: readonly { title: string; dueOn: string; days: number }[];
}

/** What a reminder to a creator says: what is due when, the earliest first, and where to do it. */
export function writeReminder(of: ReminderText): { subject: string; lines: string[]; after: string } {
  const things = of.things.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  const [first] = things;
  const isLate = first !== undefined && first.days < 0;
  const subject =
    things.length === 1 && first !== undefined
      ? `${oneLine(of.campaign)}: ${oneLine(first.title)}, ${sayDue(first)}`
      : `${oneLine(of.campaign)}: ${things.length} things ${isLate ? 'are open' : 'are due'}`;
  const list = things.map((thing) => `- ${oneLine(thing.title)}: ${sayDue(thing)} (${thing.dueOn})`);
  return {
    subject,
    lines: [
      `a reminder from ${oneLine(of.brand)} for ${oneLine(of.campaign)}:`,
      list.join('\n'),
      'Everything is here:',
    ],
    after: 'If it is done already or the day does not work for you, just answer this mail.',
  };
}

function sayDue({ days }: { days: number }): string {
  if (days === 0) return 'due today';
  if (days === 1) return 'due tomorrow';
  if (days > 1) return `due in ${days} days`;
  return days === -1 ? 'was due yesterday' : `was due ${-days} days ago`;
}
