import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { codeKey, type Refs, readRefs } from '#modules/tracking/index.ts';
import type {
  getLead as getEndpoint,
  Lead,
  listLeads as listEndpoint,
  recordLeads as recordEndpoint,
  Touch,
} from './api.ts';
import { creditLeads } from './credit-leads.ts';
import { attributionError } from './errors.ts';
import { countLeads, insertLeads, type LeadRow, selectLead, selectLeads, selectNamedLeads } from './queries/leads.ts';
import type { JudgedTouch } from './rules/credit-case.ts';

type Given = Call<typeof recordEndpoint>['input']['leads'][number];

/** Leads may not lie further ahead than clocks differ, and no further back than orders may. */
const aheadMs = 10 * 60_000;
const earliest = Date.parse('2000-01-01T00:00:00Z');

/** Stores leads and says at once who is credited. Error: attribution.bad_lead for a time that cannot be. */
export async function recordLeads(infra: Infra, call: Call<typeof recordEndpoint>) {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const created = await storeLeads(infra, tx, { workspaceId, leads: input.leads });
    const names = input.leads.map((lead) => ({ event: lead.event, externalId: lead.id }));
    const rows = await selectNamedLeads(tx, workspaceId, names);
    const refs = await refsOf(tx, workspaceId, rows);
    const byName = new Map(rows.map((row) => [`${row.event}\n${row.external_id}`, present(row, refs)]));
    return {
      created,
      unchanged: input.leads.length - created,
      leads: names.flatMap((name) => byName.get(`${name.event}\n${name.externalId}`) ?? []),
    };
  });
}

/** Stores leads in this transaction and decides those that are new; returns how many were. */
export async function storeLeads(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; leads: readonly Given[] },
): Promise<number> {
  const { workspaceId } = of;
  const nowMs = infra.clock.now().getTime();
  for (const [at, lead] of of.leads.entries()) {
    const ms = Date.parse(lead.happenedAt);
    if (ms <= nowMs + aheadMs && ms >= earliest) continue;
    const message = ms < earliest ? 'Lies before the year 2000.' : 'Lies in the future. Check the clock it comes from.';
    throw attributionError('bad_lead', `Lead ${at + 1}, happenedAt: ${message}`, [
      { field: `leads.${at}.happenedAt`, message },
    ]);
  }
  const rows = of.leads.map((lead) => ({
    id: newId('lead', nowMs),
    event: lead.event,
    external_id: lead.id,
    happened_at: lead.happenedAt,
    click_ids: [...new Set(lead.clickIds)],
    codes: lead.codes,
    code_keys: [...new Set(lead.codes.map(codeKey))],
  }));
  // Of one name that is given twice at once the first counts.
  const unique = [...new Map(rows.toReversed().map((row) => [`${row.event}\n${row.external_id}`, row])).values()];
  const fresh = await insertLeads(tx, workspaceId, unique);
  await creditLeads(infra, tx, { workspaceId, leadIds: [...fresh] });
  return fresh.size;
}

/** Errors: attribution.bad_lead for a cursor that is none. */
export async function listLeads(infra: Infra, call: Call<typeof listEndpoint>) {
  const { workspaceId, input } = call;
  const { campaignId, personId, event, limit } = input;
  const after = input.cursor === undefined ? null : readCursor(input.cursor);
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const filter = { workspaceId, campaignId, personId, event };
    const rows = await selectLeads(tx, { ...filter, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const refs = await refsOf(tx, workspaceId, page);
    const last = page.at(-1);
    return {
      rows: page.map((row) => present(row, refs)),
      nextCursor:
        rows.length > limit && last !== undefined ? encodeCursor([last.happened_at.toISOString(), last.id]) : null,
      ...(await countLeads(tx, filter)),
    };
  });
}

/** Error: not_found. */
export async function getLead(infra: Infra, call: Call<typeof getEndpoint>): Promise<Lead> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectLead(tx, workspaceId, input.leadId);
    if (row === undefined) throw notFound('lead');
    return present(row, await refsOf(tx, workspaceId, [row]));
  });
}

function refsOf(tx: Tx, workspaceId: string, rows: readonly LeadRow[]): Promise<Refs> {
  const touches = rows.flatMap((row) => [...row.shares.map((share) => share.touch), ...row.losers]);
  return readRefs(tx, workspaceId, [
    ...rows,
    ...touches.map((touch) => ({ person_id: touch.personId, campaign_id: touch.campaignId })),
  ]);
}

function present(row: LeadRow, refs: Refs): Lead {
  return {
    id: row.id,
    event: row.event,
    externalId: row.external_id,
    happenedAt: row.happened_at.toISOString(),
    rule: row.rule,
    reason: row.reason,
    model: row.pay_model,
    policyVersion: row.policy_version,
    windowDays: row.window_days,
    creator: refs.creatorOf(row.person_id),
    campaign: refs.campaignOf(row.campaign_id),
    touches: [
      ...row.shares.map(({ touch, weight }, place) =>
        presentTouch(touch, refs, { verdict: place === 0 ? 'won' : 'shared', share: weight }),
      ),
      ...row.losers.map((touch) => presentTouch(touch, refs, { verdict: 'lost', share: null })),
    ],
    isWaiting: row.is_waiting,
    decidedAt: row.decided_at?.toISOString() ?? null,
  };
}

function presentTouch(touch: JudgedTouch, refs: Refs, how: Pick<Touch, 'verdict' | 'share'>): Touch {
  return {
    kind: touch.kind,
    label: touch.label,
    at: touch.at,
    ...how,
    why: touch.why,
    credited: null,
    creator: refs.creatorOf(touch.personId),
    campaign: refs.campaignOf(touch.campaignId),
    linkId: touch.linkId,
    codeId: touch.codeId,
    clickId: touch.clickId,
  };
}

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at))) return { at, id };
  throw attributionError('bad_lead', 'The cursor is not from a page before.', [
    { field: 'cursor', message: 'Use nextCursor.' },
  ]);
}
