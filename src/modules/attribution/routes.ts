import { type Route, route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import * as api from './api.ts';
import { changePolicy, getSettings, tryPolicy } from './change-policy.ts';
import { createComparisons } from './compare-models.ts';
import { explainOrder } from './explain-order.ts';
import { cancelRun, getRun, listRuns } from './manage-runs.ts';

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
  ];
}
