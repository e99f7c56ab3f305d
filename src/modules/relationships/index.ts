import type { Infra, Module } from '#infra/module.ts';
import { defineTierJobs } from './ambassadors/judge-due.ts';
import { followJoins } from './follow-joins.ts';
import { followErasures, followMerges } from './follow-persons.ts';
import { relationshipsRoutes } from './routes.ts';
import { followRosters } from './state-past-work.ts';

export { judgeDueTiers } from './ambassadors/judge-due.ts';
export {
  doNotWorkLifted,
  doNotWorkPayload,
  doNotWorkSet,
  incidentAnswered,
  incidentClosed,
  incidentOpened,
  incidentPayload,
  opinionPayload,
  opinionSaved,
  tierChanged,
  tierPayload,
  tierProposed,
} from './events.ts';
export { openWork } from './open-work.ts';
export { portalTasks } from './portal-incidents.ts';

/** Memory across campaigns: what was paid, kept and said on both sides; and the tiers of long-term ambassadors. */
export function createRelationships(infra: Infra): Module {
  defineTierJobs(infra);
  return {
    name: 'relationships',
    routes: relationshipsRoutes(infra),
    consumers: [followMerges(infra), followErasures(infra), followRosters(infra), followJoins(infra)],
  };
}
