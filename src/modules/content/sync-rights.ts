import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { type TermsInForce, termsOf } from '#modules/contracts/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type ContractRight, selectAssetsOfEnrolment, syncContractRights } from './queries/rights.ts';

/** Gives every piece of an enrolment the rights of its terms in force; a right that starts with the post starts on the day the piece was posted. */
export async function syncEnrolmentRights(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; enrolmentId: string },
): Promise<void> {
  const { workspaceId, enrolmentId } = of;
  const assets = await selectAssetsOfEnrolment(tx, workspaceId, enrolmentId);
  if (assets.length === 0) return;
  const terms = await termsOf(tx, workspaceId, enrolmentId);
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const at = infra.clock.now();
  for (const asset of assets) {
    const postedOn = asset.posted_at === null ? null : dayIn(timeZone, asset.posted_at);
    const rights = (terms?.usageRights ?? []).map((right, line) => ({
      id: newId('contentRight', at.getTime()),
      ...toContractRight(right, { line, postedOn }),
    }));
    await syncContractRights(tx, workspaceId, {
      assetId: asset.id,
      contractId: terms?.contractId ?? null,
      rights,
      at,
    });
  }
}

function toContractRight(
  right: TermsInForce['usageRights'][number],
  of: { line: number; postedOn: string | null },
): ContractRight {
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
