import { getLiveDay, type LiveDay } from '#modules/today/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatChange, formatCount, formatShare } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { ClickBars } from './click-bars.tsx';

const pollMs = 15_000;

/** Clicks and orders of this day as they come in. */
export function LiveStrip() {
  const query = useApiQuery(getLiveDay, {}, { refetchInterval: pollMs });
  return (
    <Section
      title="Live"
      note="clicks per 10 minutes, orders as marks, since 00:00"
      end={
        <AppLink className="link" to="/tracking/live">
          Open feed
        </AppLink>
      }
    >
      <QueryState query={query}>{(live) => <Strip live={live} />}</QueryState>
    </Section>
  );
}

function Strip({ live }: { live: LiveDay }) {
  if (!live.isMeasured && live.orders === 0) {
    return (
      <p className="ink-2 today-none">
        No link has been made yet, so nothing is measured.{' '}
        <AppLink className="link" to="/tracking">
          Make a link
        </AppLink>
      </p>
    );
  }
  return (
    <div className="today-live">
      <Sums live={live} />
      <ClickBars live={live} />
      <Feed live={live} />
    </div>
  );
}

function Sums({ live }: { live: LiveDay }) {
  const [main, ...others] = live.revenue;
  const asOf = live.computedAt;
  const { usual } = live;
  return (
    <dl>
      <div>
        <dt>Clicks</dt>
        <dd>
          <Figure
            label="Clicks today"
            value={live.isMeasured ? formatCount(live.clicks) : null}
            missing="not measured"
            meaning={{ formula: 'clicks since 00:00 that no traffic rule dropped', source: 'hits on your links', asOf }}
          />
        </dd>
        <dd className="meta">
          {usual === null ? 'no usual day known yet' : `${formatChange(usual.change)} on a usual ${usual.weekday}`}
        </dd>
      </div>
      <div>
        <dt>Orders</dt>
        <dd>
          <Figure
            label="Orders today"
            value={formatCount(live.orders)}
            meaning={{
              formula: 'orders since 00:00, neither cancelled nor refunded in full',
              source: 'all your order sources',
              asOf,
            }}
          />
        </dd>
        <dd className="meta">
          {live.clicks > 0 ? `${formatShare(live.orders / live.clicks)} of clicks` : 'all sources'}
        </dd>
      </div>
      <div>
        <dt>Revenue</dt>
        <dd>
          <Figure
            label="Revenue today"
            value={main === undefined ? '0' : formatMoney(main, { short: true })}
            meaning={{ formula: 'amounts of the orders of today less refunds', source: 'all your order sources', asOf }}
          />
        </dd>
        <dd className="meta">
          {others.length > 0
            ? `and ${others.map((money) => formatMoney(money, { short: true })).join(', ')}`
            : 'net of refunds'}
        </dd>
      </div>
    </dl>
  );
}

function Feed({ live }: { live: LiveDay }) {
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: live.timeZone });
  if (live.lastOrders.length === 0) return <p className="meta today-feed">No order yet today.</p>;
  return (
    <ol className="today-feed" aria-label="Last orders">
      {live.lastOrders.map((order) => {
        const amount = formatMoney(order.amount);
        return (
          <li key={order.id}>
            <time dateTime={order.orderedAt}>{clock.format(new Date(order.orderedAt))}</time>
            <span className="grow clip">
              {order.state === 'paid' ? <b>{amount}</b> : <s>{amount}</s>} {order.by}
              {order.state !== 'paid' && `, ${order.state}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
