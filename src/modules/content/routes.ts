import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { listPermissions, savePermission } from './ad-permissions.ts';
import { addByUrl, addFile } from './add-assets.ts';
import { answerOwn, counterOwnRights, listOwnRights } from './answer-rights.ts';
import * as api from './api.ts';
import { captureCampaign } from './capture-posts.ts';
import { editAsset, openFile, openPreview, pageAssets, readAsset, takeOut } from './change-assets.ts';
import { changeRules, readRules } from './keep-capture.ts';
import { findMissing } from './list-missing.ts';
import { askForRights, closeRight, grantByHand, place, stopPlacement } from './manage-rights.ts';
import { answerCountered } from './price-rights.ts';
import { acceptResults, readFoundResults, readReadings } from './take-results.ts';

export function contentRoutes(infra: Infra): Route[] {
  return [
    route(api.listAssets, (call) => pageAssets(infra, call)),
    route(api.getAsset, (call) => readAsset(infra, call)),
    route(api.addAssetByUrl, (call) => addByUrl(infra, call)),
    route(api.uploadAsset, (call) => addFile(infra, call)),
    route(api.updateAsset, (call) => editAsset(infra, call)),
    route(api.removeAsset, (call) => takeOut(infra, call)),
    downloadRoute(api.downloadAsset, (call) => openFile(infra, call)),
    downloadRoute(api.previewAsset, (call) => openPreview(infra, call)),
    route(api.grantRights, (call) => grantByHand(infra, call)),
    route(api.requestRights, (call) => askForRights(infra, call)),
    route(api.endRight, (call) => closeRight(infra, call)),
    route(api.answerCounter, (call) => answerCountered(infra, call)),
    route(api.addPlacement, (call) => place(infra, call)),
    route(api.endPlacement, (call) => stopPlacement(infra, call)),
    route(api.listPortalRights, (call) => listOwnRights(infra, call)),
    route(api.answerRights, (call) => answerOwn(infra, call)),
    route(api.counterRights, (call) => counterOwnRights(infra, call)),
    route(api.getCaptureRules, (call) => readRules(infra, call)),
    route(api.putCaptureRules, (call) => changeRules(infra, call)),
    route(api.captureNow, (call) => captureCampaign(infra, { workspaceId: call.workspaceId, ...call.input })),
    route(api.listReadings, (call) => readReadings(infra, call)),
    route(api.listFoundResults, (call) => readFoundResults(infra, call)),
    route(api.takeFoundResults, (call) => acceptResults(infra, call)),
    route(api.listMissing, (call) => findMissing(infra, call)),
    route(api.listAdPermissions, (call) => listPermissions(infra, call)),
    route(api.saveAdPermission, (call) => savePermission(infra, call)),
  ];
}
