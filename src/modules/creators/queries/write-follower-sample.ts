import type { Tx } from '#infra/db/database.ts';
import type { AudienceKind } from '../api.ts';
import type { FollowerSample } from './observations.ts';

/** Keeps a sample; one of the same profile, kind and moment is replaced. */
export async function upsertFollowerSample(tx: Tx, workspaceId: string, sample: FollowerSample): Promise<void> {
  const values = {
    source: sample.source,
    method: sample.method,
    size: sample.size,
    accounts: JSON.stringify(sample.accounts),
  };
  await tx
    .insertInto('follower_sample')
    .values({
      workspace_id: workspaceId,
      profile_id: sample.profileId,
      kind: sample.kind,
      taken_at: sample.takenAt,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'profile_id', 'kind', 'taken_at']).doUpdateSet(values))
    .execute();
}

/** Removes a sample. False when there is none. */
export async function deleteFollowerSample(
  tx: Tx,
  workspaceId: string,
  of: { profileId: string; kind: AudienceKind; takenAt: Date },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('follower_sample')
    .where('workspace_id', '=', workspaceId)
    .where('profile_id', '=', of.profileId)
    .where('kind', '=', of.kind)
    .where('taken_at', '=', of.takenAt)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
