import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { newId } from '#kernel/id.ts';
import { dayIn } from '#kernel/time.ts';
import { readPersonCards, stateFacts } from '#modules/creators/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import {
  type Flag,
  type getIncidentRules as getRulesEndpoint,
  type IncidentRule,
  incidentRuleSchema,
  type liftFlag as liftEndpoint,
  type listFlags as listEndpoint,
  type saveIncidentRules as saveRulesEndpoint,
  type setFlag as setEndpoint,
} from './api.ts';
import { relationshipsError } from './errors.ts';
import { doNotWorkLifted, doNotWorkSet } from './events.ts';
import { getCreator } from './find-creator.ts';
import {
  type FlagRow,
  insertFlag,
  liftFlagRow,
  selectFlags,
  selectRules,
  selectStrikes,
  upsertRules,
} from './queries/incidents.ts';
import { applyRules, defaultRules, isSettled } from './rules/apply-rules.ts';

/** Names of the facts by which search and rosters know of a flag. */
export const flagFact = 'do_not_work';
export const flagReasonFact = 'do_not_work_reason';
const flagsShownMax = 1000;
const flagsMax = 100_000;

export interface Frame {
  workspaceId: string;
  actor: Actor;
  requestId: string;
}

/** Who flags when a rule does; the person who decided the incident stands in the audit trail. */
const byRule = 'Rule of the workspace';

export async function readRules(tx: Tx, workspaceId: string): Promise<IncidentRule[]> {
  const row = await selectRules(tx, workspaceId);
  return row === undefined ? [...defaultRules] : z.array(incidentRuleSchema).parse(row.rules);
}

/** Sets and lifts flags as the strikes of these persons (of all when null) and the rules have it. What a person set or lifted stays. */
export async function followRules(
  infra: Infra,
  tx: Tx,
  of: { call: Frame; personIds: readonly string[] | null },
): Promise<{ flagged: number; lifted: number }> {
  const { call } = of;
  const { workspaceId } = call;
  const today = dayIn((await getWorkspace(tx, workspaceId)).timeZone, infra.clock.now());
  const rules = await readRules(tx, workspaceId);
  const strikes = Map.groupBy(await selectStrikes(tx, workspaceId, of.personIds), (strike) => strike.personId);
  const flags = await selectFlags(tx, workspaceId, { personIds: of.personIds, withLifted: true, limit: flagsMax });
  const flagsOf = Map.groupBy(flags, (flag) => flag.person_id);
  const outcome = { flagged: 0, lifted: 0 };
  for (const personId of new Set([...strikes.keys(), ...flagsOf.keys()])) {
    const own = flagsOf.get(personId) ?? [];
    const standing = own.find((flag) => flag.lifted_at === null);
    const verdict = applyRules(rules, { strikes: strikes.get(personId) ?? [], today });
    // Only what a person lifted is settled; a flag that fell by itself may come again.
    const settled = own.filter((flag) => flag.lifted_at !== null && flag.lifted_by !== byRule);
    if (verdict !== null && standing === undefined) {
      if (
        isSettled(
          verdict,
          settled.map((flag) => flag.incident_ids),
        )
      )
        continue;
      const { reason, incidentIds } = verdict;
      outcome.flagged += 1;
      await flag(infra, tx, { call, personId, source: 'rule', reason, incidentIds, setBy: byRule });
    } else if (verdict === null && standing?.source === 'rule') {
      outcome.lifted += 1;
      await lift(infra, tx, {
        call,
        row: standing,
        by: byRule,
        reason: 'The strikes it rested on no longer break a rule.',
      });
    }
  }
  return outcome;
}

async function flag(
  infra: Infra,
  tx: Tx,
  of: {
    call: Frame;
    personId: string;
    source: 'rule' | 'person';
    reason: string;
    incidentIds: readonly string[];
    setBy: string;
  },
): Promise<boolean> {
  const { call, personId, reason } = of;
  const { workspaceId, actor, requestId } = call;
  const at = infra.clock.now();
  const isNew = await insertFlag(tx, workspaceId, { ...of, id: newId('doNotWork', at.getTime()), at });
  if (!isNew) return false;
  await stateFlag(infra, tx, { workspaceId, personId, reason });
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: 'creator.do-not-work',
    subjectKind: 'creator',
    subjectId: personId,
    changes: { source: of.source, reason, incidentIds: of.incidentIds },
  });
  const payload = { personId, reason, actorName: of.setBy };
  await infra.outbox.emit(tx, { workspaceId, name: doNotWorkSet, payload });
  return true;
}

async function lift(
  infra: Infra,
  tx: Tx,
  of: { call: Frame; row: FlagRow; by: string; reason: string },
): Promise<void> {
  const { row, by, reason } = of;
  const { workspaceId, actor, requestId } = of.call;
  await liftFlagRow(tx, workspaceId, { id: row.id, by, reason, at: infra.clock.now() });
  await stateFlag(infra, tx, { workspaceId, personId: row.person_id, reason: null });
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: 'creator.do-not-work-lifted',
    subjectKind: 'creator',
    subjectId: row.person_id,
    changes: { reason },
  });
  const payload = { personId: row.person_id, reason, actorName: by };
  await infra.outbox.emit(tx, { workspaceId, name: doNotWorkLifted, payload });
}

/** States the flag to search and rosters, or takes it back. */
export async function stateFlag(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personId: string; reason: string | null },
): Promise<void> {
  const { workspaceId, personId, reason } = of;
  await stateFacts(infra, tx, {
    workspaceId,
    statedBy: 'relationships',
    facts: [
      { personId, name: flagFact, value: reason === null ? null : true },
      { personId, name: flagReasonFact, value: reason },
    ],
  });
}

/** Creators not to work with; of one person all that was ever set. Error: not_found. */
export async function listFlags(infra: Infra, call: Call<typeof listEndpoint>): Promise<Flag[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const personId = input.personId === undefined ? null : (await getCreator(tx, workspaceId, input.personId)).personId;
    const rows = await selectFlags(tx, workspaceId, {
      personIds: personId === null ? null : [personId],
      withLifted: personId !== null,
      limit: flagsShownMax,
    });
    return presentFlags(tx, workspaceId, rows);
  });
}

export async function presentFlags(tx: Tx, workspaceId: string, rows: readonly FlagRow[]): Promise<Flag[]> {
  const cards = await readPersonCards(
    tx,
    workspaceId,
    rows.map((row) => row.person_id),
  );
  return rows.map((row) => ({
    id: row.id,
    person: { id: row.person_id, name: cards.get(row.person_id)?.name ?? 'Erased creator' },
    source: row.source as Flag['source'],
    reason: row.reason,
    incidentIds: row.incident_ids,
    setBy: row.set_by,
    setAt: row.set_at.toISOString(),
    lifted:
      row.lifted_at === null
        ? null
        : { by: row.lifted_by ?? '', at: row.lifted_at.toISOString(), reason: row.lifted_reason ?? '' },
  }));
}

async function presentOne(tx: Tx, workspaceId: string, personId: string): Promise<Flag> {
  const rows = await selectFlags(tx, workspaceId, { personIds: [personId], withLifted: true, limit: 1 });
  const [flagged] = await presentFlags(tx, workspaceId, rows);
  if (flagged === undefined) throw relationshipsError('not_flagged', 'There is no flag on this creator.');
  return flagged;
}

/** Flags a creator by a person's word. Errors: not_found, already_flagged. */
export async function setFlag(infra: Infra, call: Call<typeof setEndpoint>): Promise<Flag> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personId, name } = await getCreator(tx, workspaceId, input.personId);
    const { reason } = input;
    const isNew = await flag(infra, tx, {
      call,
      personId,
      source: 'person',
      reason,
      incidentIds: [],
      setBy: actor.name,
    });
    if (!isNew)
      throw relationshipsError(
        'already_flagged',
        `${name} is flagged already. Lift that first to give another reason.`,
      );
    return presentOne(tx, workspaceId, personId);
  });
}

/** Lifts a flag by a person's word; the strikes it rested on do not set it again. Errors: not_found, not_flagged. */
export async function liftFlag(infra: Infra, call: Call<typeof liftEndpoint>): Promise<Flag> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personId, name } = await getCreator(tx, workspaceId, input.personId);
    const [row] = await selectFlags(tx, workspaceId, { personIds: [personId], withLifted: false, limit: 1 });
    if (row === undefined) throw relationshipsError('not_flagged', `${name} is not flagged.`);
    await lift(infra, tx, { call, row, by: actor.name, reason: input.reason });
    return presentOne(tx, workspaceId, personId);
  });
}

/** The rules of the workspace, else those of the program. */
export async function getRules(
  infra: Infra,
  call: Call<typeof getRulesEndpoint>,
): Promise<OutputOf<typeof getRulesEndpoint>> {
  return infra.db.inWorkspace(call.workspaceId, (tx) => presentRules(tx, call.workspaceId));
}

async function presentRules(tx: Tx, workspaceId: string): Promise<OutputOf<typeof getRulesEndpoint>> {
  const row = await selectRules(tx, workspaceId);
  return {
    rules: await readRules(tx, workspaceId),
    savedBy: row?.saved_by ?? null,
    savedAt: row?.saved_at.toISOString() ?? null,
  };
}

/** Keeps the rules of the workspace; flags follow in the same transaction. */
export async function saveRules(
  infra: Infra,
  call: Call<typeof saveRulesEndpoint>,
): Promise<OutputOf<typeof saveRulesEndpoint>> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await readRules(tx, workspaceId);
    await upsertRules(tx, workspaceId, { rules: input.rules, savedBy: actor.name, at: infra.clock.now() });
    const { requestId } = call;
    const changes = { rules: { from: before, to: input.rules } };
    const subject = { subjectKind: 'workspace', subjectId: workspaceId };
    await recordAudit(tx, { workspaceId, actor, requestId, action: 'incident-rules.saved', ...subject, changes });
    const followed = await followRules(infra, tx, { call, personIds: null });
    return { ...(await presentRules(tx, workspaceId)), ...followed };
  });
}
