import { createPdfSetter } from '#infra/pdf/set-pdf.ts';
import type { ReportPage } from '../rules/report-page.ts';

const set = createPdfSetter(new URL('./vetting-report.typ', import.meta.url));

/** Sets a vetting report as a tagged PDF. */
export function setReportPdf(page: ReportPage): Buffer {
  return set(page);
}
