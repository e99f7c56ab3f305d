import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { MoneyJson } from '#kernel/money.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type ContractClause, contractClauseSchema, type UsageRight } from './api.ts';
import { contractSent } from './events.ts';
import { recordHappening } from './frame.ts';
import { deadlineOf } from './offer-deadline.ts';
import { partiesSchema, readParties } from './parties.ts';
import { lockContracts, selectInForce, updateContract } from './queries/contracts.ts';
import { insertVersions, selectVersion } from './queries/versions.ts';
import { withPricedRights } from './rules/priced-rights.ts';
import { tellNews } from './tell-creator.ts';

/** A right to single pieces of content and what is paid for it. */
export interface PricedRight {
  right: UsageRight;
  price: MoneyJson;
  /** Says what it is paid for, on the fee's own line. */
  label: string;
}

export type RightsAmendment = { contractId: string; version: number } | { whyNot: string };

const openDays = 30;

/**
 * Offers an amendment of the contract in force that has rights and what is paid for them; both sign it like any other. Null when no contract is in
 * force; `whyNot` when one is and cannot be amended now.
 */
export async function amendWithRights(
  infra: Infra,
  tx: Tx,
  of: {
    workspaceId: string;
    actor: Actor;
    requestId: string | null;
    enrolmentId: string;
    rights: readonly PricedRight[];
    note: string;
  },
): Promise<RightsAmendment | null> {
  const { workspaceId, actor, requestId, rights, note } = of;
  const inForce = (await selectInForce(tx, workspaceId, { enrolmentIds: [of.enrolmentId] }))
    .filter((one) => one.ran_out_at === null)
    .at(-1);
  if (inForce === undefined) return null;
  const [row] = await lockContracts(tx, workspaceId, [inForce.id]);
  if (row === undefined || row.in_force_version === null) return null;
  if (row.state !== 'signed' || row.current_version !== row.in_force_version)
    return { whyNot: `“${row.title}” has another change in hand. Have that one signed or take it back first.` };
  const before = await selectVersion(tx, workspaceId, { contractId: row.id, version: row.in_force_version });
  if (before === undefined) return null;
  const { terms, fault } = withPricedRights(before.terms, rights);
  if (terms === null) return { whyNot: `“${row.title}” cannot be amended: ${fault}` };
  const at = infra.clock.now();
  const version = row.current_version + 1;
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const expiresAt = await deadlineOf(infra, tx, { workspaceId, day: addDays(dayIn(timeZone, at), openDays) });
  const frame = { workspaceId, actor, requestId, side: 'brand' as const, address: null, userAgent: null };
  const parties = await readParties(tx, workspaceId, partiesSchema.parse(before.parties));
  await insertVersions(tx, [
    {
      workspace_id: workspaceId,
      contract_id: row.id,
      version,
      terms: JSON.stringify(terms),
      clauses: JSON.stringify(withRightsClause(contractClauseSchema.array().parse(before.clauses))),
      parties: JSON.stringify(parties),
      by_side: 'brand',
      by_name: actor.name,
      note,
      made_at: at,
      offered_at: at,
    },
  ]);
  await updateContract(tx, workspaceId, {
    id: row.id,
    set: {
      state: 'sent',
      state_since: at,
      state_note: null,
      expires_at: expiresAt,
      current_version: version,
      updated_at: at,
    },
  });
  const amended = { ...row, current_version: version };
  await recordHappening(infra, tx, { frame, row: amended, kind: 'revised', note, event: null });
  await recordHappening(infra, tx, {
    frame,
    row: amended,
    kind: 'sent',
    event: contractSent,
    audit: { action: 'contract.amended', changes: { version, note } },
  });
  await tellNews(infra, tx, { frame, row: amended, news: `${note} Please read the amendment and sign it here:` });
  return { contractId: row.id, version };
}

/** A contract that had no rights so far needs the words for them. */
function withRightsClause(clauses: readonly ContractClause[]): ContractClause[] {
  if (clauses.some((clause) => clause.body.includes('{{usageRights}}'))) return [...clauses];
  const body = 'The creator allows the brand to use the content as follows:\n\n{{usageRights}}';
  const id = 'usage-rights-amended';
  return [
    ...clauses,
    contractClauseSchema.parse({ id, version: 1, title: 'Rights of use', body, whenTerm: 'usageRights' }),
  ];
}
