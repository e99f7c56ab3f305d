import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { compareCampaigns } from './compare-campaigns.ts';
import { exportCsv, exportPdf } from './export-campaign.ts';
import { exportDisclosure } from './export-disclosure.ts';
import { reportCampaign } from './get-campaign-report.ts';
import { readDisclosureRecord } from './read-disclosure-record.ts';
import { readSeedingValue } from './read-seeding-value.ts';
import { reportTraffic } from './read-traffic-flow.ts';

export function reportsRoutes(infra: Infra): Route[] {
  return [
    route(api.getCampaignReport, (call) => reportCampaign(infra, call)),
    route(api.getOverview, (call) => compareCampaigns(infra, call)),
    downloadRoute(api.exportCampaignCsv, (call) => exportCsv(infra, call)),
    downloadRoute(api.exportCampaignPdf, (call) => exportPdf(infra, call)),
    route(api.getDisclosureRecord, (call) => readDisclosureRecord(infra, call)),
    route(api.getTrafficFlow, (call) => reportTraffic(infra, call)),
    route(api.getSeedingValue, (call) => readSeedingValue(infra, call)),
    downloadRoute(api.exportDisclosurePdf, (call) => exportDisclosure(infra, call)),
  ];
}
