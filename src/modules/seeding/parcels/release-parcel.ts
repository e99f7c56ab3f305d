import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { lockParcelOfPick, updateParcel } from '../queries/parcels.ts';

/**
 * Gives up the order of a choice that the shop does not have yet: for a change of it the parcel is kept as failed until it is tried again, else it is
 * cancelled. Returns why that cannot be, or null. The number it would be found by in the shop counts up, so that a draft left over is not completed.
 */
export async function releaseParcel(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; pickId: string; by: string; isKept?: boolean },
): Promise<string | null> {
  const parcel = await lockParcelOfPick(tx, of.workspaceId, of.pickId);
  if (parcel === undefined || parcel.state === 'cancelled') return null;
  const now = infra.clock.now();
  if (parcel.lease_until !== null && parcel.lease_until > now)
    return 'It is being ordered just now. Look again in a minute.';
  if (parcel.external_id !== null || parcel.draft_id !== null)
    return 'The shop may have the order already. Try it again first; what came through is found.';
  if (parcel.state !== 'waiting' && parcel.state !== 'failed') return 'The parcel was made already.';
  const version = parcel.version + 1;
  if (of.isKept === true) {
    if (parcel.state === 'waiting') await updateParcel(tx, of.workspaceId, { id: parcel.id, change: { version } });
    else await updateParcel(tx, of.workspaceId, { id: parcel.id, change: { version, tries: 0 } });
    return null;
  }
  await updateParcel(tx, of.workspaceId, {
    id: parcel.id,
    change: { version, state: 'cancelled', problem: null, problem_text: null, next_try_at: null },
  });
  return null;
}
