import type { DealsSection } from '#modules/vetting/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatDecimal, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { RangeMark } from '#web/ui/range-mark.tsx';
import { Section } from '#web/ui/section.tsx';

/** How much of a feed is paid for, how close together, and how paid posts do against own ones. */
export function DealFigures({ deals }: { deals: DealsSection }) {
  const { saturation, mentions, spacing, paid, searched } = deals;
  const posts = formatPlural(searched, 'post');
  const interval = (low: number, high: number) => `95 % interval ${formatShare(low)} to ${formatShare(high)}`;
  return (
    <Section title="Paid posts" note={`of ${posts} with a caption or label`}>
      <div className="figs">
        <Stat
          label="Share of ads"
          value={saturation === null ? null : formatShare(saturation.share)}
          note={
            saturation?.interval
              ? `${formatShare(saturation.interval.low)} to ${formatShare(saturation.interval.high)}`
              : ''
          }
          meaning={{
            formula: 'posts recognised as paid for / posts with a caption or label',
            n: posts,
            ...(saturation?.interval ? { interval: interval(saturation.interval.low, saturation.interval.high) } : {}),
          }}
        />
        <Stat
          label="Of the last 90 days"
          value={saturation?.recentShare == null ? null : formatShare(saturation.recentShare)}
          note={saturation === null ? '' : formatPlural(saturation.recentPosts, 'post')}
          meaning={{
            formula: 'the same over the posts of the 90 days before the newest one',
            n: formatPlural(saturation?.recentPosts ?? 0, 'post'),
          }}
        />
        {mentions != null && (
          <Stat
            label="Posts that name a brand"
            value={formatShare(mentions.share)}
            note={`${mentions.unpaid} of ${mentions.brands} without pay; ${mentions.anybody} name anybody`}
            meaning={{
              formula:
                'posts that name a brand / posts, paid for or not. A brand is an account it had a deal with, your own or a rival: which others are brands is not known',
              n: formatPlural(mentions.posts, 'post'),
              ...(mentions.interval === null
                ? {}
                : { interval: interval(mentions.interval.low, mentions.interval.high) }),
            }}
          />
        )}
        <Stat
          label="Days between ads"
          value={spacing === null ? null : formatDecimal(spacing.medianDays, 1)}
          note={
            spacing === null
              ? ''
              : `shortest ${formatDecimal(spacing.shortestDays, 1)}, ${spacing.inARow} right after another`
          }
          meaning={{ formula: 'median days from one paid post to the next', n: formatPlural(spacing?.n ?? 0, 'ad') }}
        />
        <Paid paid={paid} />
      </div>
    </Section>
  );
}

function Stat(props: {
  label: string;
  value: string | null;
  note: string;
  meaning: { formula: string; n: string; interval?: string };
}) {
  return (
    <div className="stat">
      <span className="stat-label">{props.label}</span>
      <div className="stat-value">
        <Figure label={props.label} value={props.value} missing="not enough data" meaning={props.meaning} />
      </div>
      <span className="meta">{props.note}</span>
    </div>
  );
}

function Paid({ paid }: { paid: DealsSection['paid'] }) {
  const known = paid?.isEnough === true ? paid : null;
  const range = known?.interval ?? null;
  return (
    <div className="stat">
      <span className="stat-label">Paid against own</span>
      <div className="stat-value">
        <Figure
          label="Paid against own"
          value={known === null ? null : formatShare(known.ratio)}
          missing="not enough data"
          meaning={{
            formula: 'median engagement of paid posts / median of own posts; 100 % is the same. Needs 3 and 5 of them',
            n: `${formatPlural(paid?.paid.n ?? 0, 'paid post')}, ${formatPlural(paid?.own.n ?? 0, 'own post')}`,
            ...(range === null ? {} : { interval: `${formatShare(range.low)} to ${formatShare(range.high)}, 95 %` }),
          }}
        />
      </div>
      {range === null || known === null ? (
        <span className="meta">
          {paid === null ? 'no figures' : `${paid.paid.n} paid, ${paid.own.n} own with figures`}
        </span>
      ) : (
        <RangeMark
          label={`${formatShare(known.ratio)} of own posts, interval ${formatShare(range.low)} to ${formatShare(range.high)}`}
          value={known.ratio}
          low={range.low}
          high={range.high}
          scale={[0, Math.max(2, range.high)]}
          target={1}
          look={known.ratio < 0.8 ? 'bad' : 'plain'}
        />
      )}
    </div>
  );
}
