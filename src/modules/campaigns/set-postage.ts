import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { lockPostage, type PostageWrite, updatePostage } from './queries/postage.ts';
import { type ChangeFrame, recordRosterChanges } from './record-change.ts';

/**
 * States what sending parcels to creators of a campaign costs, in the campaign's currency; null is not known. Those who are not on it are passed
 * over, and the same again changes nothing.
 */
export async function setPostage(
  infra: Infra,
  tx: Tx,
  of: { call: ChangeFrame; campaignId: string; rows: readonly PostageWrite[] },
): Promise<void> {
  const { call, campaignId } = of;
  const wanted = new Map(of.rows.map((row) => [row.enrolmentId, row]));
  const held = await lockPostage(tx, call.workspaceId, { campaignId, ids: [...wanted.keys()] });
  const changed = held.flatMap((row) => {
    const next = wanted.get(row.id);
    const isSame =
      next === undefined ||
      (next.postageMinor === row.postage_minor && next.assumedMinor === row.postage_assumed_minor);
    return isSame ? [] : [{ row, next }];
  });
  await updatePostage(
    tx,
    call.workspaceId,
    changed.map((one) => one.next),
  );
  const text = (value: bigint | null) => value?.toString() ?? null;
  await recordRosterChanges(infra, tx, {
    call,
    campaignId,
    what: 'changed',
    rows: changed.map(({ row, next }) => ({
      enrolmentId: row.id,
      personId: row.person_id,
      changes: { postage_minor: { from: text(row.postage_minor), to: text(next.postageMinor) } },
    })),
  });
}
