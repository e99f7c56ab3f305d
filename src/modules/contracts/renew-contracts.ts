import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace, recordAudits } from '#modules/workspaces/index.ts';
import { type renewContracts as renewEndpoint, type Terms, termsSchema } from './api.ts';
import { frameOf, trailRow } from './frame.ts';
import { type Parties, partiesSchema, readParties } from './parties.ts';
import { insertContracts, lockContracts } from './queries/contracts.ts';
import { type RunningRow, selectRenewed } from './queries/renewals.ts';
import { insertEvents, insertVersions, selectVersion } from './queries/versions.ts';
import { newTermOf, renewalTitle, renewTerms } from './rules/renew-terms.ts';
import { sayDay } from './rules/term-words.ts';

type RenewCall = Call<typeof renewEndpoint>;
type Renewed = OutputOf<typeof renewEndpoint>;

interface Renewal {
  old: RunningRow;
  terms: Terms;
  clauses: unknown;
  parties: Parties;
}

/**
 * Drafts a contract for the days after the old one, with its terms and clauses, one for each contract named. The old one holds until its last day
 * whatever becomes of the draft. Whoever has a renewal in hand keeps it, so a repeat makes nothing.
 */
export function renewContracts(infra: Infra, call: RenewCall): Promise<Renewed> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const ids = [...new Set(input.contractIds)];
    // Held in the order of their ids, so that two who renew the same ones come one after the other.
    await lockContracts(tx, workspaceId, ids);
    const rows = new Map((await selectRenewed(tx, workspaceId, ids)).map((row) => [row.id, row]));
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const refused: Renewed['refused'] = [];
    const renewals: Renewal[] = [];
    let unchanged = 0;
    for (const id of ids) {
      const old = rows.get(id);
      const reason = old === undefined ? 'No such contract.' : whyNot(old);
      if (old === undefined || reason !== null)
        refused.push({ contractId: id, name: old?.person_name ?? '', message: reason ?? '' });
      else if (isInHand(old)) unchanged += 1;
      else renewals.push(await prepare(tx, { call, old, timeZone }));
    }
    const created = await insertRenewals(infra, tx, { call, renewals });
    return { created, unchanged: unchanged + renewals.length - created.length, refused };
  });
}

function whyNot(old: RunningRow): string | null {
  if (old.erased_at !== null) return 'The creator of this contract was erased.';
  if (old.in_force_version === null || old.is_waiting) return 'Only a contract in force can be renewed.';
  if (old.ended_at !== null) return 'This contract was ended. Make a new one instead.';
  if (old.ran_out_at !== null) return `This contract ran out on ${sayDay(old.ends_on)}. Make a new one instead.`;
  return old.ends_on === null ? 'This contract has no last day, so there is nothing to renew.' : null;
}

function isInHand(old: RunningRow): boolean {
  return old.renewal_in_force || ['draft', 'sent', 'countered', 'agreed'].includes(old.renewal_state ?? '');
}

async function prepare(tx: Tx, of: { call: RenewCall; old: RunningRow; timeZone: string }): Promise<Renewal> {
  const { call, old, timeZone } = of;
  const { workspaceId, input } = call;
  const version = await selectVersion(tx, workspaceId, { contractId: old.id, version: old.in_force_version ?? 0 });
  const terms = termsSchema.parse(version?.terms);
  const signedOn = dayIn(timeZone, old.in_force_since ?? old.created_at);
  const oldStartsOn = terms.startsOn ?? signedOn;
  const term = newTermOf({ startsOn: oldStartsOn, endsOn: old.ends_on }, input.months ?? null);
  const asBefore = partiesSchema.parse(version?.parties);
  return {
    old,
    terms: renewTerms(terms, {
      oldStartsOn,
      oldEndsOn: old.ends_on,
      term,
      fee: input.fees.find((one) => one.contractId === old.id)?.fee ?? input.fee,
    }),
    clauses: version?.clauses,
    parties: await readParties(tx, workspaceId, {
      creatorName: asBefore.creatorName,
      title: renewalTitle(asBefore.title, sayDay(term.endsOn)),
      jurisdiction: asBefore.jurisdiction,
    }),
  };
}

async function insertRenewals(
  infra: Infra,
  tx: Tx,
  of: { call: RenewCall; renewals: readonly Renewal[] },
): Promise<Renewed['created']> {
  const { call } = of;
  const { workspaceId, actor, requestId } = call;
  const at = infra.clock.now();
  const all = of.renewals.map((renewal) => ({ renewal, row: rowOf(renewal, { call, at }) }));
  const made = new Set(
    await insertContracts(
      tx,
      all.map((one) => one.row),
    ),
  );
  const kept = all.filter(({ row }) => made.has(row.id));
  await insertVersions(
    tx,
    kept.map(({ row, renewal }) => ({
      workspace_id: workspaceId,
      contract_id: row.id,
      version: 1,
      terms: JSON.stringify(renewal.terms),
      clauses: JSON.stringify(renewal.clauses),
      parties: JSON.stringify(renewal.parties),
      by_side: 'brand',
      by_name: actor.name,
      made_at: at,
    })),
  );
  const frame = frameOf(call, 'brand');
  await insertEvents(
    tx,
    kept.map(({ row }) =>
      trailRow(infra, { frame, row: { ...row, current_version: 1 }, kind: 'drafted', event: null }),
    ),
  );
  await recordAudits(
    tx,
    kept.map(({ row }) => ({
      workspaceId,
      actor,
      requestId,
      action: 'contract.drafted',
      subjectKind: 'contract',
      subjectId: row.id,
      changes: { renews: row.renews_id, enrolment: row.enrolment_id },
    })),
  );
  return kept.map(({ row, renewal }) => ({
    contractId: row.id,
    renewsId: row.renews_id,
    enrolmentId: row.enrolment_id,
    startsOn: renewal.terms.startsOn ?? '',
    endsOn: renewal.terms.endsOn ?? '',
  }));
}

function rowOf({ old, parties }: Renewal, of: { call: RenewCall; at: Date }) {
  const { call, at } = of;
  return {
    workspace_id: call.workspaceId,
    id: newId('contract', at.getTime()),
    campaign_id: old.campaign_id,
    enrolment_id: old.enrolment_id,
    person_id: old.person_id,
    person_name: old.person_name,
    title: parties.title,
    model: old.model,
    jurisdiction: parties.jurisdiction,
    template_id: old.template_id,
    renews_id: old.id,
    is_waiting: true,
    state: 'draft',
    state_since: at,
    created_by: call.actor.name,
    created_at: at,
    updated_at: at,
  };
}
