import { createPdfSetter } from '#infra/pdf/set-pdf.ts';
import type { PdfPage } from '../rules/pdf-page.ts';

const set = createPdfSetter(new URL('./campaign-report.typ', import.meta.url));

/** Sets a campaign's report as a tagged PDF. */
export function setPdf(page: PdfPage): Buffer {
  return set(page);
}
