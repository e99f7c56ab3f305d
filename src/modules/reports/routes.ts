import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { compareCampaigns } from './compare-campaigns.ts';
import { exportCsv, exportPdf } from './export-campaign.ts';
import { reportCampaign } from './get-campaign-report.ts';

export function reportsRoutes(infra: Infra): Route[] {
  return [
    route(api.getCampaignReport, (call) => reportCampaign(infra, call)),
    route(api.getOverview, (call) => compareCampaigns(infra, call)),
    downloadRoute(api.exportCampaignCsv, (call) => exportCsv(infra, call)),
    downloadRoute(api.exportCampaignPdf, (call) => exportPdf(infra, call)),
  ];
}
