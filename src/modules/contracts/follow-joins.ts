import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { type FollowedJoin, followJoins as follow } from '#modules/campaigns/index.ts';
import { contractMoved, contractWithdrawn } from './events.ts';
import { emitStep, machineFrame, recordHappening } from './frame.ts';
import { type ContractRow, updateContract } from './queries/contracts.ts';
import { closeGaps, lockOfEnrolments } from './queries/joined-contracts.ts';
import { agreeEnrolment } from './take-effect.ts';

export const withdrawnNote =
  'Brought together with this creator’s other entry on the campaign, which has a contract of its own';
const closedReason = 'No longer owed since this creator’s entries on the campaign were brought together or parted';

/**
 * Contracts follow their enrolment. Two that both sides signed both hold, the second beside the first, until somebody ends one; of an offer beside a contract in force
 * the offer is withdrawn, and of two offers the joined one's. What is signed then takes effect on the campaign as a whole. A parting brings each contract back; an offer
 * that was withdrawn stays so.
 */
export function followJoins(infra: Infra): Consumer {
  return follow(infra, {
    module: 'contracts',
    tables: [{ table: 'contract', hasPerson: true }],
    before: (tx, join) => makeRoom(infra, tx, join),
    after: async (tx, { workspaceId, joinedId, keptId }) => {
      await closeGaps(tx, workspaceId, [joinedId, ...(keptId === null ? [] : [keptId])]);
      const rows = await lockOfEnrolments(tx, workspaceId, [keptId ?? joinedId]);
      const signed = rows.filter((row) => row.in_force_version !== null);
      if (signed.length > 0)
        await agreeEnrolment(infra, tx, { workspaceId, enrolmentId: keptId ?? joinedId, closedReason });
      const frame = machineFrame(workspaceId);
      for (const row of signed) await emitStep(infra, tx, { frame, row, event: contractMoved });
    },
  });
}

async function makeRoom(infra: Infra, tx: Tx, join: FollowedJoin): Promise<void> {
  const { workspaceId, joinedId, keptId } = join;
  if (keptId === null || keptId === joinedId) return;
  const rows = await lockOfEnrolments(tx, workspaceId, [joinedId, keptId]);
  const live = rows.filter((row) => row.is_live === true);
  for (const mine of live.filter((row) => row.enrolment_id === joinedId)) {
    const rivals = live.filter((row) => row.enrolment_id === keptId && row.is_waiting === mine.is_waiting);
    if (rivals.length === 0) continue;
    const offer = rivals.find((row) => row.in_force_version === null);
    if (mine.in_force_version === null) await withdraw(infra, tx, mine);
    else {
      if (offer !== undefined) await withdraw(infra, tx, offer);
      const standing = rivals.filter((row) => row !== offer);
      const beside = standing.length === 0 ? 0 : Math.max(...standing.map((row) => row.beside)) + 1;
      await updateContract(tx, workspaceId, { id: mine.id, set: { beside, updated_at: infra.clock.now() } });
    }
  }
}

async function withdraw(infra: Infra, tx: Tx, row: ContractRow): Promise<void> {
  const at = infra.clock.now();
  await updateContract(tx, row.workspace_id, {
    id: row.id,
    set: { state: 'withdrawn', state_since: at, state_note: withdrawnNote, expires_at: null, updated_at: at },
  });
  await recordHappening(infra, tx, {
    frame: machineFrame(row.workspace_id),
    row,
    kind: 'withdrawn',
    note: withdrawnNote,
    event: contractWithdrawn,
    audit: { action: 'contract.withdrawn', changes: { reason: withdrawnNote } },
  });
}
