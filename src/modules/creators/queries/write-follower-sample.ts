import type { Tx } from '#infra/db/database.ts';
import type { FollowerSample } from './observations.ts';

/** Keeps a sample; one of the same profile and moment is replaced. */
export async function upsertFollowerSample(tx: Tx, workspaceId: string, sample: FollowerSample): Promise<void> {
  const values = {
    source: sample.source,
    method: sample.method,
    size: sample.size,
    accounts: JSON.stringify(sample.accounts),
  };
  await tx
    .insertInto('follower_sample')
    .values({ workspace_id: workspaceId, profile_id: sample.profileId, taken_at: sample.takenAt, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'profile_id', 'taken_at']).doUpdateSet(values))
    .execute();
}
