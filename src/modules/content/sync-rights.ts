import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { contractsOfPieces } from '#modules/campaigns/index.ts';
import { allTermsOf, type TermsInForce } from '#modules/contracts/index.ts';
import { type AcceptedRight, acceptedRightsOf } from '#modules/submissions/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { rightGranted } from './events.ts';
import { syncAcceptedRight } from './queries/accepted-rights.ts';
import { type ContractRight, grantAgreed, selectAssetsOfEnrolment, syncContractRights } from './queries/rights.ts';
import { contractsOfPiece } from './rules/contracts-of-piece.ts';

/** Gives every piece of an enrolment the rights of the contract in force it belongs to: a renewal's only to what is owed by it, or was posted in its term. A right that starts with the post starts on the day the piece was posted. */
export async function syncEnrolmentRights(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; enrolmentId: string },
): Promise<void> {
  const { workspaceId, enrolmentId } = of;
  const assets = await selectAssetsOfEnrolment(tx, workspaceId, enrolmentId);
  if (assets.length === 0) return;
  const contracts = (await allTermsOf(tx, workspaceId, [enrolmentId])).map((one) => ({
    ...one,
    startsOn: one.terms.startsOn,
  }));
  const owedBy = await contractsOfPieces(tx, workspaceId, enrolmentId);
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const accepted = new Map(
    (await acceptedRightsOf(tx, workspaceId, enrolmentId)).map((one) => [one.deliverable_id, one]),
  );
  const at = infra.clock.now();
  const bought = contracts.flatMap(({ usageRights }) => usageRights.flatMap((right) => right.pieces));
  for (const right of await grantAgreed(tx, workspaceId, { rightIds: bought.map((piece) => piece.rightId) }))
    await infra.outbox.emit(tx, {
      workspaceId,
      name: rightGranted,
      payload: { assetId: right.asset_id, rightId: right.id, actorName: right.answered_by ?? 'The contract' },
    });
  for (const asset of assets) {
    const postedOn = asset.posted_at === null ? null : dayIn(timeZone, asset.posted_at);
    const own = contractsOfPiece(contracts, {
      owedBy: asset.deliverable_id === null ? null : (owedBy.get(asset.deliverable_id) ?? null),
      day: postedOn ?? dayIn(timeZone, asset.captured_at),
    });
    const rights = own.flatMap(({ contractId, usageRights }) =>
      usageRights.flatMap((right, line) =>
        // Bought for single pieces: the request it came from is granted instead, below.
        right.pieces.length > 0
          ? []
          : [
              {
                id: newId('contentRight', at.getTime()),
                contract_id: contractId,
                ...toContractRight(right, { line, postedOn }),
              },
            ],
      ),
    );
    await syncContractRights(tx, workspaceId, {
      assetId: asset.id,
      rights,
      at,
    });
    const right = asset.deliverable_id === null ? undefined : accepted.get(asset.deliverable_id);
    await syncAcceptedRight(tx, workspaceId, {
      assetId: asset.id,
      right: right === undefined ? null : toAcceptedRight(right, { id: newId('contentRight', at.getTime()), timeZone }),
      at,
    });
  }
}

function toContractRight(
  right: TermsInForce['usageRights'][number],
  of: { line: number; postedOn: string | null },
): Omit<ContractRight, 'contract_id'> {
  const startsOn = right.from ?? (right.startsAt === 'live' ? of.postedOn : null);
  const endsOn = right.until ?? (startsOn === null || right.days === null ? null : addDays(startsOn, right.days - 1));
  return {
    contract_line: of.line,
    channels: right.channels,
    is_paid: right.paid,
    territory: right.territory.slice(0, 120),
    is_exclusive: right.exclusive,
    may_edit: right.mayEdit,
    starts_on: startsOn,
    ends_on: endsOn,
  };
}

function toAcceptedRight(right: AcceptedRight, of: { id: string; timeZone: string }) {
  const startsOn = dayIn(of.timeZone, right.accepted_at);
  return {
    id: of.id,
    acceptance_id: right.id,
    channels: right.channels,
    is_paid: right.is_paid,
    territory: right.territory,
    starts_on: startsOn,
    ends_on: right.days === null ? null : addDays(startsOn, right.days - 1),
    answered_by: right.name,
    answered_at: right.accepted_at,
  };
}
