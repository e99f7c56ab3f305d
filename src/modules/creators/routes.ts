import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { addSample, removeSample } from './add-follower-sample.ts';
import * as api from './api.ts';
import { captureRoutes } from './capture/routes.ts';
import { stateAudience, takeBackAudience } from './change-audience.ts';
import { addPasted, createOne, eraseMany, importRows, updateMany, updateOne } from './change-creators.ts';
import { pricesOf, statePrice, takeBackPrice } from './change-prices.ts';
import { addProfileTo, removeProfileFrom } from './change-profiles.ts';
import type { Connector } from './connectors/port.ts';
import { connectionRoutes } from './connectors/routes.ts';
import {
  countMatching,
  exportCsv,
  getOne,
  listCommentsOf,
  listPage,
  listPostsOf,
  readHistoryOf,
} from './list-creators.ts';
import { mediaRoutes } from './media/routes.ts';
import { mergeTwo, splitOff } from './merge-persons.ts';
import { previewOne, type SplitSource } from './preview-split.ts';
import { downloadErrors, forgetMapping, getRun, listErrors, listMappings, listRuns } from './read-imports.ts';
import { keepTwoApart, listCandidates, listMergesOf, listNewestMerges } from './read-merges.ts';
import { cancelRun, startFile } from './start-import.ts';
import { checkOne, listObjections, suppressCreators } from './suppress-creators.ts';
import { previewFile, uploadFile } from './upload-import.ts';
import { uploadSample } from './upload-sample.ts';

/** Endpoint by use case. Paths with a fixed word stand before those with a parameter in its place. */
export function creatorsRoutes(
  infra: Infra,
  of: { connectors: readonly Connector[]; splitSources: readonly SplitSource[] },
): Route[] {
  const { connectors, splitSources } = of;
  return [
    ...connectionRoutes(infra, connectors),
    ...mediaRoutes(infra),
    ...captureRoutes(infra),
    route(api.listCreators, (call) => listPage(infra, call)),
    route(api.countCreators, (call) => countMatching(infra, call)),
    downloadRoute(api.exportCreators, (call) => exportCsv(infra, call)),
    route(api.listMergeCandidates, (call) => listCandidates(infra, call)),
    route(api.createCreator, (call) => createOne(infra, call)),
    route(api.importCreators, (call) => importRows(infra, call)),
    route(api.addHandles, (call) => addPasted(infra, call)),
    route(api.updateCreators, (call) => updateMany(infra, call)),
    route(api.eraseCreators, (call) => eraseMany(infra, call)),
    route(api.mergeCreators, (call) => mergeTwo(infra, call)),
    route(api.listRecentMerges, (call) => listNewestMerges(infra, call)),
    route(api.previewSplit, (call) => previewOne(infra, splitSources, call)),
    route(api.splitCreators, (call) => splitOff(infra, call)),
    route(api.keepApart, (call) => keepTwoApart(infra, call)),
    route(api.getCreator, (call) => getOne(infra, call)),
    route(api.updateCreator, (call) => updateOne(infra, call)),
    route(api.addProfile, (call) => addProfileTo(infra, call)),
    route(api.removeProfile, (call) => removeProfileFrom(infra, call)),
    route(api.addFollowerSample, (call) => addSample(infra, call)),
    route(api.uploadAudienceSample, (call) => uploadSample(infra, call)),
    route(api.removeAudienceSample, (call) => removeSample(infra, call)),
    route(api.setAudience, (call) => stateAudience(infra, call)),
    route(api.removeAudience, (call) => takeBackAudience(infra, call)),
    route(api.listPrices, (call) => pricesOf(infra, call)),
    route(api.setPrice, (call) => statePrice(infra, call)),
    route(api.removePrice, (call) => takeBackPrice(infra, call)),
    route(api.listCreatorPosts, (call) => listPostsOf(infra, call)),
    route(api.listPostComments, (call) => listCommentsOf(infra, call)),
    route(api.getMetricHistory, (call) => readHistoryOf(infra, call)),
    route(api.listMerges, (call) => listMergesOf(infra, call)),
    route(api.uploadImport, (call) => uploadFile(infra, call)),
    route(api.previewImport, (call) => previewFile(infra, call)),
    route(api.startImport, (call) => startFile(infra, call)),
    route(api.cancelImport, (call) => cancelRun(infra, call)),
    route(api.listImports, (call) => listRuns(infra, call)),
    route(api.getImport, (call) => getRun(infra, call)),
    route(api.listImportErrors, (call) => listErrors(infra, call)),
    downloadRoute(api.downloadImportErrors, (call) => downloadErrors(infra, call)),
    route(api.listImportMappings, (call) => listMappings(infra, call)),
    route(api.forgetImportMapping, (call) => forgetMapping(infra, call)),
    route(api.suppress, (call) => suppressCreators(infra, call)),
    route(api.listSuppressions, (call) => listObjections(infra, call)),
    route(api.checkSuppression, (call) => checkOne(infra, call)),
  ];
}
