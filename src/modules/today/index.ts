import type { Infra, Module } from '#infra/module.ts';
import { defineGoalJobs } from './check-goals.ts';
import { todayRoutes } from './routes.ts';

export { checkGoals } from './check-goals.ts';
export { goalEventPayload, goalEvents } from './events.ts';

export function createToday(infra: Infra): Module {
  defineGoalJobs(infra);
  return { name: 'today', routes: todayRoutes(infra) };
}
