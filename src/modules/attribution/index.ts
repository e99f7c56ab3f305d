import { route } from '#infra/http/call.ts';
import type { Infra, Module } from '#infra/module.ts';
import * as api from './api.ts';
import { changeSettings, getSettings } from './change-settings.ts';
import { attributionConsumers } from './consume-events.ts';
import { explainOrder } from './explain-order.ts';
import { defineAttributionJobs } from './jobs.ts';

export { creditChanged, creditChangedPayload } from './events.ts';
export { type CreditTotal, type CreditTotalsQuery, readCredits } from './queries/credit-totals.ts';

export function createAttribution(infra: Infra): Module {
  defineAttributionJobs(infra);
  return {
    name: 'attribution',
    routes: [
      route(api.explainOrder, (call) => explainOrder(infra, call)),
      route(api.getAttributionSettings, (call) => getSettings(infra, call)),
      route(api.updateAttributionSettings, (call) => changeSettings(infra, call)),
    ],
    consumers: attributionConsumers(infra),
  };
}
