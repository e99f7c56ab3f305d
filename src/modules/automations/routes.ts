import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { changeAutomation, dropAutomation, listAll, makeAutomation, turnAutomation } from './change-automations.ts';
import { dryRun } from './dry-run.ts';
import { listRuns, retryRun } from './read-runs.ts';
import { describeCatalogue } from './rules/describe-catalogue.ts';

export function automationsRoutes(infra: Infra): Route[] {
  return [
    route(api.getAutomationCatalogue, async () => describeCatalogue()),
    route(api.listAutomations, (call) => listAll(infra, call)),
    route(api.createAutomation, (call) => makeAutomation(infra, call)),
    route(api.updateAutomation, (call) => changeAutomation(infra, call)),
    route(api.switchAutomation, (call) => turnAutomation(infra, call)),
    route(api.removeAutomation, (call) => dropAutomation(infra, call)),
    route(api.listAutomationRuns, (call) => listRuns(infra, call)),
    route(api.retryAutomationRun, (call) => retryRun(infra, call)),
    route(api.dryRunAutomation, (call) => dryRun(infra, call)),
  ];
}
