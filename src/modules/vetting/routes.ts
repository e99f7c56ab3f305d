import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import { notFound } from '#kernel/errors.ts';
import { getPerson } from '#modules/creators/index.ts';
import {
  cancelRun,
  compareVetting,
  correctSponsoredPost,
  decide,
  downloadCsv,
  downloadPdf,
  downloadReport,
  findVetting,
  getBrandProfile,
  getNamedBrands,
  getReport,
  getRun,
  getVetting,
  getVettingRules,
  listEvidence,
  listReports,
  listRuns,
  listSponsoredPosts,
  listVerdicts,
  listVettingRules,
  previewVettingRules,
  putBrandProfile,
  putVettingRules,
  runVetting,
  startRun,
} from './api.ts';
import { previewRules, readRules, saveRules } from './change-rules.ts';
import { readNamedBrands } from './comments/read-named-brands.ts';
import { compareReports } from './compare-vetting.ts';
import { decideVerdict } from './decide-verdict.ts';
import { exportCsv, exportJson, exportPdf } from './export-report.ts';
import { correctSponsored, readSponsoredPosts } from './partnerships/correct-sponsored.ts';
import { readBrandProfile } from './queries/brand-profile.ts';
import { pageVettingRules } from './queries/rules.ts';
import { findRun, pageRuns } from './queries/runs.ts';
import { pageVerdicts } from './queries/verdicts.ts';
import { readEvidence, readReport, readReports } from './read-history.ts';
import { replaceBrandProfile } from './save-brand-profile.ts';
import { shareRoutes } from './share-routes.ts';
import { computeAgain, findByHandle, getLatest, type Parts } from './vet-creator.ts';
import { cancelVetting, startVetting } from './vet-many.ts';

export function vettingRoutes(parts: Parts): Route[] {
  const { infra } = parts;
  const { db } = infra;
  return [
    route(getVetting, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => getLatest(parts, tx, workspaceId, input)),
    ),
    route(runVetting, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => computeAgain(parts, tx, workspaceId, input)),
    ),
    route(findVetting, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, async (tx) =>
        getLatest(parts, tx, workspaceId, await findByHandle(tx, workspaceId, input)),
      ),
    ),
    downloadRoute(downloadReport, (call) => exportJson(parts, call)),
    downloadRoute(downloadCsv, (call) => exportCsv(parts, call)),
    downloadRoute(downloadPdf, (call) => exportPdf(parts, call)),
    route(compareVetting, (call) => compareReports(parts, call)),
    ...shareRoutes(parts),
    route(listReports, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => readReports(tx, workspaceId, input)),
    ),
    route(getReport, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => readReport(tx, workspaceId, input)),
    ),
    route(listEvidence, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => readEvidence(tx, workspaceId, input)),
    ),
    route(decide, (call) => decideVerdict(infra, call)),
    route(listVerdicts, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, async (tx) =>
        pageVerdicts(tx, workspaceId, { ...input, personId: (await getPerson(tx, workspaceId, input.personId)).id }),
      ),
    ),
    route(getBrandProfile, ({ workspaceId }) => db.inWorkspace(workspaceId, (tx) => readBrandProfile(tx, workspaceId))),
    route(getNamedBrands, (call) => readNamedBrands(parts, call)),
    route(listSponsoredPosts, (call) => readSponsoredPosts(infra, call)),
    route(correctSponsoredPost, (call) => correctSponsored(infra, call)),
    route(putBrandProfile, (call) => replaceBrandProfile(infra, call)),
    route(getVettingRules, (call) => readRules(infra, call)),
    route(putVettingRules, (call) => saveRules(infra, call)),
    route(previewVettingRules, (call) => previewRules(infra, call)),
    route(listVettingRules, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => pageVettingRules(tx, workspaceId, input)),
    ),
    route(startRun, (call) => startVetting(infra, call)),
    route(getRun, async ({ workspaceId, input }) => {
      const found = await db.inWorkspace(workspaceId, (tx) => findRun(tx, workspaceId, input.runId));
      if (found === null) throw notFound('run');
      return found.run;
    }),
    route(listRuns, ({ workspaceId, input }) => db.inWorkspace(workspaceId, (tx) => pageRuns(tx, workspaceId, input))),
    route(cancelRun, (call) => cancelVetting(infra, call)),
  ];
}
