import type { Infra, Module } from '#infra/module.ts';
import { followCreators } from './follow-creators.ts';
import { createPeerReader } from './read-peers.ts';
import { vettingRoutes } from './routes.ts';
import { vetMany, vetManyJob, vetManyPayload } from './vet-many.ts';

/** Reports on whether a creator's influence is real, with their evidence, and what people decided. */
export function createVetting(infra: Infra): Module {
  const peers = createPeerReader(() => infra.clock.now().getTime());
  const parts = { infra, peers };
  infra.jobs.define({
    name: vetManyJob,
    payload: vetManyPayload,
    retriesMax: 5,
    timeoutSeconds: 3600,
    handle: (payload, signal) => vetMany(parts, payload, signal),
  });
  return { name: 'vetting', routes: vettingRoutes(parts), consumers: [followCreators(infra, peers)] };
}
