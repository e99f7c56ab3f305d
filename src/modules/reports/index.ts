import type { Infra, Module } from '#infra/module.ts';
import { reportsRoutes } from './routes.ts';

export { readLiveReports } from './read-live-reports.ts';

export function createReports(infra: Infra): Module {
  return { name: 'reports', routes: reportsRoutes(infra) };
}
