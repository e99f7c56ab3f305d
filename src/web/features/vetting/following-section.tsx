import type { Vetting } from '#modules/vetting/api.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { LineChart } from '#web/ui/line-chart.tsx';
import type { LineEvent } from '#web/ui/line-parts.ts';
import { Section } from '#web/ui/section.tsx';
import { formatFor, withGaps } from './growth-words.ts';
import './growth.css';

/** How many accounts are followed, over time, with the waves of following and unfollowing on it. */
export function FollowingSection({ report }: { report: Vetting }) {
  const { following } = report.growth;
  if (following === undefined) return null;
  const { series, waves, state, source, needs } = following;
  if (series.length < 2)
    return (
      <Section title="Followed accounts" note="follow and unfollow waves">
        <p className="meta vt-empty">
          Not enough data: {formatPlural(series.length, 'dated count')} of followed accounts. Needed: {needs}.
        </p>
      </Section>
    );
  const end = waves.length === 0 ? undefined : formatPlural(waves.length, 'wave');
  return (
    <Section title="Followed accounts" note="follow and unfollow waves" {...(end !== undefined && { end })}>
      {state !== 'known' && (
        <p className="meta vg-note">
          {formatPlural(series.length, 'count')}: too few to see waves. Needed: {needs}.
        </p>
      )}
      <LineChart
        label={`Followed accounts, from ${source}`}
        points={withGaps(series)}
        format={formatFor(series)}
        events={waves.map((wave): LineEvent => ({ at: wave.top, title: 'Wave', isOdd: true, isMarkOnly: true }))}
        height={140}
      />
      {waves.length > 0 && (
        <ul className="vg-waves" aria-label="Waves of following and unfollowing">
          {waves.toReversed().map((wave) => (
            <li key={wave.from}>
              <span>
                {formatDate(wave.from)} to {formatDate(wave.to)}
              </span>
              <span className="num meta">
                followed {formatCount(wave.followed)}, unfollowed {formatCount(wave.unfollowed)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
