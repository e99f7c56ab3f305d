import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { VisitorSalts } from '#modules/tracking/index.ts';
import { accept, decline } from './answer-invitation.ts';
import * as api from './api.ts';
import { type ApplyParts, apply, openPage, startOne, takeFile } from './apply.ts';
import { askForNewLink } from './ask-for-link.ts';
import { approve, reject } from './decide-application.ts';
import { enterByLink } from './enter-portal.ts';
import { readErasures } from './forget-creators.ts';
import { choosePassword, confirmCode, makeAccount, sendCode, signInByPassword } from './manage-account.ts';
import { makeLink, pageLinks, revokeLink, startPreview } from './manage-links.ts';
import { changePage, createPage, getPage, listPages, removePage } from './manage-pages.ts';
import { carryOutDeletion, downloadData, readData, readDeletions, wishDeletion, withdrawDeletion } from './own-data.ts';
import { changeMe, readMe } from './own-profile.ts';
import { openLogo, putLogo, takeLogoOff } from './page-logos.ts';
import { describePortalSession, endOwnSession, leave, openBrand, readPortalSessions } from './portal-sessions.ts';
import { keepProof, openProofFile, pageProofs, readOwnProofs, settleProof } from './proofs.ts';
import { getCampaign, listCampaigns } from './read-campaigns.ts';
import { readHome } from './read-home.ts';
import { readPrograms } from './read-programs.ts';
import { drawQr, readLinks, readResults } from './read-results.ts';
import { exportCsv, openFile, pageApplications, readApplication } from './review-applications.ts';
import { invite, readInvitations } from './send-invitations.ts';
import { createTryLimit } from './try-limits.ts';

const entersAMinuteMax = 30;

/** The portal's endpoints and what they do. */
export function portalRoutes(infra: Infra, applying: ApplyParts): Route[] {
  return [
    ...doorRoutes(infra),
    ...creatorRoutes(infra, applying.salts),
    ...memberRoutes(infra),
    ...applyRoutes(applying),
  ];
}

/** The way in: links, codes, passwords. */
function doorRoutes(infra: Infra): Route[] {
  const limit = createTryLimit(entersAMinuteMax, 60);
  const parts = { infra, limit };
  return [
    route(api.enterPortal, (call) => enterByLink(parts, call)),
    route(api.askForLink, (call) => askForNewLink(parts, call)),
    route(api.getPortalSession, (call) => describePortalSession(infra, call)),
    route(api.chooseBrand, (call) => openBrand(infra, call)),
    route(api.leavePortal, (call) => leave(infra, call)),
    route(api.sendPortalCode, (call) => sendCode(parts, call)),
    route(api.confirmPortalCode, (call) => confirmCode(parts, call)),
    route(api.signInToPortal, (call) => signInByPassword(parts, call)),
    route(api.makePortalAccount, (call) => makeAccount(infra, call)),
    route(api.setPortalPassword, (call) => choosePassword(infra, call)),
  ];
}

/** What creators do. */
function creatorRoutes(infra: Infra, salts: VisitorSalts): Route[] {
  return [
    route(api.getPortalHome, (call) => readHome({ infra, salts }, call)),
    route(api.listPortalSessions, (call) => readPortalSessions(infra, call)),
    route(api.endPortalSession, (call) => endOwnSession(infra, call)),
    route(api.listPortalCampaigns, (call) => listCampaigns(infra, call)),
    route(api.getPortalCampaign, (call) => getCampaign(infra, call)),
    route(api.acceptInvitation, (call) => accept(infra, call)),
    route(api.declineInvitation, (call) => decline(infra, call)),
    route(api.readPortalLinks, (call) => readLinks(infra, call)),
    downloadRoute(api.drawPortalQr, (call) => drawQr(infra, call)),
    route(api.readPortalResults, (call) => readResults(infra, call)),
    route(api.getPortalMe, (call) => readMe(infra, call)),
    route(api.updatePortalMe, (call) => changeMe(infra, call)),
    route(api.getPortalData, (call) => readData(infra, call)),
    downloadRoute(api.downloadPortalData, (call) => downloadData(infra, call)),
    route(api.askDeletion, (call) => wishDeletion(infra, call)),
    route(api.takeBackDeletion, (call) => withdrawDeletion(infra, call)),
    route(api.sendProof, (call) => keepProof(infra, call)),
    route(api.listPortalProofs, (call) => readOwnProofs(infra, call)),
  ];
}

/** What members do about them. */
function memberRoutes(infra: Infra): Route[] {
  return [
    route(api.makePortalLink, (call) => makeLink(infra, call)),
    route(api.listPortalLinks, (call) => pageLinks(infra, call)),
    route(api.revokePortalLink, (call) => revokeLink(infra, call)),
    route(api.startPortalPreview, (call) => startPreview(infra, call)),
    route(api.sendInvitations, (call) => invite(infra, call)),
    route(api.listInvitations, (call) => readInvitations(infra, call)),
    route(api.listErasures, (call) => readErasures(infra, call)),
    route(api.listDeletions, (call) => readDeletions(infra, call)),
    route(api.doDeletion, (call) => carryOutDeletion(infra, call)),
    route(api.listProofs, (call) => pageProofs(infra, call)),
    downloadRoute(api.getProofFile, (call) => openProofFile(infra, call)),
    route(api.decideProof, (call) => settleProof(infra, call)),
    route(api.listApplicationPages, (call) => listPages(infra, call)),
    route(api.getApplicationPage, (call) => getPage(infra, call)),
    route(api.createApplicationPage, (call) => createPage(infra, call)),
    route(api.putApplicationLogo, (call) => putLogo(infra, call)),
    route(api.removeApplicationLogo, (call) => takeLogoOff(infra, call)),
    route(api.updateApplicationPage, (call) => changePage(infra, call)),
    route(api.removeApplicationPage, (call) => removePage(infra, call)),
    route(api.listApplications, (call) => pageApplications(infra, call)),
    route(api.getApplication, (call) => readApplication(infra, call)),
    route(api.approveApplication, (call) => approve(infra, call)),
    route(api.rejectApplication, (call) => reject(infra, call)),
    downloadRoute(api.exportApplications, (call) => exportCsv(infra, call)),
    downloadRoute(api.getApplicationFile, (call) => openFile(infra, call)),
  ];
}

/** What anybody may do on an application page. */
function applyRoutes(parts: ApplyParts): Route[] {
  return [
    route(api.openApplicationPage, (call) => openPage(parts, call)),
    downloadRoute(api.getApplicationLogo, (call) => openLogo(parts.infra, call)),
    route(api.startApplication, (call) => startOne(parts, call)),
    route(api.uploadApplicationFile, (call) => takeFile(parts, call)),
    route(api.sendApplication, (call) => apply(parts, call)),
    route(api.listPrograms, (call) => readPrograms(parts, call)),
  ];
}
