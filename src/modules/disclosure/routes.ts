import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { changeSettings } from './change-settings.ts';
import { checkHistory, checkOne } from './check-captions.ts';
import { exportEvidence, listEvidence, openPicture } from './list-evidence.ts';
import { readSettings } from './queries.ts';
import { keepSight } from './record-evidence.ts';
import { describePacks } from './rules/describe-packs.ts';

export function disclosureRoutes(infra: Infra): Route[] {
  return [
    route(api.checkCaption, (call) => checkOne(infra, call)),
    route(api.checkDisclosureHistory, (call) => checkHistory(infra, call)),
    route(api.listDisclosurePacks, async () => ({ packs: describePacks() })),
    route(api.getDisclosureSettings, (call) =>
      infra.db.inWorkspace(call.workspaceId, (tx) => readSettings(tx, call.workspaceId)),
    ),
    route(api.putDisclosureSettings, (call) => changeSettings(infra, call)),
    route(api.recordDisclosureEvidence, (call) => keepSight(infra, call)),
    route(api.listDisclosureEvidence, (call) => listEvidence(infra, call)),
    downloadRoute(api.openEvidencePicture, (call) => openPicture(infra, call)),
    downloadRoute(api.exportDisclosureEvidence, (call) => exportEvidence(infra, call)),
  ];
}
