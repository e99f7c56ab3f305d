import type { Clock } from '#infra/clock.ts';
import type { Tx } from '#infra/db/database.ts';
import { type CampaignReport, overviewMax } from './api.ts';
import { selectCampaigns } from './queries/campaigns.ts';
import { readReports } from './read-reports.ts';

/** Reports of campaigns in these states, newest first, at most 100; those that ran on `from` or later when it is given. */
export async function readLiveReports(
  tx: Tx,
  workspaceId: string,
  of: { states: readonly ('live' | 'ended')[]; from?: string; clock: Clock },
): Promise<CampaignReport[]> {
  const { rows } = await selectCampaigns(tx, workspaceId, { states: of.states, from: of.from, limit: overviewMax });
  return readReports(tx, workspaceId, { rows, clock: of.clock });
}
