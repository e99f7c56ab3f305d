import { listClicks, listOrders } from '#modules/tracking/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import { type LiveEntry, type LiveState, useLive } from './use-live.ts';
import { dropWords } from './words.ts';
import './tracking.css';

const stateWords: Record<LiveState, { word: string; tone: 'good' | 'warn' | 'plain' }> = {
  connecting: { word: 'connecting', tone: 'plain' },
  live: { word: 'live', tone: 'good' },
  lost: { word: 'connection lost, trying again', tone: 'warn' },
};

/** Clicks and orders as they are stored, on top of the latest ones before the page was opened. */
export function LivePage() {
  const { entries, state } = useLive();
  const clicks = useApiQuery(listClicks, { limit: 50 });
  const orders = useApiQuery(listOrders, { limit: 20 });
  const { timeZone } = useWorkspace();
  const seen = new Set(entries.map((entry) => `${entry.kind} ${entry.id}`));
  const before: LiveEntry[] = [
    ...(clicks.data?.rows ?? []).map((click) => ({ kind: 'click' as const, at: click.clickedAt, id: click.id, click })),
    ...(orders.data?.rows ?? []).map((order) => ({ kind: 'order' as const, at: order.orderedAt, id: order.id, order })),
  ].filter((entry) => !seen.has(`${entry.kind} ${entry.id}`));
  const all = [...entries, ...before.sort((a, b) => b.at.localeCompare(a.at))].slice(0, 200);
  const fresh = entries.filter((entry) => entry.kind === 'click').length;
  return (
    <div className="page">
      <PageHeader
        title={
          fresh === 0 ? 'Watching for clicks and orders' : `${formatPlural(fresh, 'click')} since you opened this page`
        }
        sub={<Status tone={stateWords[state].tone}>{stateWords[state].word}</Status>}
      />
      <TrackingTabs />
      <Section title="Feed" note="newest first; hits that do not count are grey, with the reason">
        <QueryState query={clicks}>
          {() =>
            all.length === 0 ? (
              <EmptyState title="Nothing yet">
                Open one of your links on a phone: it shows here within a second.
              </EmptyState>
            ) : (
              <ul className="trk-feed" aria-live="off">
                {all.map((entry) => (
                  <Entry key={`${entry.kind} ${entry.id}`} entry={entry} timeZone={timeZone} />
                ))}
              </ul>
            )
          }
        </QueryState>
      </Section>
    </div>
  );
}

function Entry({ entry, timeZone }: { entry: LiveEntry; timeZone: string }) {
  const time = (
    <time className="meta" dateTime={entry.at} title={formatDateTime(entry.at, timeZone)}>
      {formatWhen(entry.at)}
    </time>
  );
  if (entry.kind === 'order') {
    const { order } = entry;
    return (
      <li>
        {time}
        <span className="clip">
          <AppLink to="/tracking/orders" search={{ open: order.id }}>
            Order {order.externalId}
          </AppLink>{' '}
          {order.codes.join(', ')}
        </span>
        <Tag tone="accent">{formatMoney(order.net)}</Tag>
      </li>
    );
  }
  const { click } = entry;
  const facts = [click.browser, click.device, click.country, click.referrerHost].filter((part) => part !== null);
  return (
    <li className={click.counted ? undefined : 'dropped'}>
      {time}
      <span className="clip">
        <b>/{click.slug}</b> {click.creator?.name} <span className="meta">{facts.join(', ')}</span>
      </span>
      <span className="meta">
        {click.counted ? 'counted' : (dropWords[click.dropReason ?? ''] ?? click.dropReason)}
      </span>
    </li>
  );
}
