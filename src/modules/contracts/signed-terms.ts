import type { Tx } from '#infra/db/database.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { selectSignedTerms } from './queries/renewals.ts';

/** How long somebody has been bound by contract on a campaign. Days in the workspace's time zone. */
export interface Bond {
  /** The first day of the first contract both signed. */
  since: string;
  /** The last day as it stands now, signed renewals included; null: without end. */
  endsOn: string | null;
  /** False once the last contract ran out or was broken off. */
  holds: boolean;
}

/** Bonds by enrolment, renewals joined to what they renew; those who signed nothing are left out. */
export async function bondsOf(
  tx: Tx,
  workspaceId: string,
  enrolmentIds: readonly string[],
): Promise<Map<string, Bond>> {
  if (enrolmentIds.length === 0) return new Map();
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const rows = await selectSignedTerms(tx, workspaceId, enrolmentIds);
  return new Map(
    [...Map.groupBy(rows, (row) => row.enrolment_id)].map(([id, terms]) => {
      const [first] = terms;
      const signedOn = first === undefined ? '' : dayIn(timeZone, first.signed_at);
      const open = terms.filter((one) => one.ended_at === null && one.ran_out_at === null);
      const last = open.at(-1) ?? terms.at(-1);
      const bond: Bond = {
        since: first?.starts_on ?? signedOn,
        endsOn: last?.ends_on ?? null,
        holds: open.some((one) => !one.is_waiting),
      };
      return [id, bond] as const;
    }),
  );
}
