import type { Infra, Module } from '#infra/module.ts';
import { fraudConsumers } from './consume-events.ts';
import { defineFraudJobs } from './jobs.ts';
import { fraudRoutes } from './routes.ts';

export { fraudFlagged, fraudResolved } from './events.ts';
export { judgeAll, judgeDue, lookAtNight } from './jobs.ts';
export { noteOwnVisit } from './note-own-visit.ts';
export { openWork } from './open-work.ts';

/** Judges orders and traffic by named rules, holds credit until somebody decides, hears creators against it. */
export function createFraud(infra: Infra): Module {
  defineFraudJobs(infra);
  return { name: 'fraud', routes: fraudRoutes(infra), consumers: fraudConsumers(infra) };
}
