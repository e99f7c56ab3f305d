import type { MoneyJson } from '#kernel/money.ts';
import { goalMetrics } from '#modules/campaigns/api.ts';
import type { GoalReport } from '#modules/reports/api.ts';
import type { Today } from '#modules/today/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCompact, formatCount, formatDecimal, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { PaceBar } from '#web/ui/pace-bar.tsx';
import { RangeMark } from '#web/ui/range-mark.tsx';
import { Section } from '#web/ui/section.tsx';

const shown = 4;
const compactFrom = 100_000;

/** Goals of live campaigns against a steady pace. */
export function LiveGoals({ goals }: { goals: Today['goals'] }) {
  const ordered = goals.toSorted(
    (a, b) => Number(b.goal.isMain) - Number(a.goal.isMain) || a.goal.daysLeft - b.goal.daysLeft,
  );
  const more = ordered.length - shown;
  return (
    <Section
      title="Goals in flight"
      end={
        <AppLink className="link" to="/campaigns">
          All campaigns
        </AppLink>
      }
    >
      {ordered.length === 0 ? (
        <p className="ink-2 today-none">No live campaign has a goal with days left.</p>
      ) : (
        <ul className="today-goals">
          {ordered.slice(0, shown).map(({ campaign, goal }) => (
            <GoalLine key={goal.id} campaign={campaign} goal={goal} />
          ))}
        </ul>
      )}
      {more > 0 && <p className="meta today-after">{formatPlural(more, 'more goal')} on the campaigns.</p>}
      {ordered.length > 0 && <Key />}
    </Section>
  );
}

function GoalLine({ campaign, goal }: Today['goals'][number]) {
  const { direction, growth } = goalMetrics[goal.metric];
  const target = say(goal, goal.target);
  const actual = goal.actual === null ? null : say(goal, goal.actual);
  const expected = goal.expectedToday === null ? null : say(goal, goal.expectedToday);
  return (
    <li>
      <div className="spread">
        <span className="clip">
          <b>{goal.label}</b>{' '}
          <AppLink className="meta" to="/campaigns/$campaignId/results" params={{ campaignId: campaign.id }}>
            {campaign.name}
          </AppLink>
        </span>
        <span className="nowrap">
          <b>
            <Figure
              label={goal.label}
              value={actual}
              missing="not measured"
              meaning={{
                formula: `${goal.formula}${goal.reason === null ? '' : `. ${goal.reason}`}`,
                source: goal.source,
              }}
            />
          </b>{' '}
          <span className="meta">{direction === 'at_most' ? `at most ${target}` : `of ${target}`}</span>
        </span>
      </div>
      {goal.actual !== null &&
        (growth === 'sum' ? (
          <PaceBar
            label={`${actual} of ${target}${expected === null ? '' : `, ${expected} expected by today`}`}
            done={plot(goal.actual)}
            goal={plot(goal.target)}
            {...(goal.expectedToday !== null && { expected: plot(goal.expectedToday) })}
            {...(goal.landing !== null && { forecast: { low: plot(goal.landing.low), high: plot(goal.landing.high) } })}
          />
        ) : (
          <LevelMark goal={goal} label={`${actual}, goal ${target}`} />
        ))}
      <div className="spread meta">
        <span>
          {goal.landing !== null
            ? `Lands at ${say(goal, goal.landing.low)} to ${say(goal, goal.landing.high)}`
            : expected === null || growth === 'level'
              ? (goal.reason ?? goal.note ?? '')
              : `${expected} expected by today`}
        </span>
        <span>
          <Stand goal={goal} />
          {goal.daysLeft === 0 ? 'last day' : `${formatPlural(goal.daysLeft, 'day')} left`}
        </span>
      </div>
    </li>
  );
}

function LevelMark({ goal, label }: { goal: GoalReport; label: string }) {
  if (goal.actual === null) return null;
  const value = plot(goal.actual);
  const target = plot(goal.target);
  const top = Math.max(value, target) * 1.3;
  const isBad = goal.status === 'behind' || goal.status === 'missed';
  return (
    <RangeMark
      label={label}
      value={value}
      low={value}
      high={value}
      scale={[0, top]}
      target={target}
      look={isBad ? 'bad' : 'plain'}
    />
  );
}

function Stand({ goal }: { goal: GoalReport }) {
  if (goal.status === 'met') return <b className="good">met, </b>;
  if (goal.status === 'on_pace') return <b className="good">on pace, </b>;
  if (goal.status === 'behind') return <b className="warn">behind, </b>;
  return null;
}

function say(goal: GoalReport, value: number | MoneyJson): string {
  if (typeof value !== 'number') return formatMoney(value, { short: true });
  const { kind } = goalMetrics[goal.metric];
  if (kind === 'share') return formatShare(value);
  if (kind === 'ratio') return formatDecimal(value, 2);
  return value >= compactFrom ? formatCompact(value) : formatCount(value);
}

const plot = (value: number | MoneyJson) => (typeof value === 'number' ? value : Number(value.amountMinor));

function Key() {
  return (
    <p className="meta key">
      <span>
        <i className="k-done" /> now
      </span>
      <span>
        <i className="k-line" /> expected by today
      </span>
      <span>
        <i className="k-fc" /> 80 % of where it lands
      </span>
      <span>
        <i className="k-goal" /> goal
      </span>
    </p>
  );
}
