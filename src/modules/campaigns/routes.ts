import { downloadRoute, type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { addDeliverables, createFromBrief } from './add-deliverables.ts';
import { addGoal } from './add-goal.ts';
import { addToRoster } from './add-to-roster.ts';
import { adviseCampaign } from './advise-campaign.ts';
import { alignCreator } from './align-creator.ts';
import * as api from './api.ts';
import { briefRoutes } from './briefs/routes.ts';
import { bulkOnRoster } from './bulk-on-roster.ts';
import { changeCampaignState } from './change-campaign-state.ts';
import { changeSteps, listSteps, tellHappening } from './change-steps.ts';
import { createCampaign } from './create-campaign.ts';
import { decideJoinedFee, listEnrolmentJoins } from './decide-joined-fee.ts';
import { deleteCampaign } from './delete-campaign.ts';
import { duplicateCampaign } from './duplicate-campaign.ts';
import { exportRoster } from './export-roster.ts';
import { importResults } from './import-results.ts';
import { addCost, listCosts, removeCost, updateCost } from './keep-costs.ts';
import { getReminders, setReminders } from './keep-reminders.ts';
import { addTask, listTasks, removeTask, updateTask } from './keep-tasks.ts';
import { listCampaigns } from './list-campaigns.ts';
import { listDeliverables } from './list-deliverables.ts';
import { listEnrolmentHistory } from './list-enrolment-history.ts';
import { listPersonCampaigns } from './list-person-campaigns.ts';
import { getEnrolment, listRoster } from './list-roster.ts';
import { modelRoutes } from './models/routes.ts';
import { moveOnRoster } from './move-on-roster.ts';
import { proposeGoal } from './propose-goal.ts';
import { readCampaign } from './read-campaigns.ts';
import { listResults, recordResults } from './record-results.ts';
import { removeFromRoster } from './remove-from-roster.ts';
import { removeGoal } from './remove-goal.ts';
import { replaceStages } from './replace-stages.ts';
import { suggestFee } from './suggest-fee.ts';
import { updateCampaign } from './update-campaign.ts';
import { changeDeliverableState, updateDeliverable } from './update-deliverable.ts';
import { updateEnrolment } from './update-enrolment.ts';
import { updateGoal } from './update-goal.ts';

export function campaignRoutes(infra: Infra): Route[] {
  const { db, clock } = infra;
  return [
    route(api.listCampaigns, (call) => listCampaigns(infra, call)),
    route(api.createCampaign, (call) => createCampaign(infra, call)),
    route(api.getCampaign, ({ workspaceId, input }) =>
      db.inWorkspace(workspaceId, (tx) => readCampaign(tx, workspaceId, { campaignId: input.campaignId, clock })),
    ),
    route(api.updateCampaign, (call) => updateCampaign(infra, call)),
    route(api.changeCampaignState, (call) => changeCampaignState(infra, call)),
    route(api.duplicateCampaign, (call) => duplicateCampaign(infra, call)),
    route(api.deleteCampaign, (call) => deleteCampaign(infra, call)),
    route(api.listGoalMetrics, () =>
      Promise.resolve(api.goalMetricNames.map((metric) => ({ metric, ...api.goalMetrics[metric] }))),
    ),
    route(api.adviseCampaign, (call) => adviseCampaign(infra, call)),
    route(api.alignCreator, (call) => alignCreator(infra, call)),
    route(api.proposeGoal, (call) => proposeGoal(infra, call)),
    route(api.addGoal, (call) => addGoal(infra, call)),
    route(api.updateGoal, (call) => updateGoal(infra, call)),
    route(api.removeGoal, (call) => removeGoal(infra, call)),
    route(api.replaceStages, (call) => replaceStages(infra, call)),
    route(api.listCosts, (call) => listCosts(infra, call)),
    route(api.addCost, (call) => addCost(infra, call)),
    route(api.updateCost, (call) => updateCost(infra, call)),
    route(api.removeCost, (call) => removeCost(infra, call)),
    ...briefRoutes(infra),
    ...modelRoutes(infra),
    route(api.listRoster, (call) => listRoster(infra, call)),
    route(api.getEnrolment, (call) => getEnrolment(infra, call)),
    route(api.listPersonCampaigns, (call) => listPersonCampaigns(infra, call)),
    route(api.addToRoster, (call) => addToRoster(infra, call)),
    route(api.moveOnRoster, (call) => moveOnRoster(infra, call)),
    route(api.removeFromRoster, (call) => removeFromRoster(infra, call)),
    route(api.updateEnrolment, (call) => updateEnrolment(infra, call)),
    route(api.listEnrolmentHistory, (call) => listEnrolmentHistory(infra, call)),
    route(api.listEnrolmentJoins, (call) => listEnrolmentJoins(infra, call)),
    route(api.decideJoinedFee, (call) => decideJoinedFee(infra, call)),
    route(api.bulkOnRoster, (call) => bulkOnRoster(infra, call)),
    route(api.suggestFee, (call) => suggestFee(infra, call)),
    route(api.listSteps, (call) => listSteps(infra, call)),
    route(api.changeSteps, (call) => changeSteps(infra, call)),
    route(api.tellHappening, (call) => tellHappening(infra, call)),
    downloadRoute(api.exportRoster, (call) => exportRoster(infra, call)),
    route(api.getReminders, (call) => getReminders(infra, call)),
    route(api.setReminders, (call) => setReminders(infra, call)),
    route(api.listTasks, (call) => listTasks(infra, call)),
    route(api.addTask, (call) => addTask(infra, call)),
    route(api.updateTask, (call) => updateTask(infra, call)),
    route(api.removeTask, (call) => removeTask(infra, call)),
    route(api.listDeliverables, (call) => listDeliverables(infra, call)),
    route(api.addDeliverables, (call) => addDeliverables(infra, call)),
    route(api.createFromBrief, (call) => createFromBrief(infra, call)),
    route(api.updateDeliverable, (call) => updateDeliverable(infra, call)),
    route(api.changeDeliverableState, (call) => changeDeliverableState(infra, call)),
    route(api.recordResults, (call) => recordResults(infra, call)),
    route(api.listResults, (call) => listResults(infra, call)),
    route(api.importResults, (call) => importResults(infra, call)),
  ];
}
