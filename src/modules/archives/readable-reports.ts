import { packReportText, unpackReportText } from '#modules/vetting/index.ts';

/** Reports are kept deflated; in an archive they stand as JSON that anybody can read. */
export const packedReportTable = 'vetting_report';

interface ReportLine {
  packed: string | null;
  report: unknown;
}

export function withReadableReport(line: string): string {
  const row = JSON.parse(line) as ReportLine;
  if (row.packed === null) return line;
  const report: unknown = JSON.parse(unpackReportText(Buffer.from(row.packed.slice(2), 'hex')));
  return JSON.stringify({ ...row, packed: null, report });
}

export function withPackedReport(line: string): string {
  const row = JSON.parse(line) as ReportLine;
  if (row.report === null || row.report === undefined) return line;
  const packed = `\\x${packReportText(JSON.stringify(row.report)).toString('hex')}`;
  return JSON.stringify({ ...row, packed, report: null });
}
