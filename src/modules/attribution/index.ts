import type { Infra, Module } from '#infra/module.ts';
import { attributionConsumers } from './consume-events.ts';
import { defineAttributionJobs } from './jobs.ts';
import { attributionRoutes } from './routes.ts';

export { findTrackedEnrolments } from '#modules/tracking/index.ts';
export { compareAllModels, lastTouch } from './compute-comparison.ts';
export { creditChanged, creditChangedPayload } from './events.ts';
export { creditSumRows } from './queries/credit-sums.ts';
export { type CreditTotal, type CreditTotalsQuery, readCredits } from './queries/credit-totals.ts';
export { shareInterval } from './rules/share-interval.ts';
export { sumCredit } from './sum-credit.ts';

export function createAttribution(infra: Infra): Module {
  defineAttributionJobs(infra);
  return { name: 'attribution', routes: attributionRoutes(infra), consumers: attributionConsumers(infra) };
}
