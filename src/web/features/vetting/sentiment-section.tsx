import type { CommentSummary } from '#modules/vetting/api.ts';
import { formatShare } from '#web/ui/format-number.ts';
import { LineChart } from '#web/ui/line-chart.tsx';
import { Section } from '#web/ui/section.tsx';

/** Fewer comments in a week than this are a gap in the line. */
const commentsAWeek = 5;

/** Shares of positive and negative comments by week; weeks of few comments are gaps. */
export function SentimentSection({ weeks }: { weeks: CommentSummary['weeks'] }) {
  const share = (of: 'positive' | 'negative') =>
    weeks.map((week) => {
      const felt = week.positive + week.neutral + week.negative;
      return { at: week.week, value: felt < commentsAWeek ? null : week[of] / felt };
    });
  return (
    <Section
      title="Sentiment over time"
      note={`share of positive comments a week, dashed the negative; weeks below ${commentsAWeek} comments are gaps`}
    >
      <LineChart
        label="Positive comments, share a week"
        points={share('positive')}
        compare={{ label: 'Negative', points: share('negative') }}
        format={(value) => formatShare(value)}
        fromZero
        height={220}
      />
    </Section>
  );
}
