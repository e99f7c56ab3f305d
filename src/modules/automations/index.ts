import type { Infra, Module } from '#infra/module.ts';
import { followEvents } from './follow-events.ts';
import { followJoins } from './follow-joins.ts';
import { defineAutomationJobs } from './jobs.ts';
import { automationsRoutes } from './routes.ts';
import { type Doors, runDue } from './run-due.ts';

export { triggers } from './rules/triggers.ts';
export { runsOfSplit } from './tell-split.ts';

export interface Automations extends Module {
  /** Runs what is due now; for tests and the command line. Returns how many runs were taken up. */
  runDue(): Promise<number>;
}

/** What happens by itself. `doors`: the routes of all modules by name, asked for when an automation first acts. */
export function createAutomations(infra: Infra, doors: Doors): Automations {
  defineAutomationJobs(infra, doors);
  return {
    name: 'automations',
    routes: automationsRoutes(infra),
    consumers: [followEvents(infra), followJoins(infra)],
    runDue: () => runDue(infra, doors),
  };
}
