import type { Vetting } from '#modules/vetting/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { RangeMark } from '#web/ui/range-mark.tsx';
import { Section } from '#web/ui/section.tsx';
import { FollowingSection } from './following-section.tsx';
import { GrowthSection } from './growth-section.tsx';
import { MonthsSection } from './months-section.tsx';
import { SignalList } from './signal-list.tsx';
import { StatedAudience } from './stated-audience.tsx';
import { usePerson, useVetting } from './use-creator.ts';

/** Whether the audience is real: signals, growth, and the sample of followers where there is one. */
export function AudiencePage() {
  const { data: report } = useVetting();
  const { data: person } = usePerson();
  if (report === undefined) return null;
  const profile = person?.profiles.find((one) => one.id === report.profileId);
  return (
    <>
      {profile !== undefined && (
        <>
          <StatedAudience profile={profile} />
          <hr className="vt-rule" />
        </>
      )}
      <Section title="Signals of a real audience" note="what is not known is not clean">
        <SignalList
          label="Audience authenticity"
          signals={report.signals.filter((signal) => signal.point === 'audience_authenticity')}
          withPoints={report.score !== null}
        />
      </Section>
      <hr className="vt-rule" />
      <GrowthSection report={report} height={260} />
      <hr className="vt-rule" />
      <FollowingSection report={report} />
      <hr className="vt-rule" />
      <MonthsSection report={report} />
      <hr className="vt-rule" />
      <Sample report={report} />
    </>
  );
}

function Sample({ report }: { report: Vetting }) {
  const { audience } = report;
  if (audience === null || audience.shares.length === 0) {
    return (
      <Section title="Who follows">
        <p className="meta vt-empty">
          Not known: no sample of followers is stored for @{report.handle}. With one, shares of mass followers, empty
          and private accounts show here with their intervals.
        </p>
      </Section>
    );
  }
  const { takenAt, source, method, size, shares } = audience;
  return (
    <Section
      title="Who follows"
      note={`${method} sample of ${formatCount(size)}, ${formatDate(takenAt)}, 95 % interval; not part of the score`}
    >
      <ul className="list" aria-label="Shares of the sample">
        {shares.map((share) => {
          const value = share.count / share.n;
          const low = share.interval?.low ?? value;
          const high = share.interval?.high ?? value;
          return (
            <li key={share.title} className="vt-share">
              <span>{share.title}</span>
              <RangeMark
                label={`${share.title}: ${formatShare(value)}, ${formatShare(low)} to ${formatShare(high)}`}
                value={value}
                low={low}
                high={high}
                scale={[0, 1]}
              />
              <Figure
                label={share.title}
                value={formatShare(value)}
                meaning={{
                  formula: 'accounts of the sample for which it holds / accounts where it is known',
                  source,
                  n: formatPlural(share.n, 'account'),
                  asOf: takenAt,
                  interval: `${formatShare(low)} to ${formatShare(high)}, 95 % (Wilson)`,
                }}
              />
              <span className="meta">
                {formatShare(low)} to {formatShare(high)}
              </span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
