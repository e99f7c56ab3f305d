import { currencyExponent } from '#kernel/money.ts';
import { addDays, daysBetween } from '#kernel/time.ts';
import { type Campaign, type Goal, goalMetrics } from '#modules/campaigns/api.ts';
import type { CampaignReport } from '#modules/reports/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney, toPlotNumber } from '#web/ui/format-money.ts';
import { formatCompact } from '#web/ui/format-number.ts';
import { LineChart } from '#web/ui/line-chart.tsx';
import { Section } from '#web/ui/section.tsx';
import { GoalLine, SayLanding, sayPace } from './goal-line.tsx';
import { useActuals, useCampaignReport } from './use-campaign.ts';
import { useToday } from './use-today.ts';
import { plotValue, sayDay, sayGoalValue } from './words.ts';

/** The main goal: its course day by day where it is known by day, else its bar. */
export function MainGoal({ campaign, goal }: { campaign: Campaign; goal: Goal }) {
  const today = useToday();
  const { data: report } = useCampaignReport();
  const measured = useActuals().get(goal.id);
  const facts = goalMetrics[goal.metric];
  const points = report === undefined ? null : courseOf(report, goal, today);
  const actual = measured?.actual ?? null;
  const isDrawable = points !== null && points.filter((point) => point.value !== null).length >= 2;
  const format = (value: number) =>
    facts.kind === 'money' ? formatMoneyOf(value, campaign.currency) : formatCompact(value);
  return (
    <Section
      title={facts.label}
      note={`main goal, ${sayGoalValue(goal.target, goal.metric)} by ${sayDay(goal.dueOn, today)}`}
    >
      {isDrawable ? (
        <>
          <div className="camp-now">
            <Figure
              label={facts.label}
              value={actual === null ? null : sayGoalValue(actual, goal.metric)}
              missing="not measured yet"
              meaning={{ formula: goal.formula, source: goal.source }}
            />
            <span className="meta">
              {sayPace(goal, actual)}
              {measured?.landing != null && <SayLanding goal={goal} landing={measured.landing} />}
            </span>
          </div>
          <LineChart
            label={`${facts.label}, day by day, added up`}
            points={points}
            format={format}
            {...(measured?.landing == null || today >= goal.dueOn
              ? {}
              : {
                  band: [
                    { at: today, low: plotValue(actual ?? 0), high: plotValue(actual ?? 0) },
                    { at: goal.dueOn, low: plotValue(measured.landing.low), high: plotValue(measured.landing.high) },
                  ],
                })}
            compare={{ label: 'linear pace', points: paceOf(goal, points) }}
          />
        </>
      ) : (
        <GoalLine goal={goal} measured={measured} today={today} />
      )}
    </Section>
  );
}

interface Point {
  at: string;
  value: number | null;
}

/** Running total from the goal's first day to its last; days to come are gaps. Null when the metric is not known by day. */
function courseOf(report: CampaignReport, goal: Goal, today: string): Point[] | null {
  const metric = goal.metric;
  if (metric !== 'clicks' && metric !== 'orders' && metric !== 'revenue') return null;
  const byDay = new Map(
    report.days.map((day) => [
      day.day,
      metric === 'revenue' ? (day.revenue === null ? null : toPlotNumber(day.revenue)) : day[metric],
    ]),
  );
  let total: number | null = null;
  return daysOf(goal).map((day) => {
    const value = byDay.get(day) ?? null;
    if (value !== null) total = (total ?? 0) + value;
    return { at: day, value: day > today ? null : total };
  });
}

function paceOf(goal: Goal, points: readonly Point[]): Point[] {
  const target = plotValue(goal.target);
  return points.map((point, index) => ({ at: point.at, value: (target * (index + 1)) / points.length }));
}

function daysOf(goal: Goal): string[] {
  return Array.from({ length: daysBetween(goal.startsOn, goal.dueOn) + 1 }, (_, index) =>
    addDays(goal.startsOn, index),
  );
}

function formatMoneyOf(value: number, currency: string): string {
  const amountMinor = Math.round(value * 10 ** currencyExponent(currency)).toString();
  return formatMoney({ amountMinor, currency }, { short: true });
}
