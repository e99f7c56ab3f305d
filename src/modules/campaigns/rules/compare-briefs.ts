import { platformNames } from '#kernel/platform.ts';
import { type Brief, type BriefChange, type BriefField, sayPay, sayRight } from '../api.ts';

export const briefLabels: Record<BriefField, string> = {
  background: 'Background',
  keyMessages: 'Key messages',
  talkingPoints: 'Talking points',
  dos: 'Do',
  donts: "Don't",
  captionGuidelines: 'Caption',
  freedom: 'Left to the creator',
  deliverables: 'Deliverables',
  dates: 'Dates',
  compensation: 'Compensation',
  pay: 'Pay',
  usageRights: 'Usage rights',
  rights: 'Rights',
  disclosure: 'Disclosure',
  hashtags: 'Hashtags',
  links: 'Links',
  moodBoard: 'Mood board',
};

const fields = Object.keys(briefLabels) as BriefField[];

/** What a later brief changed, field by field, as lines that went and lines that came. Order of lines alone is no change. */
export function compareBriefs(before: Brief, after: Brief): BriefChange[] {
  const changes: BriefChange[] = [];
  for (const field of fields) {
    const old = briefLines(before, field);
    const now = briefLines(after, field);
    const gone = without(old, now);
    const come = without(now, old);
    if (gone.length + come.length > 0) changes.push({ field, label: briefLabels[field], before: gone, after: come });
  }
  return changes;
}

/** A field of the brief as lines of plain text. */
export function briefLines(brief: Brief, field: BriefField): string[] {
  switch (field) {
    case 'background':
    case 'freedom':
    case 'compensation':
    case 'usageRights':
    case 'disclosure':
      return brief[field]
        .split(/\n+/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
    case 'keyMessages':
    case 'talkingPoints':
    case 'captionGuidelines':
    case 'dos':
    case 'donts':
    case 'hashtags':
      return brief[field];
    case 'deliverables':
      return brief.deliverables.map(
        (item) =>
          `${item.count} × ${platformNames[item.platform]} ${item.format}${item.title === '' ? '' : `: ${item.title}`}${item.dueOn === null ? '' : `, due ${item.dueOn}`}`,
      );
    case 'dates':
      return [
        ['Answer by', brief.dates.respondBy],
        ['Drafts by', brief.dates.draftsBy],
        ['Live from', brief.dates.liveFrom],
        ['Live until', brief.dates.liveUntil],
      ].flatMap(([label, day]) => (day === null ? [] : [`${label} ${day}`]));
    case 'links':
      return brief.links.map((link) => (link.label === '' ? link.url : `${link.label}: ${link.url}`));
    case 'pay':
      return brief.pay === null ? [] : sayPay(brief.pay);
    case 'rights':
      return brief.rights.map(sayRight);
    case 'moodBoard':
      return brief.moodBoard.map(
        (item) => `${item.caption} (${item.url ?? 'picture'}${item.fileId === null ? '' : ` ${item.fileId}`})`,
      );
  }
}

// Lines of `these` that `those` lack, counting repeats.
function without(these: readonly string[], those: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of those) left.set(line, (left.get(line) ?? 0) + 1);
  return these.filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0;
  });
}
