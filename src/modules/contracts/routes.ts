import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { acceptOffer, declineOffer, endInForce, withdrawOffer } from './answer-offer.ts';
import * as api from './api.ts';
import { createContracts } from './create-contracts.ts';
import { frameOf } from './frame.ts';
import { dropClause, dropTemplate, keepClause, keepTemplate, pageClauses, pageTemplates } from './library.ts';
import { listObligations } from './list-obligations.ts';
import { acceptMine, counterMine, declineMine, listMine, readMine, signMine } from './portal-contracts.ts';
import { compareTwo, pageContracts, payoutOf, readContract } from './read-contracts.ts';
import { renewContracts } from './renew-contracts.ts';
import { listRunningOut } from './run-out.ts';
import { previewText, saveDraft } from './save-contract.ts';
import { linkToContract, sendContracts } from './send-contracts.ts';
import { openDocument, openSealed, readHash } from './serve-documents.ts';
import { forgetCertificate, keepCertificate, keepSettings, readSettings } from './settings.ts';
import { signVersion } from './sign-contract.ts';
import { readEffects, seeEffect } from './take-effect.ts';

export function contractsRoutes(infra: Infra): Route[] {
  return [...memberRoutes(infra), ...libraryRoutes(infra), ...portalRoutes(infra)];
}

function memberRoutes(infra: Infra): Route[] {
  const { db } = infra;
  const read = ({ workspaceId, input }: { workspaceId: string; input: { contractId: string } }) =>
    readContract(infra, workspaceId, input.contractId);
  return [
    route(api.listContracts, (call) => pageContracts(infra, call)),
    route(api.getContract, read),
    route(api.createContracts, (call) => createContracts(infra, call)),
    route(api.saveContract, async (call) => {
      await saveDraft(infra, call);
      return read(call);
    }),
    route(api.previewContract, (call) => previewText(infra, call)),
    route(api.sendContracts, (call) => sendContracts(infra, call)),
    route(api.linkContract, (call) => linkToContract(infra, call)),
    route(api.acceptCounter, async (call) => {
      await acceptOffer(infra, { frame: frameOf(call, 'brand'), side: 'brand', ...call.input });
      return read(call);
    }),
    route(api.declineCounter, async (call) => {
      await declineOffer(infra, { frame: frameOf(call, 'brand'), side: 'brand', ...call.input });
      return read(call);
    }),
    route(api.withdrawContract, async (call) => {
      await withdrawOffer(infra, { frame: frameOf(call, 'brand'), ...call.input });
      return read(call);
    }),
    route(api.signContract, async (call) => {
      await signVersion(infra, { frame: frameOf(call, 'brand'), side: 'brand', order: call.input });
      return read(call);
    }),
    route(api.listRunningOut, (call) => listRunningOut(infra, call)),
    route(api.renewContracts, (call) => renewContracts(infra, call)),
    route(api.endContract, async (call) => {
      await endInForce(infra, { frame: frameOf(call, 'brand'), ...call.input });
      return read(call);
    }),
    route(api.listContractEffects, ({ workspaceId, input }) => readEffects(infra, { workspaceId, ...input })),
    route(api.seeContractEffect, (call) => seeEffect(infra, call)),
    downloadRoute(api.getDocument, (call) => openDocument(infra, call, 'brand')),
    route(api.readDocumentHash, (call) => readHash(infra, call)),
    downloadRoute(api.getSealed, (call) => openSealed(infra, call, 'brand')),
    route(api.compareVersions, (call) => compareTwo(infra, call)),
    route(api.listObligationsEndpoint, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => listObligations(infra, tx, { workspaceId, filter: input })),
    ),
    route(api.checkPayout, (call) => payoutOf(infra, call)),
  ];
}

function libraryRoutes(infra: Infra): Route[] {
  return [
    route(api.listClauses, (call) => pageClauses(infra, call)),
    route(api.saveClause, (call) => keepClause(infra, call)),
    route(api.removeClause, (call) => dropClause(infra, call)),
    route(api.listTemplates, (call) => pageTemplates(infra, call)),
    route(api.saveTemplate, (call) => keepTemplate(infra, call)),
    route(api.removeTemplate, (call) => dropTemplate(infra, call)),
    route(api.getContractSettings, ({ workspaceId }) =>
      infra.db.inWorkspace(workspaceId, (tx) => readSettings(tx, workspaceId)),
    ),
    route(api.saveContractSettings, (call) => keepSettings(infra, call)),
    route(api.bringCertificate, (call) => keepCertificate(infra, call)),
    route(api.dropCertificate, (call) => forgetCertificate(infra, call)),
  ];
}

function portalRoutes(infra: Infra): Route[] {
  return [
    route(api.listPortalContracts, (call) => listMine(infra, call)),
    route(api.getPortalContract, (call) => readMine(infra, call)),
    downloadRoute(api.getPortalDocument, (call) => openDocument(infra, call, 'creator')),
    downloadRoute(api.getPortalSealed, (call) => openSealed(infra, call, 'creator')),
    route(api.acceptPortalContract, (call) => acceptMine(infra, call)),
    route(api.counterPortalContract, (call) => counterMine(infra, call)),
    route(api.declinePortalContract, (call) => declineMine(infra, call)),
    route(api.signPortalContract, (call) => signMine(infra, call)),
  ];
}
