import { bucketMinutes, type LiveDay } from '#modules/today/api.ts';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { niceScale } from '#web/ui/plot-scale.ts';

const dayHours = 24;
const hourStep = 3;
const bucketsOfDay = (dayHours * 60) / bucketMinutes;
/** Below this hour only the half of the day that has begun is drawn. */
const halfDayUntil = bucketsOfDay / 2;

/** Clicks are whole: a quiet day has no axis of halves. */
const axisMin = 4;

/** Clicks of the day in buckets of ten minutes with the orders above them; the last bar is the one that still grows. */
export function ClickBars({ live }: { live: LiveDay }) {
  const { buckets } = live;
  const size = buckets.length <= halfDayUntil ? halfDayUntil : Math.max(bucketsOfDay, buckets.length);
  const scale = niceScale([axisMin, ...buckets.map((bucket) => bucket.clicks)], { fromZero: true });
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: live.timeZone });
  const share = (clicks: number) => clicks / scale.high;
  const left = (at: number) => (at / size) * 100;
  const end = left(buckets.length);
  const label = `Clicks per ten minutes today: ${formatPlural(live.clicks, 'click')}, ${formatPlural(live.orders, 'order')}`;
  return (
    <figure className="plot today-bars" role="img" aria-label={label}>
      <div className="today-plot">
        {scale.ticks.map((tick) => (
          <span key={tick}>
            <i className={tick === 0 ? 'gl zero' : 'gl'} style={{ bottom: `${share(tick) * 100}%` }} />
            <span className="yt" style={{ bottom: `${share(tick) * 100}%` }}>
              {formatCompact(tick)}
            </span>
          </span>
        ))}
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">
          {buckets.map((bucket, at) => (
            <rect
              key={bucket.at}
              className={at === buckets.length - 1 ? 'f-accent' : 'f-mid'}
              x={(at + 0.12) * (1000 / size)}
              width={0.76 * (1000 / size)}
              y={1000 - share(bucket.clicks) * 1000}
              height={share(bucket.clicks) * 1000}
            >
              <title>{`${clock.format(new Date(bucket.at))}: ${formatPlural(bucket.clicks, 'click')}`}</title>
            </rect>
          ))}
        </svg>
        {buckets.map(
          (bucket, at) =>
            bucket.orders > 0 && (
              <i
                key={bucket.at}
                className={bucket.orders > 1 ? 'today-order many' : 'today-order'}
                style={{ left: `${left(at + 0.5)}%`, bottom: `calc(${share(bucket.clicks) * 100}% + 4px)` }}
              >
                {bucket.orders > 1 ? bucket.orders : ''}
              </i>
            ),
        )}
        {hoursOf(size).map((hour) => {
          const at = left((hour * 60) / bucketMinutes);
          const edge = at === 0 ? ' first' : at >= 100 ? ' last' : '';
          return (
            <span key={hour} className={`xt${edge}`} style={{ left: `${at}%` }}>
              {String(hour % dayHours).padStart(2, '0')}:00
            </span>
          );
        })}
        <i className="today-now" style={{ left: `${end}%` }} />
        <span
          className={end > 80 ? 'tx today-now-left' : 'tx'}
          style={{ left: `calc(${end}% + ${end > 80 ? -6 : 6}px)`, top: 0 }}
        >
          now {clock.format(new Date(live.computedAt))}
        </span>
      </div>
    </figure>
  );
}

function hoursOf(size: number): number[] {
  const hours = Math.round((size * bucketMinutes) / 60);
  const step = hours > dayHours / 2 ? hourStep * 2 : hourStep;
  return Array.from({ length: Math.floor(hours / step) + 1 }, (_, at) => at * step);
}
