import { stringify } from 'csv-stringify/sync';
import type { Call, Download } from '#infra/http/call.ts';
import { getPerson } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { downloadCsv, downloadPdf, downloadReport, Report } from './api.ts';
import { setReportPdf } from './pdf/set-report-pdf.ts';
import { reportPage } from './rules/report-page.ts';
import { reportRows } from './rules/report-rows.ts';
import { audiencesOf } from './rules/shown-outside.ts';
import { getLatest, type Parts } from './vet-creator.ts';

/** The latest report with its verdicts as JSON. Errors: not_found, vetting.no_profile. */
export async function exportJson(parts: Parts, call: Call<typeof downloadReport>): Promise<Download> {
  const { workspaceId, input } = call;
  const vetting = await parts.infra.db.inWorkspace(workspaceId, (tx) => getLatest(parts, tx, workspaceId, input));
  return {
    fileName: reportFileName(vetting, 'json'),
    contentType: 'application/json',
    body: `${JSON.stringify(vetting, null, 2)}\n`,
  };
}

/** The latest report for a spreadsheet: cells that could be read as formulas are set in quotes. Errors: not_found, vetting.no_profile. */
export async function exportCsv(parts: Parts, call: Call<typeof downloadCsv>): Promise<Download> {
  const { workspaceId, input } = call;
  const vetting = await parts.infra.db.inWorkspace(workspaceId, (tx) => getLatest(parts, tx, workspaceId, input));
  return {
    fileName: reportFileName(vetting, 'csv'),
    contentType: 'text/csv; charset=utf-8',
    body: stringify(reportRows(vetting), { bom: true, escape_formulas: true, record_delimiter: 'windows' }),
  };
}

/** The latest report as one would send it to a board. Errors: not_found, vetting.no_profile. */
export async function exportPdf(parts: Parts, call: Call<typeof downloadPdf>): Promise<Download> {
  const { workspaceId, input } = call;
  const { vetting, page } = await parts.infra.db.inWorkspace(workspaceId, async (tx) => {
    const latest = await getLatest(parts, tx, workspaceId, input);
    const person = await getPerson(tx, workspaceId, latest.personId);
    const workspace = await getWorkspace(tx, workspaceId);
    const basis = {
      creatorName: person.name ?? `@${latest.handle}`,
      workspaceName: workspace.name,
      verdicts: latest.verdicts,
    };
    return { vetting: latest, page: reportPage({ ...latest, audiences: audiencesOf(latest) }, basis) };
  });
  return {
    fileName: reportFileName(vetting, 'pdf'),
    contentType: 'application/pdf',
    body: new Uint8Array(setReportPdf(page)),
  };
}

export function reportFileName(
  { platform, handle, checkedAt }: Pick<Report, 'platform' | 'handle' | 'checkedAt'>,
  ending: string,
): string {
  return `vetting-${platform}-${handle.replaceAll(/[^\w.-]+/g, '-')}-${checkedAt.slice(0, 10)}.${ending}`;
}
