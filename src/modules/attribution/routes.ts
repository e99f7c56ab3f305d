import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { changePolicy, getSettings, tryPolicy } from './change-policy.ts';
import { createComparisons } from './compare-models.ts';
import { explainOrder } from './explain-order.ts';
import { assignAnswer, getSurveySummary, listAnswers } from './list-answers.ts';
import {
  changeExperiment,
  createExperiment,
  getExperiment,
  listExperiments,
  listExperimentUnits,
  recordOutcomes,
} from './manage-experiments.ts';
import { cancelRun, getRun, listRuns } from './manage-runs.ts';
import { answerSurveyPage, getSurvey, readSurveyPage, renewSurveyLink, setSurvey } from './manage-survey.ts';
import { getSeen } from './read-seen.ts';
import { getTriangle } from './read-triangle.ts';
import { importAnswers, recordAnswers } from './record-answers.ts';
import { getLead, listLeads, recordLeads } from './record-leads.ts';

export function attributionRoutes(infra: Infra): Route[] {
  const compareModels = createComparisons(infra);
  return [
    route(api.explainOrder, (call) => explainOrder(infra, call)),
    route(api.getAttributionSettings, (call) => getSettings(infra, call)),
    route(api.updateAttributionSettings, (call) => changePolicy(infra, call)),
    route(api.tryPolicy, (call) => tryPolicy(infra, call)),
    route(api.listCreditRuns, (call) => listRuns(infra, call)),
    route(api.getCreditRun, (call) => getRun(infra, call)),
    route(api.compareModels, (call) => compareModels(call)),
    route(api.cancelCreditRun, (call) => cancelRun(infra, call)),
    route(api.createExperiment, (call) => createExperiment(infra, call)),
    route(api.listExperiments, (call) => listExperiments(infra, call)),
    route(api.getExperiment, (call) => getExperiment(infra, call)),
    route(api.listExperimentUnits, (call) => listExperimentUnits(infra, call)),
    route(api.recordOutcomes, (call) => recordOutcomes(infra, call)),
    route(api.changeExperiment, (call) => changeExperiment(infra, call)),
    route(api.recordAnswers, (call) => recordAnswers(infra, call)),
    route(api.importAnswers, (call) => importAnswers(infra, call)),
    route(api.listAnswers, (call) => listAnswers(infra, call)),
    route(api.recordLeads, (call) => recordLeads(infra, call)),
    route(api.listLeads, (call) => listLeads(infra, call)),
    route(api.getLead, (call) => getLead(infra, call)),
    route(api.assignAnswer, (call) => assignAnswer(infra, call)),
    route(api.getSurveySummary, (call) => getSurveySummary(infra, call)),
    route(api.getSurvey, (call) => getSurvey(infra, call)),
    route(api.setSurvey, (call) => setSurvey(infra, call)),
    route(api.renewSurveyLink, (call) => renewSurveyLink(infra, call)),
    route(api.readSurveyPage, (call) => readSurveyPage(infra, call)),
    route(api.answerSurveyPage, (call) => answerSurveyPage(infra, call)),
    route(api.getSeen, (call) => getSeen(infra, call)),
    route(api.getTriangle, (call) => getTriangle(infra, call)),
  ];
}
