import { stringify } from 'csv-stringify/sync';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { CampaignReport, exportCampaignCsv, exportCampaignPdf } from './api.ts';
import { setPdf } from './pdf/set-pdf.ts';
import { readReport } from './read-reports.ts';
import { csvRows } from './rules/csv-rows.ts';
import { pdfPage } from './rules/pdf-page.ts';

/** Results per creator for a spreadsheet: UTF-8 with a mark, cells that could be read as formulas set in quotes. Error: not_found. */
export async function exportCsv(infra: Infra, call: Call<typeof exportCampaignCsv>): Promise<Download> {
  const { report } = await readForExport(infra, call);
  return {
    fileName: fileNameOf(report, 'csv'),
    contentType: 'text/csv; charset=utf-8',
    body: stringify(csvRows(report), { bom: true, escape_formulas: true, record_delimiter: 'windows' }),
  };
}

/** The report as one would send it to a board. Error: not_found. */
export async function exportPdf(infra: Infra, call: Call<typeof exportCampaignPdf>): Promise<Download> {
  const { report, workspaceName } = await readForExport(infra, call);
  return {
    fileName: fileNameOf(report, 'pdf'),
    contentType: 'application/pdf',
    body: new Uint8Array(setPdf(pdfPage(report, { workspaceName }))),
  };
}

function readForExport(
  infra: Infra,
  { workspaceId, input }: Pick<Call<typeof exportCampaignCsv>, 'workspaceId' | 'input'>,
): Promise<{ report: CampaignReport; workspaceName: string }> {
  return infra.db.inWorkspace(workspaceId, async (tx) => ({
    report: await readReport(tx, workspaceId, { campaignId: input.campaignId, clock: infra.clock }),
    workspaceName: (await getWorkspace(tx, workspaceId)).name,
  }));
}

function fileNameOf(report: CampaignReport, ending: string): string {
  const name = report.campaign.name
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return `${name === '' ? 'campaign' : name}-results-${report.today}.${ending}`;
}
