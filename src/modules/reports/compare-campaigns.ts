import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type getOverview, type Overview, overviewMax } from './api.ts';
import { reportsError } from './errors.ts';
import { selectCampaigns } from './queries/campaigns.ts';
import { readReports } from './read-reports.ts';
import { countGoals, medianReturn, overviewRow, overviewTotals } from './rules/overview.ts';

const statesByDefault = ['draft', 'live', 'ended'] as const;

/** Campaigns side by side, each measured as its own report is. Error: reports.bad_span. */
export async function compareCampaigns(infra: Infra, call: Call<typeof getOverview>): Promise<Overview> {
  const { workspaceId, input } = call;
  if (input.from !== undefined && input.to !== undefined && input.from > input.to) {
    const message = `The span ends on ${input.to}, before it begins on ${input.from}. Turn them round.`;
    throw reportsError('bad_span', message, [{ field: 'to', message }]);
  }
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { rows, matched } = await selectCampaigns(tx, workspaceId, {
      states: input.states ?? statesByDefault,
      query: input.query,
      from: input.from,
      to: input.to,
      limit: overviewMax,
    });
    const reports = await readReports(tx, workspaceId, { rows, clock: infra.clock });
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const now = infra.clock.now();
    const lines = reports.map(overviewRow);
    return {
      computedAt: now.toISOString(),
      today: dayIn(timeZone, now),
      rows: lines,
      matched,
      totals: overviewTotals(lines),
      goals: countGoals(lines),
      medianReturn: medianReturn(lines),
    };
  });
}
