import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { excludeTouches, includeTouches } from '#modules/tracking/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { FraudGroup, reopenFraudGroup, resolveFraudGroups } from './api.ts';
import { fraudError } from './errors.ts';
import { fraudFlagged, fraudResolved } from './events.ts';
import { judgeCreators } from './judge-creators.ts';
import { writeBan } from './keep-bans.ts';
import { tell } from './keep-findings.ts';
import { readGroups } from './present-groups.ts';
import { selectOrdersOfGroup, upsertEvents } from './queries/events.ts';
import { type GroupRow, lockGroups, selectNewestGroups, selectOrdersFrom, setGroupState } from './queries/groups.ts';
import { lockJudging, refreshStates } from './queries/judgements.ts';
import { ruleNamed } from './rules/all-rules.ts';

/** Orders of a creator that one decision withdraws. */
const ordersMax = 5000;

export interface Resolving {
  workspaceId: string;
  groups: readonly GroupRow[];
  outcome: 'cleared' | 'fraud' | 'expired';
  reason: string;
  keepsCredit: boolean;
  by: Actor;
  requestId: string;
}

/** Decides groups. Error: not_found when one of them is not there; nothing is decided then. */
export async function resolve(
  infra: Infra,
  call: Call<typeof resolveFraudGroups>,
): Promise<OutputOf<typeof resolveFraudGroups>> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await lockJudging(tx, workspaceId);
    const ids = [...new Set(input.groupIds)];
    const groups = await lockGroups(tx, workspaceId, ids);
    if (groups.length < ids.length) throw notFound('group');
    const open = groups.filter((group) => group.state === 'open');
    const withdrawnOrders = await decide(infra, tx, {
      workspaceId,
      groups: open,
      outcome: input.outcome,
      reason: input.reason,
      keepsCredit: input.keepsCredit,
      by: actor,
      requestId,
    });
    const banned = new Set<string>();
    if (input.ban !== undefined && input.outcome === 'fraud')
      for (const { id, person_id } of open) {
        if (person_id === null || banned.has(person_id)) continue;
        const ban = { personId: person_id, reason: input.ban, note: input.reason, groupId: id };
        if (await writeBan(infra, tx, { ...ban, workspaceId, actor, requestId })) banned.add(person_id);
      }
    if (banned.size > 0) await judgeCreators(infra, tx, { workspaceId, personIds: [...banned].sort() });
    return {
      resolved: open.length,
      unchanged: groups.length - open.length,
      withdrawnOrders,
      banned: banned.size,
      groups: await readGroups(tx, workspaceId, { ids, limit: ids.length }),
    };
  });
}

/**
 * Decides open groups in this transaction: cleared and expired ones let go of the credit, fraud takes it away by keeping the touches from earning, so that attribution posts the
 * reversal in its journal (and may credit who is left). Returns how many orders lose credit.
 */
export async function decide(infra: Infra, tx: Tx, of: Resolving): Promise<number> {
  const { workspaceId, groups, outcome, reason, by } = of;
  const at = infra.clock.now();
  let withdrawn = 0;
  for (const group of groups) {
    const conversionIds = await ordersOf(infra, tx, {
      workspaceId,
      group,
      withOrders: outcome === 'fraud' && !of.keepsCredit,
      reason,
    });
    await setGroupState(tx, workspaceId, { groupId: group.id, state: outcome, reason, by, at });
    if (outcome === 'fraud' && !of.keepsCredit && group.person_id !== null) {
      const personId = group.person_id;
      await excludeTouches(infra, tx, {
        workspaceId,
        cause: group.id,
        exclusions: conversionIds.map((conversionId) => ({
          conversionId,
          personId,
          clickId: null,
          why: `Withdrawn as fraud (${ruleNamed(group.rule).title.toLowerCase()}): ${reason}`.slice(0, 500),
        })),
      });
      withdrawn += conversionIds.length;
    }
    await recordAudit(tx, {
      workspaceId,
      actor: by,
      requestId: of.requestId,
      action: 'fraud.resolved',
      subjectKind: 'fraud_group',
      subjectId: group.id,
      changes: {
        state: { from: group.state, to: outcome },
        rule: group.rule,
        creator: group.person_id,
        reason: reason.slice(0, 500),
        orders: conversionIds.length,
      },
    });
    await tell(infra, tx, fraudResolved, {
      workspaceId,
      group: { ...group, state: outcome, reason },
      actorName: by.name,
    });
    await refreshStates(tx, workspaceId, {
      conversionIds,
      personIds: group.person_id === null ? [] : [group.person_id],
      at,
    });
  }
  return withdrawn;
}

/** The orders a decision is about: those of its findings; of a group about the whole traffic, all it could hold, each noted in it. */
async function ordersOf(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; group: GroupRow; withOrders: boolean; reason: string },
): Promise<string[]> {
  const { workspaceId, group } = of;
  if (group.holds_from !== null && group.person_id !== null && of.withOrders) {
    const personId = group.person_id;
    const at = infra.clock.now();
    const orders = await selectOrdersFrom(tx, workspaceId, { personId, from: group.holds_from, limit: ordersMax });
    const rule = ruleNamed(group.rule);
    await upsertEvents(
      tx,
      workspaceId,
      orders.map(({ conversionId, orderedAt }) => ({
        id: newId('fraudEvent', at.getTime()),
        groupId: group.id,
        rule: group.rule,
        ruleVersion: rule.version,
        conversionId,
        personId,
        codeId: group.code_id,
        mode: 'enforce',
        points: 0,
        says: 'Withdrawn with the whole group.',
        evidence: [{ kind: 'order', id: conversionId, label: 'Withdrawn with the group', at: orderedAt.toISOString() }],
        happenedAt: orderedAt.toISOString(),
      })),
      at,
    );
  }
  return selectOrdersOfGroup(tx, workspaceId, group.id);
}

/** Opens a decided group again: what it withdrew is credited until it is decided anew. Errors: not_found, fraud.is_open. */
export async function reopen(infra: Infra, call: Call<typeof reopenFraudGroup>): Promise<FraudGroup> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await lockJudging(tx, workspaceId);
    const [group] = await lockGroups(tx, workspaceId, [input.groupId]);
    if (group === undefined) throw notFound('group');
    const [newest] = await selectNewestGroups(tx, workspaceId, [
      { rule: group.rule, personId: group.person_id, codeId: group.code_id },
    ]);
    if (newest?.state === 'open')
      throw fraudError(
        'is_open',
        newest.id === group.id
          ? 'This group is open. Decide it first.'
          : `A newer group of this rule and creator is open (${newest.id}). Decide that one.`,
      );
    const at = infra.clock.now();
    const conversionIds = await selectOrdersOfGroup(tx, workspaceId, group.id);
    await includeTouches(infra, tx, { workspaceId, cause: group.id });
    await setGroupState(tx, workspaceId, { groupId: group.id, state: 'open', reason: null, by: null, at: null });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'fraud.reopened',
      subjectKind: 'fraud_group',
      subjectId: group.id,
      changes: { state: { from: group.state, to: 'open' }, reason: input.reason.slice(0, 500) },
    });
    await tell(infra, tx, fraudFlagged, {
      workspaceId,
      group: { ...group, state: 'open', reason: input.reason },
      actorName: actor.name,
    });
    await refreshStates(tx, workspaceId, {
      conversionIds,
      personIds: group.person_id === null ? [] : [group.person_id],
      at,
    });
    const [shown] = await readGroups(tx, workspaceId, { ids: [group.id], limit: 1 });
    if (shown === undefined) throw notFound('group');
    return shown;
  });
}
