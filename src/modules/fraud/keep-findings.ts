import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { dayMs } from '#kernel/time.ts';
import type { FraudPolicy, RuleName } from './api.ts';
import { type FraudPayload, fraudFlagged, fraudResolved } from './events.ts';
import { lapseEmptyGroups, type NewEvent, selectEventsOfOrders, upsertEvents } from './queries/events.ts';
import {
  type GroupKey,
  type GroupRow,
  insertGroup,
  lockGroups,
  selectNewestGroups,
  setGroupState,
} from './queries/groups.ts';
import { ruleNamed } from './rules/all-rules.ts';
import type { Finding } from './rules/score-findings.ts';

/** A finding that is told, and what it is about. */
export interface ToldFinding {
  finding: Finding;
  /** Null for one about the whole traffic. */
  conversionId: string | null;
  happenedAt: Date;
}

interface Keeping {
  workspaceId: string;
  told: readonly ToldFinding[];
  policy: FraudPolicy;
}

/** Days after a decision about a creator's traffic in which the same rule is not asked again: what it looked at is still in the window. */
const quietDays = (policy: FraudPolicy) => policy.windowDays + 7;

/**
 * Writes findings into their groups, opening those that are missing. A finding about an order that stands in a group already stays there, whatever was decided; one about the
 * traffic is left alone for a while after a decision. Returns the groups in which something stands.
 */
export async function keepFindings(infra: Infra, tx: Tx, of: Keeping): Promise<string[]> {
  const { workspaceId, told, policy } = of;
  if (told.length === 0) return [];
  const at = infra.clock.now();
  const known = new Map(
    (
      await selectEventsOfOrders(
        tx,
        workspaceId,
        told.flatMap((one) => one.conversionId ?? []),
      )
    ).map((event) => [`${event.rule} ${event.personId ?? ''} ${event.conversionId}`, event.groupId]),
  );
  const newest = new Map(
    (await selectNewestGroups(tx, workspaceId, keysOf(told))).map((group) => [keyOf(toKey(group)), group]),
  );
  const lapsed = new Set<string>();
  const events: NewEvent[] = [];
  for (const { finding, conversionId, happenedAt } of told) {
    const key = { rule: finding.rule, personId: finding.personId, codeId: finding.codeId };
    const group = newest.get(keyOf(key));
    let groupId =
      conversionId === null ? undefined : known.get(`${finding.rule} ${finding.personId ?? ''} ${conversionId}`);
    if (groupId === undefined && group !== undefined && (group.state === 'open' || group.state === 'lapsed'))
      groupId = group.id;
    if (groupId === undefined && conversionId === null && group !== undefined && isQuiet(group, { at, policy }))
      continue;
    if (groupId === undefined) {
      const made = await openGroup(infra, tx, { workspaceId, key, at, policy, isOfOrder: conversionId !== null });
      newest.set(keyOf(key), made);
      groupId = made.id;
    }
    if (groupId === group?.id && group.state === 'lapsed') lapsed.add(groupId);
    events.push(toEvent(finding, { groupId, conversionId, happenedAt, at }));
  }
  await upsertEvents(tx, workspaceId, dedupe(events), at);
  await reviveGroups(infra, tx, { workspaceId, groupIds: [...lapsed, ...events.map((event) => event.groupId)] });
  return [...new Set(events.map((event) => event.groupId))].sort();
}

/** Groups that lapsed and in which something stands again are open again. */
async function reviveGroups(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; groupIds: readonly string[] },
): Promise<void> {
  const groups = await lockGroups(tx, of.workspaceId, [...new Set(of.groupIds)].sort());
  for (const group of groups.filter((one) => one.state === 'lapsed')) {
    const [newest] = await selectNewestGroups(tx, of.workspaceId, [toKey(group)]);
    // Another one was opened meanwhile: this one keeps its findings and stays closed.
    if (newest?.state === 'open' && newest.id !== group.id) continue;
    await setGroupState(tx, of.workspaceId, { groupId: group.id, state: 'open', reason: null, by: null, at: null });
    await tell(infra, tx, fraudFlagged, {
      workspaceId: of.workspaceId,
      group: { ...group, state: 'open', reason: null },
    });
  }
}

/** Groups in which nothing stands any more lapse, and that is told. */
export async function lapseGroups(infra: Infra, tx: Tx, workspaceId: string): Promise<void> {
  const ids = await lapseEmptyGroups(tx, workspaceId, infra.clock.now());
  for (const group of await lockGroups(tx, workspaceId, ids))
    await tell(infra, tx, fraudResolved, { workspaceId, group });
}

async function openGroup(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; key: GroupKey; at: Date; policy: FraudPolicy; isOfOrder: boolean },
): Promise<GroupRow> {
  const rule = ruleNamed(of.key.rule);
  const id = newId('fraudGroup', of.at.getTime());
  const holdsFrom =
    of.isOfOrder || of.key.personId === null ? null : new Date(of.at.getTime() - of.policy.windowDays * dayMs);
  await insertGroup(tx, of.workspaceId, { ...of.key, id, severity: rule.severity, openedAt: of.at, holdsFrom });
  const group: GroupRow = {
    id,
    rule: of.key.rule,
    severity: rule.severity,
    person_id: of.key.personId,
    code_id: of.key.codeId,
    state: 'open',
    opened_at: of.at,
    holds_from: holdsFrom,
    newest_at: of.at,
    reason: null,
    resolved_by_name: null,
    resolved_at: null,
  };
  await tell(infra, tx, fraudFlagged, { workspaceId: of.workspaceId, group });
  return group;
}

/** Puts into the outbox what became of a group. */
export async function tell(
  infra: Infra,
  tx: Tx,
  name: typeof fraudFlagged | typeof fraudResolved,
  of: { workspaceId: string; group: GroupRow; actorName?: string },
): Promise<void> {
  const { group } = of;
  const payload: FraudPayload = {
    groupId: group.id,
    rule: group.rule,
    severity: group.severity,
    state: group.state,
    personId: group.person_id,
    codeId: group.code_id,
    reason: group.reason,
    actorName: of.actorName ?? null,
  };
  await infra.outbox.emit(tx, { workspaceId: of.workspaceId, name, payload });
}

function isQuiet(group: GroupRow, of: { at: Date; policy: FraudPolicy }): boolean {
  return group.resolved_at !== null && of.at.getTime() - group.resolved_at.getTime() < quietDays(of.policy) * dayMs;
}

function toEvent(
  finding: Finding,
  of: { groupId: string; conversionId: string | null; happenedAt: Date; at: Date },
): NewEvent {
  return {
    id: newId('fraudEvent', of.at.getTime()),
    groupId: of.groupId,
    rule: finding.rule,
    ruleVersion: finding.version,
    conversionId: of.conversionId,
    personId: finding.personId,
    codeId: finding.codeId,
    mode: finding.mode,
    points: finding.points,
    says: finding.says,
    evidence: finding.evidence,
    happenedAt: of.happenedAt.toISOString(),
  };
}

// One statement may touch a row once.
function dedupe(events: readonly NewEvent[]): NewEvent[] {
  return [
    ...new Map(
      events.map((one) => [`${one.rule} ${one.personId ?? ''} ${one.conversionId ?? one.groupId}`, one]),
    ).values(),
  ];
}

const toKey = (group: Pick<GroupRow, 'rule' | 'person_id' | 'code_id'>): GroupKey => ({
  rule: group.rule,
  personId: group.person_id,
  codeId: group.code_id,
});
const keyOf = (key: { rule: RuleName; personId: string | null; codeId: string | null }) =>
  `${key.rule} ${key.personId ?? ''} ${key.codeId ?? ''}`;

function keysOf(told: readonly ToldFinding[]): GroupKey[] {
  const keys = told.map(({ finding }) => ({ rule: finding.rule, personId: finding.personId, codeId: finding.codeId }));
  return [...new Map(keys.map((key) => [keyOf(key), key])).values()];
}
