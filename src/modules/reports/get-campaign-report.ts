import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { CampaignReport, getCampaignReport } from './api.ts';
import { readReport } from './read-reports.ts';

/** What a campaign brought, as of now. Error: not_found. */
export function reportCampaign(infra: Infra, call: Call<typeof getCampaignReport>): Promise<CampaignReport> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, (tx) =>
    readReport(tx, workspaceId, { campaignId: input.campaignId, clock: infra.clock }),
  );
}
