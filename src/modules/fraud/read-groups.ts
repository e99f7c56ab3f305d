import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { getPerson } from '#modules/creators/index.ts';
import { readOrders } from '#modules/tracking/index.ts';
import type {
  getCreatorFraud,
  getFraudGroup,
  getFraudSummary,
  getOrderFraud,
  listFraudBans,
  listFraudGroups,
} from './api.ts';
import { fraudError } from './errors.ts';
import { judgeOrders } from './judge-orders.ts';
import { presentBans } from './keep-bans.ts';
import { amountsOf, presentAppeal, presentGroups, readGroups, sumMoney } from './present-groups.ts';
import { selectAppeals } from './queries/appeals.ts';
import { selectBans } from './queries/bans.ts';
import { selectEvents } from './queries/events.ts';
import { countAll, countWithdrawn, selectGroups, selectOrdersIn } from './queries/groups.ts';
import { findCreator, findOrder } from './queries/judgements.ts';
import { readPolicy } from './queries/policies.ts';
import { allRules, ruleNamed } from './rules/all-rules.ts';
import { chanceOf, type Finding } from './rules/score-findings.ts';

const eventsMax = 200;
const groupsOfCreatorMax = 50;
const heldMax = 5000;
const bansMax = 500;

/** Groups of findings, newest first. Error: fraud.bad_cursor. */
export async function listGroups(
  infra: Infra,
  call: Call<typeof listFraudGroups>,
): Promise<OutputOf<typeof listFraudGroups>> {
  const { workspaceId, input } = call;
  const { limit, cursor, scope, rule, ...filter } = input;
  const after = cursor === undefined ? undefined : afterOf(cursor);
  const ofScope = allRules.filter((one) => scope === undefined || one.scope === scope).map((one) => one.name);
  const rules =
    rule === undefined ? (scope === undefined ? undefined : ofScope) : ofScope.filter((name) => name === rule);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectGroups(tx, workspaceId, { ...filter, rules, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: await presentGroups(tx, workspaceId, page),
      nextCursor:
        rows.length > limit && last !== undefined ? encodeCursor([last.newest_at.toISOString(), last.id]) : null,
    };
  });
}

function afterOf(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at))) return { at, id };
  throw fraudError('bad_cursor', 'The cursor is none of this list. Start again without it.', [
    { field: 'cursor', message: 'is not from this list' },
  ]);
}

/** What is open, held and withdrawn. */
export async function readSummary(
  infra: Infra,
  call: Call<typeof getFraudSummary>,
): Promise<OutputOf<typeof getFraudSummary>> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const codeRules = allRules.filter((rule) => rule.scope === 'code').map((rule) => rule.name);
    const counts = await countAll(tx, workspaceId, codeRules);
    const held = await selectOrdersIn(tx, workspaceId, { state: 'held', limit: heldMax });
    const amounts = await amountsOf(tx, workspaceId, held);
    return {
      open: counts.open,
      openBySeverity: { low: counts.low, medium: counts.medium, high: counts.high },
      appeals: counts.appeals,
      heldOrders: counts.held,
      held: sumMoney([...amounts.values()]).map(toMoneyJson),
      withdrawnOrders: counts.withdrawn,
      leaks: counts.leaks,
      judgedOrders: counts.judgedOrders,
      judgedCreators: counts.judgedCreators,
      judgedAt: counts.judgedAt?.toISOString() ?? null,
    };
  });
}

/** One group with all there is to decide it by. Error: not_found. */
export async function readGroup(
  infra: Infra,
  call: Call<typeof getFraudGroup>,
): Promise<OutputOf<typeof getFraudGroup>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [group] = await readGroups(tx, workspaceId, { ids: [input.groupId], limit: 1 });
    if (group === undefined) throw notFound('group');
    const events = await selectEvents(tx, workspaceId, group.id, eventsMax);
    const rule = ruleNamed(group.rule);
    return {
      group,
      events: events.map((event) => ({
        id: event.id,
        orderId: event.conversion_id,
        points: event.points,
        says: event.says,
        mode: event.mode,
        stands: event.stands,
        evidence: event.evidence,
        happenedAt: event.happened_at.toISOString(),
        foundAt: event.found_at.toISOString(),
      })),
      appeals: (await selectAppeals(tx, workspaceId, [group.id])).map(presentAppeal),
      explains: rule.explains,
      needs: rule.needs,
    };
  });
}

/** What the rules say of an order; one that was never judged is judged now. Error: not_found. */
export async function readOrder(
  infra: Infra,
  call: Call<typeof getOrderFraud>,
): Promise<OutputOf<typeof getOrderFraud>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    let row = await findOrder(tx, workspaceId, input.orderId);
    if (row === undefined) {
      if ((await readOrders(tx, workspaceId, [input.orderId])).length === 0) throw notFound('order');
      await judgeOrders(infra, tx, { workspaceId, conversionIds: [input.orderId] });
      row = await findOrder(tx, workspaceId, input.orderId);
    }
    if (row === undefined) throw notFound('order');
    return {
      orderId: row.conversionId,
      state: row.state,
      heldSince: row.heldSince?.toISOString() ?? null,
      score: row.score,
      findings: row.findings.map(presentFinding),
      policyVersion: row.policyVersion,
      judgedAt: row.judgedAt.toISOString(),
    };
  });
}

/** A creator's traffic as it was judged last. Error: not_found. */
export async function readCreator(
  infra: Infra,
  call: Call<typeof getCreatorFraud>,
): Promise<OutputOf<typeof getCreatorFraud>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id: personId } = await getPerson(tx, workspaceId, input.personId);
    const { policy } = await readPolicy(tx, workspaceId);
    const judged = await findCreator(tx, workspaceId, personId);
    const held = await selectOrdersIn(tx, workspaceId, { state: 'held', personId, limit: heldMax });
    const amounts = await amountsOf(tx, workspaceId, held);
    const bans = await selectBans(tx, workspaceId, { personIds: [personId], limit: 1 });
    const [ban = null] = await presentBans(tx, workspaceId, bans);
    return {
      personId,
      state: judged?.state ?? null,
      score: judged?.score ?? 0,
      chance: chanceOf(judged?.score ?? 0),
      flagAt: policy.flagAt,
      findings: (judged?.findings ?? []).map(presentFinding),
      figures: judged === undefined ? null : { ...judged.figures },
      windowDays: policy.windowDays,
      heldOrders: held.length,
      held: sumMoney([...amounts.values()]).map(toMoneyJson),
      withdrawnOrders: await countWithdrawn(tx, workspaceId, personId),
      groups: await readGroups(tx, workspaceId, { personId, limit: groupsOfCreatorMax }),
      ban,
      judgedAt: judged?.judgedAt.toISOString() ?? null,
    };
  });
}

/** Standing bans. */
export async function readBans(
  infra: Infra,
  call: Call<typeof listFraudBans>,
): Promise<OutputOf<typeof listFraudBans>> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => ({
    rows: await presentBans(tx, call.workspaceId, await selectBans(tx, call.workspaceId, { limit: bansMax })),
  }));
}

function presentFinding({ rule, version, title, state, points, says, evidence }: Finding) {
  return { rule, version, title, state, points, says, evidence };
}
