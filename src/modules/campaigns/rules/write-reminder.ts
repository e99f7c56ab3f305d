export interface ReminderText {
  /** The creator's. */
  name: string;
  /** Whom the creator works with. */
  brand: string;
  campaign: string;
  things: readonly { title: string; dueOn: string; days: number }[];
  link: string;
}

/** Subject and text of a reminder to a creator: what is due when, the earliest first, and where to do it. */
export function writeReminder(of: ReminderText): { subject: string; text: string } {
  const things = of.things.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
  const [first] = things;
  const isLate = first !== undefined && first.days < 0;
  const subject =
    things.length === 1 && first !== undefined
      ? `${oneLine(of.campaign)}: ${oneLine(first.title)}, ${sayDue(first)}`
      : `${oneLine(of.campaign)}: ${things.length} things ${isLate ? 'are open' : 'are due'}`;
  const lines = things.map((thing) => `- ${oneLine(thing.title)}: ${sayDue(thing)} (${thing.dueOn})`);
  const text = [
    `Hello ${oneLine(of.name)},`,
    '',
    `a reminder from ${oneLine(of.brand)} for ${oneLine(of.campaign)}:`,
    '',
    ...lines,
    '',
    'Everything is here, without a password:',
    of.link,
    '',
    'If it is done already or the day does not work for you, just answer this mail.',
  ].join('\n');
  return { subject: subject.slice(0, 200), text };
}

function sayDue({ days }: { days: number }): string {
  if (days === 0) return 'due today';
  if (days === 1) return 'due tomorrow';
  if (days > 1) return `due in ${days} days`;
  return days === -1 ? 'was due yesterday' : `was due ${-days} days ago`;
}

/** What people typed never begins a line of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
