import { type Goal, goalMetrics } from '#modules/campaigns/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { PaceBar } from '#web/ui/pace-bar.tsx';
import type { MeasuredGoal } from './use-campaign.ts';
import { plotValue, sayBareValue, sayDay, sayGoalValue } from './words.ts';

interface Props {
  goal: Goal;
  measured: MeasuredGoal | undefined;
  today: string;
}

/** A goal in two lines and a bar: where it is, where it should be by today, where it is to end. */
export function GoalLine({ goal, measured, today }: Props) {
  const facts = goalMetrics[goal.metric];
  const actual = measured?.actual ?? null;
  const target = `${facts.direction === 'at_most' ? 'at most ' : ''}${sayBareValue(goal.target, goal.metric)}`;
  const expected = goal.expectedToday;
  const landing = measured?.landing ?? null;
  const words = `${facts.label}: ${actual === null ? 'not measured yet' : sayGoalValue(actual, goal.metric)} of ${sayGoalValue(goal.target, goal.metric)} by ${goal.dueOn}`;
  return (
    <div className="camp-goal" aria-busy={measured === undefined}>
      <div className="spread">
        <b>{facts.label}</b>
        <span>
          <Figure
            label={facts.label}
            value={actual === null ? null : sayBareValue(actual, goal.metric)}
            missing={measured === undefined ? 'counting' : 'not measured yet'}
            meaning={{ formula: goal.formula, source: goal.source }}
          />
          {actual === null ? '' : ' '}
          <span className="meta">
            {actual === null ? ', goal' : facts.direction === 'at_most' ? 'goal' : 'of'} {target}
          </span>
        </span>
      </div>
      <PaceBar
        label={words}
        done={actual === null ? 0 : plotValue(actual)}
        goal={plotValue(goal.target)}
        {...(expected !== null && facts.growth === 'sum' ? { expected: plotValue(expected) } : {})}
        {...(landing === null ? {} : { forecast: { low: plotValue(landing.low), high: plotValue(landing.high) } })}
      />
      <div className="spread meta">
        <span>
          {sayPace(goal, actual)}
          {landing !== null && <SayLanding goal={goal} landing={landing} />}
        </span>
        <span className="nowrap">by {sayDay(goal.dueOn, today)}</span>
      </div>
    </div>
  );
}

/** "lands at 461 to 548": said as an estimate, with how it is made. */
export function SayLanding({ goal, landing }: { goal: Goal; landing: NonNullable<MeasuredGoal['landing']> }) {
  const low = sayBareValue(landing.low, goal.metric);
  const high = sayBareValue(landing.high, goal.metric);
  return (
    <>
      , lands at{' '}
      <Figure
        label={`Where ${goal.label.toLowerCase()} lands`}
        value={low === high ? low : `${low} to ${high}`}
        isEstimated
        meaning={{
          formula: 'so far + mean of the last days × days left; 80 % interval from how much those days differ',
          source: goal.source,
          n: `${landing.days} days`,
          interval: `likely ${sayBareValue(landing.value, goal.metric)}`,
        }}
      />
    </>
  );
}

/** "28 behind a linear pace (340 by today)". Says that the pace is linear wherever it is used. */
export function sayPace(goal: Goal, actual: MeasuredGoal['actual']): string {
  const { growth, direction } = goalMetrics[goal.metric];
  if (goal.expectedToday === null) return `starts on ${sayDay(goal.startsOn)}`;
  const expected = sayBareValue(goal.expectedToday, goal.metric);
  if (growth === 'level') {
    if (actual === null)
      return direction === 'at_most' ? `should stay under ${expected}` : `should stand at ${expected} or more`;
    const isMet =
      direction === 'at_most'
        ? plotValue(actual) <= plotValue(goal.target)
        : plotValue(actual) >= plotValue(goal.target);
    return isMet ? 'on target' : 'off target';
  }
  if (actual === null) return `${expected} expected by today, linear`;
  const ahead = plotValue(actual) - plotValue(goal.expectedToday);
  const share =
    plotValue(goal.expectedToday) === 0 ? 0 : Math.round((Math.abs(ahead) / plotValue(goal.expectedToday)) * 100);
  if (share === 0) return `on a linear pace (${expected} by today)`;
  return `${share} % ${ahead > 0 ? 'ahead of' : 'behind'} a linear pace (${expected} by today)`;
}
