import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { machine } from './advance-enrolment.ts';
import { lockEnrolment, updateEnrolmentRow } from './queries/change-enrolment.ts';
import { recordRosterChanges } from './record-change.ts';

/**
 * Says on the roster that a creator's contract ran out and was not renewed, or, with null, that one holds. The same again changes nothing; nor
 * does it for an enrolment that is gone.
 */
export async function stateContractEnd(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; enrolmentId: string; end: { on: string; reason: string } | null },
): Promise<void> {
  const { workspaceId } = of;
  const row = await lockEnrolment(tx, workspaceId, of.enrolmentId);
  const on = of.end?.on ?? null;
  const reason = of.end?.reason ?? null;
  if (row === undefined || (row.contract_ended_on === on && row.contract_end_reason === reason)) return;
  await updateEnrolmentRow(tx, workspaceId, {
    id: row.id,
    change: { contract_ended_on: on, contract_end_reason: reason },
  });
  const call = { workspaceId, actor: machine, requestId: newId('request', infra.clock.now().getTime()) };
  await recordRosterChanges(infra, tx, {
    call,
    campaignId: row.campaign_id,
    what: 'changed',
    rows: [
      {
        enrolmentId: row.id,
        personId: row.person_id,
        changes: { contract_ended_on: { from: row.contract_ended_on, to: on }, contract_end_reason: reason },
      },
    ],
  });
}
