import type { CreatorRef, Skipped } from '#modules/tracking/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { Tag } from '#web/ui/tag.tsx';
import { nameOfCountry } from './country-map.tsx';
import type { LiveEntry } from './use-live.ts';
import { dropWords } from './words.ts';

interface Props {
  entries: readonly LiveEntry[];
  /** What came while the page was open: `kind id`. */
  freshIds: ReadonlySet<string>;
  onCreator: (personId: string) => void;
}

export function LiveEntries({ entries, freshIds, onCreator }: Props) {
  const { timeZone } = useWorkspace();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="live-feed" tabIndex={0} aria-label="Clicks and orders, newest first">
      <ul className="trk-feed" aria-live="off">
        {entries.map((entry) => {
          const key = `${entry.kind} ${entry.id}`;
          const isDropped = entry.kind === 'click' && !entry.click.counted;
          const classes = [isDropped && 'dropped', freshIds.has(key) && 'fresh'].filter(Boolean).join(' ');
          return (
            <li key={key} className={classes}>
              <time className="meta" dateTime={entry.at} title={formatDateTime(entry.at, timeZone)}>
                {formatWhen(entry.at)}
              </time>
              <Entry entry={entry} onCreator={onCreator} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Entry({ entry, onCreator }: { entry: LiveEntry; onCreator: Props['onCreator'] }) {
  switch (entry.kind) {
    case 'skipped':
      return <span className="ink-2">{sayWhy(entry.skipped)}</span>;
    case 'order':
      return (
        <>
          <span className="clip">
            <AppLink to="/tracking/orders" search={{ open: entry.order.id }}>
              Order {entry.order.label}
            </AppLink>{' '}
            <Creator creator={entry.order.credit?.creator ?? null} onCreator={onCreator} />{' '}
            <span className="meta">{entry.order.codes.join(', ')}</span>
          </span>
          <Tag tone="accent">{formatMoney(entry.order.net)}</Tag>
        </>
      );
    case 'click': {
      const { click } = entry;
      const place = click.country === null ? null : nameOfCountry(click.country);
      const facts = [click.browser, click.device, place, click.referrerHost].filter((part) => part !== null);
      return (
        <>
          <span className="clip">
            <b>/{click.slug}</b> <Creator creator={click.creator} onCreator={onCreator} />{' '}
            <span className="meta">{facts.join(', ')}</span>
          </span>
          <span className="meta">
            {click.counted ? 'counted' : (dropWords[click.dropReason ?? ''] ?? click.dropReason)}
          </span>
        </>
      );
    }
  }
}

function Creator({ creator, onCreator }: { creator: CreatorRef | null; onCreator: Props['onCreator'] }) {
  if (creator === null) return null;
  return (
    <button
      type="button"
      className="flow-creator"
      title={`Only ${creator.name}`}
      onClick={() => onCreator(creator.personId)}
    >
      {creator.name}
    </button>
  );
}

function sayWhy({ clicks, reason }: Skipped): string {
  if (reason === 'away')
    return 'You were away for more than five minutes: what came meanwhile is in the lists, not here.';
  return clicks === null
    ? 'More came than is shown; not all of it is looked through for this filter.'
    : `${formatPlural(clicks, 'more hit')} came at once and ${clicks === 1 ? 'is' : 'are'} not shown.`;
}
