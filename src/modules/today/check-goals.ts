import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { dayIn } from '#kernel/time.ts';
import { readLiveReports } from '#modules/reports/index.ts';
import { getWorkspace, listAllWorkspaces } from '#modules/workspaces/index.ts';
import { goalEvents } from './events.ts';
import { selectGoalChecks, upsertGoalChecks } from './queries/goal-checks.ts';

/** Goals are told of from the morning on, when yesterday is whole. */
const firstHour = 6;

/** Looks how the goals of live campaigns stand in every workspace and tells of those that stand otherwise than before. */
export async function checkGoals(infra: Infra): Promise<void> {
  for (const { id } of await infra.db.asSystem(listAllWorkspaces)) await checkGoalsOf(infra, id);
}

async function checkGoalsOf(infra: Infra, workspaceId: string): Promise<void> {
  await infra.db.asSystem(async (tx) => {
    const now = infra.clock.now();
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now));
    if (hour < firstHour) return;
    const reports = await readLiveReports(tx, workspaceId, { states: ['live'], clock: infra.clock });
    const goals = reports.flatMap((report) => report.goals);
    if (goals.length === 0) return;
    const before = new Map(
      (
        await selectGoalChecks(
          tx,
          workspaceId,
          goals.map((goal) => goal.id),
        )
      ).map((check) => [check.goalId, check.status]),
    );
    const checks = goals.map((goal) => ({ goalId: goal.id, status: goal.status }));
    const changed = new Set(await upsertGoalChecks(tx, workspaceId, { checks, day: dayIn(timeZone, now) }));
    await infra.outbox.emitAll(
      tx,
      goals.flatMap((goal) => {
        const { status } = goal;
        const isNews = changed.has(goal.id) && status !== 'not_measured' && status !== 'not_started';
        if (!isNews) return [];
        const was = before.get(goal.id);
        const payload = {
          campaignId: goal.campaignId,
          goalId: goal.id,
          metric: goal.metric,
          label: goal.label,
          ...(was === undefined ? {} : { was }),
        };
        return [{ workspaceId, name: goalEvents[status], payload }];
      }),
    );
  });
}

/** Every hour, so that each workspace is looked at in its own morning. */
export function defineGoalJobs(infra: Infra): void {
  infra.jobs.define({
    name: 'today.check-goals',
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 900,
    cron: '41 * * * *',
    handle: () => checkGoals(infra),
  });
}
