import type { Infra, Module } from '#infra/module.ts';
import { defineSeedingJobs } from './jobs.ts';
import { followJoins } from './people/follow-joins.ts';
import { followPersons } from './people/follow-persons.ts';
import { seedingRoutes } from './routes.ts';
import type { ShopAdapter } from './shops/port.ts';

export {
  addressGiven,
  pickApproved,
  pickCancelled,
  pickRejected,
  pickSubmitted,
  type SeedingPayload,
  seedingPayload,
  shipmentEventName,
  shipmentFailed,
  shipmentNudged,
} from './events.ts';
export { openWork, portalTasks } from './open-work.ts';
export { runNudges } from './parcels/nudge-creators.ts';
export { placeDueOrders } from './parcels/place-orders.ts';
export { refreshDueParcels } from './parcels/refresh-parcels.ts';
export { choicesOfSplit } from './people/tell-split.ts';
export {
  ordersPerAsk,
  type ShopAdapter,
  type ShopOrder,
  type ShopOrderAsk,
  type ShopOrderStand,
  type ShopVariant,
} from './shops/port.ts';
export { giftsFromShops } from './shops/use-shops.ts';

/** `adapters`: the kinds of shop that products come from, of the port declared here; none is used before a workspace connects it. */
export function createSeeding(infra: Infra, adapters: readonly ShopAdapter[] = []): Module {
  defineSeedingJobs(infra, adapters);
  return {
    name: 'seeding',
    routes: seedingRoutes(infra, adapters),
    consumers: [followPersons(infra), followJoins(infra)],
  };
}
