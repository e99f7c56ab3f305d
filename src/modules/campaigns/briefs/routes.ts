import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from '../api.ts';
import { checkBrief, compareBriefVersions, getBrief, listBriefVersions } from '../read-brief.ts';
import { saveBrief } from '../save-brief.ts';
import { getBriefPdf } from './brief-pdf.ts';
import { getBriefImage, uploadBriefImage } from './keep-images.ts';
import { listBriefTemplates, removeBriefTemplate, renameBriefTemplate, saveBriefTemplate } from './keep-templates.ts';
import { getBriefOverride, makeBriefLink, saveBriefOverride } from './override-brief.ts';
import {
  acknowledgeBrief,
  getPortalBrief,
  getPortalBriefImage,
  getPortalBriefPdf,
  listPortalBriefs,
} from './portal-brief.ts';
import { proposeDisclosure } from './propose-disclosure.ts';
import { listBriefStatus } from './read-status.ts';
import { sendBrief } from './send-brief.ts';

export function briefRoutes(infra: Infra): Route[] {
  return [
    route(api.getBrief, (call) => getBrief(infra, call)),
    route(api.saveBrief, (call) => saveBrief(infra, call)),
    route(api.listBriefVersions, (call) => listBriefVersions(infra, call)),
    route(api.compareBriefs, (call) => compareBriefVersions(infra, call)),
    route(api.checkBrief, (call) => checkBrief(call)),
    route(api.listBriefStatus, (call) => listBriefStatus(infra, call)),
    route(api.sendBrief, (call) => sendBrief(infra, call)),
    route(api.makeBriefLink, (call) => makeBriefLink(infra, call)),
    route(api.getBriefOverride, (call) => getBriefOverride(infra, call)),
    route(api.saveBriefOverride, (call) => saveBriefOverride(infra, call)),
    downloadRoute(api.getBriefPdf, (call) => getBriefPdf(infra, call)),
    route(api.listBriefTemplates, (call) => listBriefTemplates(infra, call)),
    route(api.saveBriefTemplate, (call) => saveBriefTemplate(infra, call)),
    route(api.renameBriefTemplate, (call) => renameBriefTemplate(infra, call)),
    route(api.removeBriefTemplate, (call) => removeBriefTemplate(infra, call)),
    route(api.uploadBriefImage, (call) => uploadBriefImage(infra, call)),
    downloadRoute(api.getBriefImage, (call) => getBriefImage(infra, call)),
    route(api.proposeDisclosure, (call) => proposeDisclosure(call)),
    route(api.listPortalBriefs, (call) => listPortalBriefs(infra, call)),
    route(api.getPortalBrief, (call) => getPortalBrief(infra, call)),
    route(api.acknowledgeBrief, (call) => acknowledgeBrief(infra, call)),
    downloadRoute(api.getPortalBriefPdf, (call) => getPortalBriefPdf(infra, call)),
    downloadRoute(api.getPortalBriefImage, (call) => getPortalBriefImage(infra, call)),
  ];
}
