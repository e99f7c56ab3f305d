import {
  IconArticle,
  IconBrandYoutube,
  IconCircleDashed,
  IconExternalLink,
  IconMovie,
  IconPhoto,
} from '@tabler/icons-react';
import { useId } from 'react';
import { platformNames } from '#kernel/platform.ts';
import { getPortalBriefImage, type ShownBrief, sayPaidAfter, sayRight } from '#modules/campaigns/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatShare } from '#web/ui/format-number.ts';
import { sayDay } from './say-day.ts';
import { words } from './words.ts';

interface Props {
  enrolmentId: string;
  shown: ShownBrief;
}

/** The parts of a brief, one card each; empty parts are left out. */
export function BriefCards({ enrolmentId, shown }: Props) {
  const { brief, note } = shown;
  const own = new Set(shown.own);
  const dates = [
    ['Answer by', brief.dates.respondBy],
    ['Drafts by', brief.dates.draftsBy],
    ['Live from', brief.dates.liveFrom],
    ['Live until', brief.dates.liveUntil],
  ].flatMap(([label, day]) => (day ? [{ label: label ?? '', day: sayDay(day) }] : []));
  return (
    <>
      {note !== '' && (
        <Card title={words.note} isAccent>
          <Prose text={note} />
        </Card>
      )}
      <Pieces shown={shown} isOwn={own.has('deliverables')} />
      {dates.length > 0 && (
        <Card title={words.dates} isOwn={own.has('dates')}>
          <dl className="pb-dates">
            {dates.map(({ label, day }) => (
              <div key={label}>
                <dt className="meta">{label}</dt>
                <dd>{day}</dd>
              </div>
            ))}
          </dl>
        </Card>
      )}
      <TextCard title={words.freedom} text={brief.freedom} isAccent />
      <TextCard title={words.about} text={brief.background} />
      <LinesCard title={words.messages} lines={brief.keyMessages} />
      <LinesCard title={words.facts} lines={brief.talkingPoints} />
      <LinesCard title={words.dos} lines={brief.dos} />
      <LinesCard title={words.donts} lines={brief.donts} />
      <LinesCard title={words.caption} lines={brief.captionGuidelines} />
      <TextCard title={words.label} text={brief.disclosure} isOwn={own.has('disclosure')} />
      <Pay shown={shown} isOwn={own.has('pay') || own.has('compensation')} />
      <LinesCard
        title={words.rights}
        lines={[...brief.rights.map(sayRight), ...split(brief.usageRights)]}
        isOwn={own.has('rights') || own.has('usageRights')}
      />
      <LinksAndTags shown={shown} />
      <Mood enrolmentId={enrolmentId} shown={shown} />
    </>
  );
}

interface CardProps {
  title: string;
  isOwn?: boolean;
  isAccent?: boolean;
  children: React.ReactNode;
}

function Card({ title, isOwn = false, isAccent = false, children }: CardProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={isAccent ? 'ph-card pb-accent' : 'ph-card'}>
      <h2 id={id}>
        {title}
        {isOwn && <span className="pb-own">{words.own}</span>}
      </h2>
      {children}
    </section>
  );
}

function Prose({ text }: { text: string }) {
  return <p className="pb-prose">{text}</p>;
}

function TextCard({ text, ...rest }: Omit<CardProps, 'children'> & { text: string }) {
  if (text.trim() === '') return null;
  return (
    <Card {...rest}>
      <Prose text={text} />
    </Card>
  );
}

function LinesCard({ lines, ...rest }: Omit<CardProps, 'children'> & { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Card {...rest}>
      <ul className="pb-lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Card>
  );
}

function iconOf(format: string) {
  if (/story/i.test(format)) return IconCircleDashed;
  if (/article|blog|text/i.test(format)) return IconArticle;
  if (/photo|post|pin|carousel|image/i.test(format)) return IconPhoto;
  if (/long|youtube/i.test(format)) return IconBrandYoutube;
  return IconMovie;
}

function Pieces({ shown, isOwn }: { shown: ShownBrief; isOwn: boolean }) {
  const { deliverables } = shown.brief;
  if (deliverables.length === 0) return null;
  return (
    <section aria-labelledby="pb-make">
      <header>
        <h2 id="pb-make">
          {words.make}
          {isOwn && <span className="pb-own">{words.own}</span>}
        </h2>
      </header>
      <ul className="ph-list">
        {deliverables.map((item, index) => {
          const Icon = iconOf(item.format);
          const what = `${item.count} × ${platformNames[item.platform]} ${item.format}`;
          const about = [item.title, item.dueOn === null ? '' : words.due(sayDay(item.dueOn))].filter(
            (part) => part !== '',
          );
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two equal lines of a brief are two pieces.
            <li key={`${what} ${index}`}>
              <div>
                <Icon className="i" size={20} stroke={1.6} aria-hidden />
                <div className="grow">
                  <b>{what}</b>
                  {about.length > 0 && <span className="meta">{about.join(', ')}</span>}
                </div>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Pay({ shown, isOwn }: { shown: ShownBrief; isOwn: boolean }) {
  const { pay, compensation } = shown.brief;
  const rows =
    pay === null
      ? []
      : [
          ...(pay.fee === null ? [] : [['Fee', formatMoney(pay.fee)] as const]),
          ...(pay.goods === null ? [] : [['Goods', formatMoney(pay.goods)] as const]),
          ...(pay.commissionShare === null ? [] : [['Of each order', formatShare(pay.commissionShare)] as const]),
        ];
  if (rows.length === 0 && compensation.trim() === '') return null;
  return (
    <Card title={words.get} isOwn={isOwn}>
      {rows.length > 0 && (
        <dl className="pb-dates">
          {rows.map(([label, value]) => (
            <div key={label}>
              <dt className="meta">{label}</dt>
              <dd className="num">
                <b>{value}</b>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {pay !== null && rows.length > 0 && pay.paidWithinDays !== null && <p className="meta">{sayPaidAfter(pay)}</p>}
      {compensation.trim() !== '' && <Prose text={compensation} />}
    </Card>
  );
}

function LinksAndTags({ shown }: { shown: ShownBrief }) {
  const { hashtags, links } = shown.brief;
  return (
    <>
      {hashtags.length > 0 && (
        <Card title={words.hashtags}>
          <p className="pb-prose">{hashtags.map((tag) => (tag.startsWith('#') ? tag : `#${tag}`)).join(' ')}</p>
        </Card>
      )}
      {links.length > 0 && (
        <section aria-labelledby="pb-links">
          <header>
            <h2 id="pb-links">{words.links}</h2>
          </header>
          <ul className="ph-list">
            {links.map((link) => (
              <li key={`${link.label} ${link.url}`}>
                <a href={link.url} target="_blank" rel="noreferrer">
                  <IconExternalLink className="i" size={20} stroke={1.6} aria-hidden />
                  <span className="grow clip">{link.label === '' ? link.url : link.label}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Mood({ enrolmentId, shown }: Props) {
  const client = useClient();
  const { moodBoard } = shown.brief;
  if (moodBoard.length === 0) return null;
  return (
    <section aria-labelledby="pb-mood">
      <header>
        <h2 id="pb-mood">{words.mood}</h2>
      </header>
      <ul className="pb-mood">
        {moodBoard.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the board is not edited here.
          <li key={index}>
            {item.fileId !== null && (
              <img
                src={client.url(getPortalBriefImage, { enrolmentId, fileId: item.fileId })}
                alt={item.caption}
                loading="lazy"
              />
            )}
            {item.url === null ? (
              <span className="meta" aria-hidden={item.fileId !== null}>
                {item.caption}
              </span>
            ) : (
              <a href={item.url} target="_blank" rel="noreferrer" className="meta">
                {item.caption}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function split(text: string): string[] {
  return text.split(/\n+/).filter((line) => line.trim() !== '');
}
