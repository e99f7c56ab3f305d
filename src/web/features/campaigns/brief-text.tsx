import { platformNames } from '#kernel/platform.ts';
import { type Brief, sayPay, sayRight } from '#modules/campaigns/api.ts';
import { MoodBoard } from './brief-mood.tsx';
import { sayDay } from './words.ts';

/** The brief as it is read and printed; empty parts are left out. */
export function BriefText({ name, brief }: { name: string; brief: Brief }) {
  const dates = [
    ['Answer by', brief.dates.respondBy],
    ['Drafts by', brief.dates.draftsBy],
    ['Live from', brief.dates.liveFrom],
    ['Live until', brief.dates.liveUntil],
  ].flatMap(([label, day]) => (day ? [`${label} ${sayDay(day)}`] : []));
  return (
    <article className="camp-brief" aria-label="Brief">
      <h2>{name}: brief</h2>
      <Prose title="Background" text={brief.background} />
      <Lines title="What should come across" lines={brief.keyMessages} />
      <Lines title="Facts you may use" lines={brief.talkingPoints} />
      {brief.dos.length + brief.donts.length > 0 && (
        <div className="camp-two-lists">
          <Lines title="Do" lines={brief.dos} />
          <Lines title="Don't" lines={brief.donts} />
        </div>
      )}
      <Lines title="In the caption" lines={brief.captionGuidelines} />
      <Prose title="What is left to you" text={brief.freedom} />
      <Lines
        title="What you make"
        lines={brief.deliverables.map(
          (item) =>
            `${item.count} × ${platformNames[item.platform]} ${item.format}${item.title === '' ? '' : `: ${item.title}`}${item.dueOn === null ? '' : `, due ${sayDay(item.dueOn)}`}`,
        )}
      />
      <Lines title="Dates" lines={dates} />
      <Lines
        title="What you get"
        lines={[...(brief.pay === null ? [] : sayPay(brief.pay)), ...linesOf(brief.compensation)]}
      />
      <Lines title="What we may do with it" lines={[...brief.rights.map(sayRight), ...linesOf(brief.usageRights)]} />
      <Prose title="How it is labelled as advertising" text={brief.disclosure} />
      <Prose title="Hashtags" text={brief.hashtags.map((tag) => (tag.startsWith('#') ? tag : `#${tag}`)).join(' ')} />
      <Lines
        title="Links"
        lines={brief.links.map((link) => (link.label === '' ? link.url : `${link.label}: ${link.url}`))}
      />
      <MoodBoard items={brief.moodBoard} />
    </article>
  );
}

function Prose({ title, text }: { title: string; text: string }) {
  if (text.trim() === '') return null;
  return (
    <section>
      <h3>{title}</h3>
      <p>{text}</p>
    </section>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function linesOf(text: string): string[] {
  return text.split(/\n+/).filter((line) => line.trim() !== '');
}
