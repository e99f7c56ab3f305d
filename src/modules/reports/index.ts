import type { Infra, Module } from '#infra/module.ts';
import { reportsRoutes } from './routes.ts';

export { readLiveReports } from './read-live-reports.ts';
export { sayGoalValue } from './rules/pdf-page.ts';
export { sayMoney } from './rules/say.ts';

export function createReports(infra: Infra): Module {
  return { name: 'reports', routes: reportsRoutes(infra) };
}
