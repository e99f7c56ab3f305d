import { stringify } from 'csv-stringify/sync';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { DiscountCode, exportCodes as exportEndpoint } from './api.ts';
import { presentCodes } from './present-codes.ts';
import { selectCodes } from './queries/codes.ts';
import { codeTable } from './rules/code-table.ts';

const exportRowsMax = 100_000;

/** Codes as CSV with the columns a shop's importer reads; cells that a spreadsheet would compute are quoted. */
export async function exportCodes(infra: Infra, call: Call<typeof exportEndpoint>): Promise<Download> {
  const { workspaceId, input } = call;
  const codes: DiscountCode[] = await infra.db.inWorkspace(workspaceId, async (tx) =>
    presentCodes(
      tx,
      workspaceId,
      await selectCodes(tx, { workspaceId, campaignId: input.campaignId, limit: exportRowsMax, after: null }),
      infra.clock.now(),
    ),
  );
  const { columns, rows } = codeTable(codes, input.format, infra.clock.now());
  return {
    fileName: input.format === 'rapport' ? 'codes.csv' : `codes-${input.format}.csv`,
    contentType: 'text/csv; charset=utf-8',
    body: stringify([columns, ...rows], { escape_formulas: true }),
  };
}
