import { platformNames } from '#kernel/platform.ts';
import { type ShownBrief, sayPay, sayRight } from '../api.ts';

export interface BriefPageParts {
  campaign: string;
  brand: string;
  /** Null for the brief of all. */
  creator: string | null;
  version: number;
  savedOn: string;
  shown: ShownBrief;
  /** Name of the picture in the compiler, by file id; one that could not be read is absent. */
  pictures: ReadonlyMap<string, string>;
}

/** A brief in words and places, for the template of the PDF to set; the template itself knows no rule. */
export function briefPage(of: BriefPageParts) {
  const { brief, note, own } = of.shown;
  const section = (title: string, lines: readonly string[], fields: readonly string[]) => ({
    title,
    lines: [...lines],
    isOwn: fields.some((field) => own.includes(field)),
  });
  const prose = (text: string) => text.split(/\n+/).filter((line) => line.trim() !== '');
  const { dates } = brief;
  const days = [
    ['Answer by', dates.respondBy],
    ['Drafts by', dates.draftsBy],
    ['Live from', dates.liveFrom],
    ['Live until', dates.liveUntil],
  ].flatMap(([label, day]) => (day ? [{ label: label ?? '', day: sayDay(day) }] : []));
  return {
    title: `${of.campaign}: brief`,
    campaign: of.campaign,
    brand: of.brand,
    who: of.creator === null ? 'For all creators' : `For ${of.creator}`,
    version: `Version ${of.version}, ${sayDay(of.savedOn)}`,
    note,
    deliverables: brief.deliverables.map((item) => ({
      what: `${item.count} × ${platformNames[item.platform]} ${item.format}`,
      title: item.title,
      due: item.dueOn === null ? '' : sayDay(item.dueOn),
    })),
    deliverablesOwn: own.includes('deliverables'),
    days,
    before: [section('Background', prose(brief.background), ['background'])].filter(hasLines),
    messages: [
      section('What should come across', brief.keyMessages, ['keyMessages']),
      section('Facts you may use', brief.talkingPoints, ['talkingPoints']),
      section('Do', brief.dos, ['dos']),
      section("Don't", brief.donts, ['donts']),
      section('Caption', brief.captionGuidelines, ['captionGuidelines']),
    ].filter(hasLines),
    freedom: prose(brief.freedom),
    terms: [
      section(
        'What you get',
        [...(brief.pay === null ? [] : sayPay(brief.pay)), ...prose(brief.compensation)],
        ['pay', 'compensation'],
      ),
      section(
        'What we may do with it',
        [...brief.rights.map(sayRight), ...prose(brief.usageRights)],
        ['rights', 'usageRights'],
      ),
      section('How it is labelled as advertising', prose(brief.disclosure), ['disclosure']),
      section('Hashtags', brief.hashtags.length === 0 ? [] : [brief.hashtags.map(asTag).join(' ')], ['hashtags']),
    ].filter(hasLines),
    links: brief.links.map((link) => ({ label: link.label === '' ? link.url : link.label, url: link.url })),
    mood: brief.moodBoard.map((item) => ({
      picture: item.fileId === null ? '' : (of.pictures.get(item.fileId) ?? ''),
      url: item.url ?? '',
      caption: item.caption,
    })),
  };
}

function hasLines(section: { lines: readonly string[] }): boolean {
  return section.lines.length > 0;
}

export function asTag(tag: string): string {
  return tag.startsWith('#') ? tag : `#${tag}`;
}

function sayDay(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
