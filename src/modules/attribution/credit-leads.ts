import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { readTouches } from '#modules/tracking/index.ts';
import { type DecidedLead, holdLeads, updateLeads } from './queries/leads.ts';
import { readPolicies } from './read-policies.ts';
import { decideCredit } from './rules/decide-credit.ts';

/** Decides who is credited for these leads, from all that is known now and by the rules that hold now. The same again changes nothing. */
export async function creditLeads(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; leadIds: readonly string[] },
): Promise<void> {
  const { workspaceId } = of;
  const leads = await holdLeads(tx, workspaceId, of.leadIds);
  if (leads.length === 0) return;
  const policies = await readPolicies(tx, workspaceId);
  const touches = await readTouches(infra, tx, {
    workspaceId,
    of: leads.map((lead) => ({ id: lead.id, clickIds: lead.click_ids, codeKeys: lead.code_keys })),
  });
  const decided = leads.map((lead): DecidedLead => {
    const { clicks, codes } = touches.get(lead.id) ?? { clicks: [], codes: [] };
    const decision = decideCredit(
      {
        orderedAt: lead.happened_at,
        isCancelled: false,
        occasion: 'lead',
        codes: lead.codes,
        codeKeys: lead.code_keys,
        clickIds: lead.click_ids,
        knownCodes: codes,
        knownClicks: clicks,
        bound: null,
        said: null,
      },
      policies,
    );
    const known = new Set(clicks.map((click) => click.clickId));
    return {
      id: lead.id,
      rule: decision.rule === 'customer' ? 'none' : decision.rule,
      reason: decision.reason,
      person_id: decision.winner?.personId ?? null,
      campaign_id: decision.winner?.campaignId ?? null,
      enrolment_id: decision.winner?.enrolmentId ?? null,
      shares: decision.shares,
      losers: decision.losers,
      pay_model: decision.model,
      policy_version: decision.version,
      window_days: decision.windowDays,
      is_waiting: lead.click_ids.some((id) => !known.has(id)),
    };
  });
  await updateLeads(tx, workspaceId, decided, infra.clock.now());
}
