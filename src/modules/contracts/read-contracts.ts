import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { fromMoneyJson } from '#kernel/money.ts';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { findCampaign, getCampaign, listEnrolments } from '#modules/campaigns/index.ts';
import {
  type Contract,
  type ContractSummary,
  type checkPayout,
  type compareVersions,
  contractStates,
  type listContracts,
  notLegalAdvice,
  type PayoutLine,
  termsSchema,
} from './api.ts';
import { contractsError } from './errors.ts';
import { listObligations } from './list-obligations.ts';
import { changesBetween, sectionsOf, toEvent, toSignature, toSummary, toVersions } from './present-contract.ts';
import { type ListedContract, selectContracts, selectLiveEnrolments } from './queries/contracts.ts';
import { selectEvents, selectSignatures, selectVersion, selectVersions } from './queries/versions.ts';
import { payUnderCaps } from './rules/pay-under-caps.ts';

// Contracts a workspace, campaign or creator is read with at once; states depend on the clock, so they are told here.
const listMax = 20_000;
const eventsMax = 300;

/** A page of contracts, newest first, with counts over all of them. Errors: not_found, contracts.bad_cursor. */
export async function pageContracts(
  infra: Infra,
  call: Call<typeof listContracts>,
): Promise<OutputOf<typeof listContracts>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if (input.campaignId !== undefined) await getCampaign(tx, workspaceId, input.campaignId);
    const { campaignId, personId, enrolmentId } = input;
    const rows = await selectContracts(tx, workspaceId, { campaignId, personId, enrolmentId, limit: listMax });
    const all = await toSummaries(infra, tx, { workspaceId, rows });
    const matching = all.filter((one) => matches(one, input));
    const after = input.cursor === undefined ? null : idOf(input.cursor);
    const start = after === null ? 0 : matching.findIndex((one) => one.id < after);
    const page = start < 0 ? [] : matching.slice(start, start + input.limit);
    const last = page.at(-1);
    const hasMore = start >= 0 && start + input.limit < matching.length;
    return {
      rows: page,
      nextCursor: hasMore && last !== undefined ? encodeCursor([last.id]) : null,
      total: matching.length,
      counts: Object.fromEntries(
        contractStates.map((state) => [state, all.filter((one) => one.state === state).length]),
      ),
      inForce: all.filter(isInForce).length,
      withoutContract: campaignId === undefined ? null : await countWithout(infra, tx, { workspaceId, campaignId }),
    };
  });
}

function isInForce(one: ContractSummary): boolean {
  return one.inForceVersion !== null && one.endedAt === null && one.ranOutAt === null;
}

function matches(one: ContractSummary, input: Call<typeof listContracts>['input']): boolean {
  const words = input.query?.trim().toLowerCase() ?? '';
  return (
    (input.states === undefined || input.states.length === 0 || input.states.includes(one.state)) &&
    (input.waitsFor === undefined || one.waitsFor === input.waitsFor) &&
    (input.inForce === undefined || isInForce(one) === input.inForce) &&
    (words === '' || one.person.name.toLowerCase().includes(words) || one.title.toLowerCase().includes(words))
  );
}

function idOf(cursor: string): string {
  const [id] = decodeCursor(cursor) ?? [];
  if (typeof id === 'string') return id;
  const message = 'This is not the nextCursor of a page before. Leave it out to begin at the first page.';
  throw contractsError('bad_cursor', `cursor: ${message}`, [{ field: 'cursor', message }]);
}

async function countWithout(infra: Infra, tx: Tx, of: { workspaceId: string; campaignId: string }): Promise<number> {
  const enrolments = await listEnrolments(tx, of.workspaceId, { campaignId: of.campaignId, clock: infra.clock });
  const live = await selectLiveEnrolments(tx, of.workspaceId, { campaignId: of.campaignId, waiting: false });
  return enrolments.filter((one) => !live.has(one.id)).length;
}

async function toSummaries(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; rows: readonly ListedContract[] },
): Promise<ContractSummary[]> {
  const names = new Map<string, string>();
  for (const id of new Set(of.rows.map((row) => row.campaign_id))) {
    names.set(id, (await findCampaign(tx, of.workspaceId, id))?.name ?? 'Deleted campaign');
  }
  const now = infra.clock.now();
  return of.rows.map((row) => toSummary(row, { campaignName: names.get(row.campaign_id) ?? '', now }));
}

/** One contract with all there is to it. Error: not_found. */
export async function readContract(infra: Infra, workspaceId: string, contractId: string): Promise<Contract> {
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectContracts(tx, workspaceId, { ids: [contractId], limit: 1 });
    const [row] = rows;
    const [summary] = await toSummaries(infra, tx, { workspaceId, rows });
    if (row === undefined || summary === undefined) throw notFound('contract');
    const versions = await selectVersions(tx, workspaceId, contractId);
    const current = versions.find((one) => one.version === row.current_version);
    return {
      ...summary,
      templateId: row.template_id,
      sections: current === undefined ? [] : sectionsOf(current),
      versions: toVersions(versions),
      signatures: (await selectSignatures(tx, workspaceId, contractId)).map(toSignature),
      events: (await selectEvents(tx, workspaceId, { contractId, limit: eventsMax })).map(toEvent),
      obligations: await listObligations(infra, tx, { workspaceId, filter: { contractId } }),
      notice: notLegalAdvice,
    };
  });
}

/** What changed between two versions. Error: not_found. */
export async function compareTwo(
  infra: Infra,
  call: Call<typeof compareVersions>,
): Promise<OutputOf<typeof compareVersions>> {
  const { workspaceId, input } = call;
  const { contractId, from, to } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await selectVersion(tx, workspaceId, { contractId, version: from });
    const after = await selectVersion(tx, workspaceId, { contractId, version: to });
    if (before === undefined || after === undefined) throw notFound('contract version');
    return { from, to, changes: changesBetween(before, after) };
  });
}

/** What the terms in force, else those in hand, pay for results. Errors: not_found, contracts.bad_terms where they name no currency. */
export async function payoutOf(infra: Infra, call: Call<typeof checkPayout>): Promise<PayoutLine[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [row] = await selectContracts(tx, workspaceId, { ids: [input.contractId], limit: 1 });
    if (row === undefined) throw notFound('contract');
    const version = row.in_force_version ?? row.current_version;
    const terms = termsSchema.parse((await selectVersion(tx, workspaceId, { contractId: row.id, version }))?.terms);
    const currency =
      terms.payouts.find((payout) => payout.amount !== null)?.amount?.currency ??
      terms.payoutCap?.currency ??
      terms.fee?.currency ??
      (await getCampaign(tx, workspaceId, row.campaign_id)).currency;
    const results = input.results.map((result, at) => {
      if (terms.payouts[result.payout] === undefined)
        throw badResult(at, 'payout', `The terms have no payout ${result.payout}`);
      if (result.value !== null && result.value.currency !== currency)
        throw badResult(at, 'value', `This contract pays in ${currency}`);
      return { ...result, valueMinor: result.value === null ? null : fromMoneyJson(result.value).amountMinor };
    });
    return payUnderCaps(terms, results, currency);
  });
}

function badResult(at: number, field: string, message: string) {
  return contractsError('bad_terms', `results.${at}.${field}: ${message}.`, [
    { field: `results.${at}.${field}`, message },
  ]);
}
