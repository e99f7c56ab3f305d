import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as rights from './accept-rights.ts';
import * as api from './api.ts';
import * as change from './change-draft.ts';
import { commentAsMember, settleOne } from './comment-draft.ts';
import { zipApproved } from './download-approved.ts';
import * as settings from './keep-settings.ts';
import * as list from './list-drafts.ts';
import * as live from './live-posts.ts';
import * as portal from './portal-drafts.ts';
import { makeLink, pageLinks, revokeLink } from './review-links.ts';
import * as shared from './shared-review.ts';
import { typeFigures } from './type-figures.ts';

export function submissionRoutes(infra: Infra): Route[] {
  return [...memberRoutes(infra), ...reviewRoutes(infra), ...liveRoutes(infra), ...portalRoutes(infra)];
}

function memberRoutes(infra: Infra): Route[] {
  return [
    route(api.listSubmissions, (call) => list.listDrafts(infra, call)),
    route(api.getSubmission, (call) => list.showDraft(infra, call)),
    route(api.startDraft, (call) => change.startOne(infra, call)),
    route(api.writeDraft, (call) => change.writeOne(infra, call)),
    route(api.addFile, (call) => list.uploadFile(infra, call)),
    route(api.removeFile, (call) => list.dropFile(infra, call)),
    route(api.submitDraft, (call) => change.submitOne(infra, call)),
    route(api.withdrawDraft, (call) => change.withdrawOne(infra, call)),
    downloadRoute(api.openFile, (call) => list.downloadFile(infra, call)),
    downloadRoute(api.openPreview, (call) => list.downloadPreview(infra, call)),
    downloadRoute(api.downloadApproved, (call) => zipApproved(infra, call)),
    route(api.compareRounds, (call) => list.compareTwo(infra, call)),
    route(api.approveDraft, (call) => change.approveOne(infra, call)),
    route(api.requestChanges, (call) => change.requestOne(infra, call)),
    route(api.proposeCaption, (call) => change.proposeOne(infra, call)),
    route(api.scheduleDraft, (call) => change.scheduleOne(infra, call)),
    route(api.approveMany, (call) => change.approveSeveral(infra, call)),
    route(api.addComment, (call) => commentAsMember(infra, call)),
    route(api.resolveComment, (call) => settleOne(infra, call)),
  ];
}

function reviewRoutes(infra: Infra): Route[] {
  return [
    route(api.getRightsWording, (call) => rights.readRightsWording(infra, call)),
    route(api.putRightsWording, (call) => rights.saveRightsWording(infra, call)),
    route(api.listRightsAcceptances, (call) => rights.listAcceptances(infra, call)),
    route(api.getReviewSetting, (call) => settings.readReviewSetting(infra, call)),
    route(api.putReviewSetting, (call) => settings.changeReviewSetting(infra, call)),
    route(api.getBusinessCalendar, (call) => settings.readCalendar(infra, call)),
    route(api.putBusinessCalendar, (call) => settings.changeCalendar(infra, call)),
    route(api.proposeHolidays, (call) => settings.proposeDays(infra, call)),
    route(api.makeReviewLink, (call) => makeLink(infra, call)),
    route(api.listReviewLinks, (call) => pageLinks(infra, call)),
    route(api.revokeReviewLink, (call) => revokeLink(infra, call)),
    route(api.openSharedReview, (call) => shared.openReview(infra, call)),
    route(api.showSharedDraft, (call) => shared.showShared(infra, call)),
    route(api.decideSharedDraft, (call) => shared.decideShared(infra, call)),
    route(api.commentSharedDraft, (call) => shared.commentShared(infra, call)),
    downloadRoute(api.openSharedFile, (call) => shared.openShared(infra, call)),
  ];
}

function liveRoutes(infra: Infra): Route[] {
  return [
    route(api.giveLivePost, (call) => live.giveOne(infra, call)),
    route(api.getLivePost, (call) => live.showLive(infra, call)),
    route(api.checkLivePost, (call) => live.checkNow(infra, call)),
    route(api.enterSeenPost, (call) => live.enterSeen(infra, call)),
    route(api.addLiveScreenshot, (call) => live.addScreenshot(infra, call)),
    downloadRoute(api.openLiveScreenshot, (call) => live.downloadScreenshot(infra, call)),
    route(api.typeFigures, (call) => typeFigures(infra, call)),
    route(api.acceptLivePost, (call) => live.acceptOne(infra, call)),
    route(api.getPostExpectation, (call) => live.readExpectation(infra, call)),
    route(api.putPostExpectation, (call) => live.changeExpectation(infra, call)),
  ];
}

function portalRoutes(infra: Infra): Route[] {
  return [
    route(api.portalListSubmissions, (call) => portal.listForCreator(infra, call)),
    route(api.portalGetSubmission, (call) => portal.showForCreator(infra, call)),
    route(api.portalStartDraft, (call) => portal.startForCreator(infra, call)),
    route(api.portalWriteDraft, (call) => portal.writeForCreator(infra, call)),
    route(api.portalAddFile, (call) => portal.addFileForCreator(infra, call)),
    route(api.portalRemoveFile, (call) => portal.removeFileForCreator(infra, call)),
    route(api.portalSubmitDraft, (call) => portal.submitForCreator(infra, call)),
    route(api.portalWithdrawDraft, (call) => portal.withdrawForCreator(infra, call)),
    route(api.portalUseCaption, (call) => portal.useCaptionForCreator(infra, call)),
    route(api.portalComment, (call) => portal.commentForCreator(infra, call)),
    route(api.portalGiveLive, (call) => portal.giveLiveForCreator(infra, call)),
    route(api.portalAddScreenshot, (call) => portal.addScreenshotForCreator(infra, call)),
    route(api.portalTypeFigures, (call) => portal.typeFiguresForCreator(infra, call)),
    downloadRoute(api.portalOpenFile, (call) => portal.openFileForCreator(infra, call)),
  ];
}
