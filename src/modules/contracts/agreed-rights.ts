import type { Tx } from '#infra/db/database.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { usageRightSchema } from './api/terms.ts';
import { selectSignedTerms } from './queries/renewals.ts';
import { rightInForce, type UsageRightInForce } from './terms-of.ts';

/** A right that both signed, whether its contract still holds or not. */
export interface AgreedRight extends UsageRightInForce {
  contractTitle: string;
  /** The day the contract was broken off, and its rights with it, in the workspace's time zone; null while it was not. */
  brokenOffOn: string | null;
}

const usageRights = usageRightSchema.array();

/**
 * Every right signed for the enrolments, by enrolment, of contracts that hold, ran out or were broken off; a renewal counts from the day it takes
 * effect. Who signed no rights is left out. Unlike termsOf it tells rights that are over from rights that never were.
 */
export async function agreedRightsOf(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<Map<string, AgreedRight[]>> {
  const found = new Map<string, AgreedRight[]>();
  if (enrolmentIds.length === 0) return found;
  const rows = await selectSignedTerms(tx, workspaceId, enrolmentIds);
  if (rows.length === 0) return found;
  const { timeZone } = await getWorkspace(tx, workspaceId);
  for (const row of rows) {
    if (row.is_waiting) continue;
    const signedOn = dayIn(timeZone, row.signed_at);
    const brokenOffOn = row.ended_at === null ? null : dayIn(timeZone, row.ended_at);
    const rights = usageRights
      .parse(row.usage_rights)
      .map((right) => ({ ...rightInForce(right, signedOn), contractTitle: row.title, brokenOffOn }));
    if (rights.length > 0) found.set(row.enrolment_id, [...(found.get(row.enrolment_id) ?? []), ...rights]);
  }
  return found;
}
