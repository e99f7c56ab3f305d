import type { Signal, Vetting } from '#modules/vetting/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatDecimal, formatPlural } from '#web/ui/format-number.ts';
import { RangeMark } from '#web/ui/range-mark.tsx';
import { Section } from '#web/ui/section.tsx';
import { Waterfall } from '#web/ui/waterfall.tsx';
import { SignalList } from './signal-list.tsx';
import { useCreatorChoice } from './use-creator.ts';
import { coverage, noteOf, rate, scoredRate } from './words.ts';

/** The score as the sum it is; every row opens its evidence. */
export function ScoreSection({ report }: { report: Vetting }) {
  const { setSearch } = useCreatorChoice();
  const { score } = report;
  if (score === null) return <NoScore report={report} />;
  const base = report.contributions[0]?.contribution ?? 0;
  const rows = inOrder(report.signals).map((signal) => ({
    id: signal.name,
    title: signal.title,
    note: noteOf(signal),
    value: signal.contribution,
    kind: 'step' as const,
  }));
  const silent = report.signals.filter((signal) => signal.contribution === 0 && signal.state === 'known');
  const open = report.signals.filter((signal) => signal.contribution === 0 && signal.state === 'unknown');
  const limit = report.contributions.find((one) => one.name === 'limit');
  const peers = report.engagement.peers;
  const interval = report.scoreInterval;
  return (
    <Section
      title="Score"
      note={`why it is ${formatDecimal(score, 0)}: what each fact adds or takes, each row opens its evidence`}
    >
      <Waterfall
        label={`Score ${score} of 100, as a sum`}
        rows={[
          {
            id: 'base',
            title: 'Where a peer starts',
            note:
              peers === null
                ? 'no peers known; published bands stand in'
                : `${formatPlural(peers.n, 'creator')}: ${peers.label}`,
            value: base,
            kind: 'base',
          },
          ...rows,
          ...(limit === undefined
            ? []
            : [
                {
                  id: 'limit',
                  title: limit.title,
                  note: 'the sum would go on',
                  value: limit.contribution,
                  kind: 'step' as const,
                },
              ]),
        ]}
        total={{
          title: 'Score',
          note: totalNote(report),
          value: score,
          ...(interval !== null && { low: interval.low, high: interval.high }),
        }}
        max={100}
        onOpen={(id) =>
          setSearch({ signal: id === 'base' || id === 'limit' ? 'engagement_level' : id }, { push: true })
        }
      />
      {open.length > 0 && (
        <p className="meta vt-note">
          Not known, so no points and less confidence: {open.map((signal) => signal.title.toLowerCase()).join(', ')}.
        </p>
      )}
      {silent.length > 0 && (
        <p className="meta vt-note">
          Neither add nor take: {silent.map((signal) => signal.title.toLowerCase()).join(', ')}.
        </p>
      )}
    </Section>
  );
}

function totalNote(report: Vetting): string {
  const { scoreInterval, scoreBest, score } = report;
  const interval =
    scoreInterval === null
      ? ''
      : `interval ${formatDecimal(scoreInterval.low, 0)} to ${formatDecimal(scoreInterval.high, 0)}, from the sample's size`;
  const best =
    scoreBest !== null && score !== null && scoreBest > score
      ? `up to ${formatDecimal(scoreBest, 0)} once all is known`
      : '';
  return [interval, best].filter((part) => part !== '').join('; ');
}

/** What adds first, the most at the top; then what takes, the most at the bottom. */
function inOrder(signals: readonly Signal[]): Signal[] {
  return signals.filter((signal) => signal.contribution !== 0).sort((a, b) => b.contribution - a.contribution);
}

/** Too little for a score: the interval instead, and what else is known. */
function NoScore({ report }: { report: Vetting }) {
  const scored = scoredRate(report);
  const interval = scored?.medianInterval ?? null;
  return (
    <Section title="No score yet" note={report.rule.text}>
      {scored !== undefined && interval !== null && scored.median !== null && (
        <div className="vt-interval">
          <Figure
            label={scored.title}
            value={rate(scored.median)}
            unit={`median of ${formatPlural(scored.n, 'post')}`}
            meaning={{
              formula: scored.formula,
              n: formatPlural(scored.n, 'post'),
              interval: `${rate(interval.low)} to ${rate(interval.high)}, ${coverage(interval.coverage)}`,
            }}
          />
          <RangeMark
            label={`${scored.title} ${rate(scored.median)}, interval ${rate(interval.low)} to ${rate(interval.high)}`}
            value={scored.median}
            low={interval.low}
            high={interval.high}
            scale={[0, Math.max(interval.high * 1.3, 0.01)]}
          />
          <span className="meta">
            {rate(interval.low)} to {rate(interval.high)}, with {coverage(interval.coverage)} certainty
          </span>
        </div>
      )}
      <SignalList
        signals={report.signals.filter((signal) => signal.state === 'known')}
        label="What is known"
        withPoints={false}
      />
    </Section>
  );
}
