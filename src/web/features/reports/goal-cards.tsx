import { goalMetrics } from '#modules/campaigns/api.ts';
import type { GoalReport } from '#modules/reports/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { PaceBar } from '#web/ui/pace-bar.tsx';
import { Section } from '#web/ui/section.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import { GoalTag } from './goal-tag.tsx';
import { plotNumber, sayGoalValue } from './say-figure.ts';

const numberWords = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const inWords = (count: number) => numberWords[count] ?? String(count);

export function GoalCards({
  goals,
  campaignId,
  asOf,
}: {
  goals: readonly GoalReport[];
  campaignId: string;
  asOf: string;
}) {
  const met = goals.filter((goal) => goal.status === 'met').length;
  if (goals.length === 0) {
    return (
      <Section title="Goals" note="none was set">
        <p className="ink-2 results-empty">
          Without a goal nobody can say whether this was enough.{' '}
          <AppLink className="link" to="/campaigns/$campaignId" params={{ campaignId }}>
            Set a goal
          </AppLink>
        </p>
      </Section>
    );
  }
  return (
    <Section title="Goals" note={`${inWords(met)} of ${inWords(goals.length)} met`}>
      <div className="figs results-goals">
        {goals.map((goal) => (
          <GoalCard key={goal.id} goal={goal} asOf={asOf} />
        ))}
      </div>
    </Section>
  );
}

function GoalCard({ goal, asOf }: { goal: GoalReport; asOf: string }) {
  const { direction, growth } = goalMetrics[goal.metric];
  const target = sayGoalValue(goal, goal.target);
  const expected = goal.expectedToday === null ? null : sayGoalValue(goal, goal.expectedToday);
  const isPaced = growth === 'sum' && goal.actual !== null;
  return (
    <StatCard label={goal.label} badge={<GoalTag status={goal.status} />} note={noteOf(goal, expected)}>
      <Figure
        label={goal.label}
        value={goal.actual === null ? null : sayGoalValue(goal, goal.actual)}
        unit={direction === 'at_most' ? `goal at most ${target}` : `of ${target}`}
        missing={`of ${target}, not measured`}
        meaning={{
          formula: `${goal.formula}, ${formatDate(goal.startsOn)} to ${formatDate(goal.dueOn)}`,
          source: goal.source,
          asOf,
        }}
      />
      {isPaced && goal.actual !== null && (
        <PaceBar
          label={`${sayGoalValue(goal, goal.actual)} of ${target}${expected === null ? '' : `, ${expected} expected by today`}`}
          done={plotNumber(goal.actual)}
          goal={plotNumber(goal.target)}
          {...(goal.expectedToday !== null && goal.daysLeft >= 0 && { expected: plotNumber(goal.expectedToday) })}
        />
      )}
    </StatCard>
  );
}

function noteOf(goal: GoalReport, expected: string | null): string {
  if (goal.actual === null) return goal.reason ?? 'not measured';
  if (goal.note !== null) return goal.note;
  if (goal.daysLeft < 0) return `was due ${formatDate(goal.dueOn)}`;
  if (goalMetrics[goal.metric].growth === 'level' || expected === null) return `due ${formatDate(goal.dueOn)}`;
  return `${expected} expected by today`;
}
