import type { Infra, Module } from '#infra/module.ts';
import { followCreators } from './follow-creators.ts';
import { followJoins } from './follow-joins.ts';
import { contractsRoutes } from './routes.ts';
import { takeEffect } from './take-effect.ts';
import { defineContractJobs } from './watch-contracts.ts';

export { type AgreedRight, agreedRightsOf } from './agreed-rights.ts';
export { amendWithRights, type PricedRight } from './amend-rights.ts';
export { contractDays } from './calendar-days.ts';
export * from './events.ts';
export { listObligations, type ObligationFilter } from './list-obligations.ts';
export { type Bond, bondsOf } from './signed-terms.ts';
export { contractsOfSplit } from './tell-split.ts';
export { openWork, portalTasks } from './tell-work.ts';
export { allTermsOf, type TermsInForce, termsOf, termsOfMany, type UsageRightInForce } from './terms-of.ts';
export { runContractWatch } from './watch-contracts.ts';

export function createContracts(infra: Infra): Module {
  defineContractJobs(infra);
  return {
    name: 'contracts',
    routes: contractsRoutes(infra),
    consumers: [followCreators(infra), takeEffect(infra), followJoins(infra)],
  };
}
