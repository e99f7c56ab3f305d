import type { Infra } from '#infra/module.ts';

export const placeJob = 'seeding.place-orders';
export const syncJob = 'seeding.sync-shop';

/** Asks for waiting orders to be placed now. */
export async function enqueueOrders(infra: Infra): Promise<void> {
  await infra.jobs.enqueue(placeJob, {}, 'now');
}

/** Asks for the products of a shop to be read now. */
export async function enqueueSync(infra: Infra, of: { workspaceId: string; shopId: string }): Promise<void> {
  await infra.jobs.enqueue(syncJob, of, of.shopId);
}
