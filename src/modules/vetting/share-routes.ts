import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import { keepAnswer, pageAppeals } from './answer-appeals.ts';
import {
  answerAppeal,
  downloadSharedReport,
  listAppeals,
  listReportShares,
  makeAppeal,
  openReportShare,
  revokeReportShare,
  shareReport,
} from './api.ts';
import { exportSharedPdf, keepAppeal, readSharedReport } from './open-shared-report.ts';
import { endReportShare, makeReportShare, pageReportShares } from './share-report.ts';
import type { Parts } from './vet-targets.ts';

/** Links to reports, what creators said by them, and the answers. */
export function shareRoutes(parts: Parts): Route[] {
  const { infra } = parts;
  return [
    route(shareReport, (call) => makeReportShare(parts, call)),
    route(listReportShares, (call) => pageReportShares(parts, call)),
    route(revokeReportShare, (call) => endReportShare(parts, call)),
    route(openReportShare, (call) => readSharedReport(infra, call)),
    downloadRoute(downloadSharedReport, (call) => exportSharedPdf(infra, call)),
    route(makeAppeal, (call) => keepAppeal(infra, call)),
    route(listAppeals, (call) => pageAppeals(infra, call)),
    route(answerAppeal, (call) => keepAnswer(infra, call)),
  ];
}
