import type { CommentSummary } from '#modules/vetting/api.ts';
import { formatShare } from '#web/ui/format-number.ts';
import { LineChart } from '#web/ui/line-chart.tsx';
import { Section } from '#web/ui/section.tsx';

type Week = CommentSummary['weeks'][number];

/** Fewer comments in a week or month than this are a gap in the line. */
const commentsAPoint = 5;

/** Shares of positive and negative comments over time: by week where comments are many, else by month; too few are a gap. */
export function SentimentSection({ weeks }: { weeks: CommentSummary['weeks'] }) {
  const isWeekly = weeks.filter((week) => feltOf(week) >= commentsAPoint).length * 5 >= weeks.length * 4;
  const points = isWeekly ? weeks : byMonth(weeks);
  const share = (of: 'positive' | 'negative') =>
    points.map((point) => ({
      at: point.week,
      value: feltOf(point) < commentsAPoint ? null : point[of] / feltOf(point),
    }));
  const period = isWeekly ? 'week' : 'month';
  return (
    <Section title="Sentiment over time" note={`positive comments a ${period}; dashed: negative`}>
      <LineChart
        label={`Positive comments, share a ${period}; ${period}s below ${commentsAPoint} comments are gaps`}
        points={share('positive')}
        compare={{ label: 'Negative', points: share('negative') }}
        format={(value) => formatShare(value)}
        fromZero
        height={220}
      />
    </Section>
  );
}

const feltOf = (point: Week) => point.positive + point.neutral + point.negative;

/** Months by the Mondays of their weeks. */
function byMonth(weeks: readonly Week[]): Week[] {
  return [...Map.groupBy(weeks, (week) => week.week.slice(0, 7))].map(([month, some]) => ({
    week: `${month}-01`,
    n: sum(some, (week) => week.n),
    positive: sum(some, (week) => week.positive),
    neutral: sum(some, (week) => week.neutral),
    negative: sum(some, (week) => week.negative),
  }));
}

const sum = (weeks: readonly Week[], of: (week: Week) => number) => weeks.reduce((total, week) => total + of(week), 0);
