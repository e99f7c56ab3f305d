import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { decideTiers, setTier } from './ambassadors/decide-tiers.ts';
import { listPortalTiers } from './ambassadors/portal-tiers.ts';
import { saveProgram } from './ambassadors/programs.ts';
import { getAmbassadors, listJudgements } from './ambassadors/read-ambassadors.ts';
import * as api from './api.ts';
import { getRules, liftFlag, listFlags, saveRules, setFlag } from './flags.ts';
import { importPastWork, removePastWork } from './import-past-work.ts';
import { answerIncident, closeIncident, openIncident, reopenIncident, shareIncident } from './keep-incidents.ts';
import {
  changeManagerCreators,
  createManager,
  listManagers,
  messageManager,
  removeManager,
  updateManager,
} from './keep-managers.ts';
import { addNote, listNotes, removeNote, updateNote } from './keep-notes.ts';
import { answerPortalIncident, listPortalIncidents, openPortalIncident } from './portal-incidents.ts';
import { listIncidents } from './present-incidents.ts';
import { getRelationship } from './read-relationship.ts';
import { readTimeline } from './read-timeline.ts';
import { saveOpinion } from './save-opinion.ts';

export function relationshipsRoutes(infra: Infra): Route[] {
  return [
    route(api.getRelationship, (call) => getRelationship(infra, call)),
    route(api.getTimeline, (call) => readTimeline(infra, call)),
    route(api.listNotes, (call) => listNotes(infra, call)),
    route(api.addNote, (call) => addNote(infra, call)),
    route(api.updateNote, (call) => updateNote(infra, call)),
    route(api.removeNote, (call) => removeNote(infra, call)),
    route(api.saveOpinion, (call) => saveOpinion(infra, call)),
    route(api.listIncidents, (call) => listIncidents(infra, call)),
    route(api.openIncident, (call) => openIncident(infra, call)),
    route(api.shareIncident, (call) => shareIncident(infra, call)),
    route(api.answerIncident, (call) => answerIncident(infra, call)),
    route(api.closeIncident, (call) => closeIncident(infra, call)),
    route(api.reopenIncident, (call) => reopenIncident(infra, call)),
    route(api.getIncidentRules, (call) => getRules(infra, call)),
    route(api.saveIncidentRules, (call) => saveRules(infra, call)),
    route(api.listFlags, (call) => listFlags(infra, call)),
    route(api.setFlag, (call) => setFlag(infra, call)),
    route(api.liftFlag, (call) => liftFlag(infra, call)),
    route(api.listManagers, (call) => listManagers(infra, call)),
    route(api.createManager, (call) => createManager(infra, call)),
    route(api.updateManager, (call) => updateManager(infra, call)),
    route(api.removeManager, (call) => removeManager(infra, call)),
    route(api.changeManagerCreators, (call) => changeManagerCreators(infra, call)),
    route(api.messageManager, (call) => messageManager(infra, call)),
    route(api.importPastWork, (call) => importPastWork(infra, call)),
    route(api.removePastWork, (call) => removePastWork(infra, call)),
    route(api.getAmbassadors, (call) => getAmbassadors(infra, call)),
    route(api.saveProgram, (call) => saveProgram(infra, call)),
    route(api.listJudgements, (call) => listJudgements(infra, call)),
    route(api.decideTiers, (call) => decideTiers(infra, call)),
    route(api.setTier, (call) => setTier(infra, call)),
    route(api.listPortalTiers, (call) => listPortalTiers(infra, call)),
    route(api.listPortalIncidents, (call) => listPortalIncidents(infra, call)),
    route(api.answerPortalIncident, (call) => answerPortalIncident(infra, call)),
    route(api.openPortalIncident, (call) => openPortalIncident(infra, call)),
  ];
}
