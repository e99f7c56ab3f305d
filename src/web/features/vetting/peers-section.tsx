import type { Vetting } from '#modules/vetting/api.ts';
import { formatPlural, formatRank } from '#web/ui/format-number.ts';
import { Histogram } from '#web/ui/histogram.tsx';
import { Section } from '#web/ui/section.tsx';
import { rate, scoredRate } from './words.ts';

/** Where the own engagement lies among peers of the same platform and size. */
export function PeersSection({ report, height = 200 }: { report: Vetting; height?: number }) {
  const { peers } = report.engagement;
  const scored = scoredRate(report);
  const level = report.signals.find((signal) => signal.name === 'engagement_level');
  const percentile = level?.percentile ?? null;
  const interval = scored?.medianInterval ?? null;
  const note = `${scored?.title.toLowerCase() ?? 'engagement'}, median of ${formatPlural(scored?.n ?? 0, 'post')}`;
  if (peers === null) {
    return (
      <Section title="Engagement against peers" note={note}>
        <p className="meta vt-empty">
          No other creator of this platform and size has ten measured posts here. The published bands stand in; the
          Engagement tab shows them.
        </p>
      </Section>
    );
  }
  const own = scored?.median ?? null;
  return (
    <Section
      title="Engagement against peers"
      note={note}
      end={percentile === null ? undefined : `${formatRank(Math.min(99, Math.max(1, Math.round(percentile))))} of 100`}
    >
      <Histogram
        label={`Engagement of ${formatPlural(peers.n, 'peer')}`}
        bins={peers.bins}
        format={rate}
        height={height}
        {...(peers.median !== null && { median: peers.median })}
        {...(own !== null && {
          own: {
            label: 'this creator',
            value: own,
            ...(interval !== null && { low: interval.low, high: interval.high }),
          },
        })}
      />
      <p className="meta vt-note">
        {formatPlural(peers.n, 'peer')}: {peers.label}
        {own === null ? '. Too few own posts to place among them.' : ''}
      </p>
    </Section>
  );
}
