import type { GoalValue } from '#modules/campaigns/api.ts';
import { goalMetrics } from '#modules/campaigns/api.ts';
import type { CampaignReport, GoalReport } from '#modules/reports/api.ts';
import type { OpenThings } from './open-things.ts';

/** Days for which a missed goal still needs an answer. */
export const missedDays = 7;

/** Goals of live campaigns that run behind their line, or were missed in the last days. */
export function goalsBehind(
  reports: readonly CampaignReport[],
  say: (goal: GoalReport, value: GoalValue) => string,
): OpenThings['goals'] {
  return reports.flatMap(({ campaign, goals }) =>
    goals
      .filter((goal) => goal.status === 'behind' || (goal.status === 'missed' && goal.daysLeft >= -missedDays))
      .map((goal) => {
        const isMissed = goal.status === 'missed';
        const line = isMissed || goal.expectedToday === null ? goal.target : goal.expectedToday;
        const verb =
          goalMetrics[goal.metric].direction === 'at_most' ? 'where the goal is at most' : isMissed ? 'of' : 'where';
        const tail =
          verb === 'where'
            ? `where ${say(goal, line)} are expected by today, goal ${say(goal, goal.target)}`
            : `${verb} ${say(goal, line)}`;
        return {
          id: goal.id,
          campaign: { id: campaign.id, name: campaign.name },
          label: goal.label,
          isMain: goal.isMain,
          isMissed,
          gap: gapOf(goal, line),
          isCeiling: goalMetrics[goal.metric].direction === 'at_most',
          daysLeft: goal.daysLeft,
          says: `${goal.actual === null ? 'not measured' : say(goal, goal.actual)} ${tail}`,
        };
      }),
  );
}

/** How far the actual is on the wrong side of its line, as a part of the line; 0 on it or better. */
export function gapOf(goal: GoalReport, line: GoalValue): number {
  const number = (value: GoalValue) => (typeof value === 'number' ? value : Number(value.amountMinor));
  if (goal.actual === null || number(line) === 0) return 0;
  const away = (number(line) - number(goal.actual)) / number(line);
  return Math.max(0, goalMetrics[goal.metric].direction === 'at_most' ? -away : away);
}
