import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { answerFraudAppeal, appealPortalHold, FraudAppeal, listPortalHolds, PortalHold } from './api.ts';
import { fraudError } from './errors.ts';
import { presentAppeal, readGroups } from './present-groups.ts';
import { insertAppeal, lockAppeal, selectAppeals, writeAnswer } from './queries/appeals.ts';
import { lockGroups } from './queries/groups.ts';
import { lockJudging } from './queries/judgements.ts';
import { decide } from './resolve-groups.ts';
import { ruleNamed } from './rules/all-rules.ts';

const holdsMax = 100;

/** Answers an appeal; one that is accepted clears its group while it is open. Errors: not_found, fraud.already_answered. */
export async function keepAnswer(infra: Infra, call: Call<typeof answerFraudAppeal>): Promise<FraudAppeal> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await lockJudging(tx, workspaceId);
    const appeal = await lockAppeal(tx, workspaceId, input.appealId);
    if (appeal === undefined) throw notFound('appeal');
    if (appeal.answered_at !== null)
      throw fraudError('already_answered', `It was answered by ${appeal.answered_by_name} already.`);
    const at = infra.clock.now();
    await writeAnswer(tx, workspaceId, { id: appeal.id, outcome: input.outcome, answer: input.answer, by: actor, at });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'fraud.appeal_answered',
      subjectKind: 'fraud_group',
      subjectId: appeal.group_id,
      changes: { appeal: appeal.id, outcome: input.outcome, answer: input.answer.slice(0, 500) },
    });
    const groups = (await lockGroups(tx, workspaceId, [appeal.group_id])).filter((group) => group.state === 'open');
    if (input.outcome === 'accepted')
      await decide(infra, tx, {
        workspaceId,
        groups,
        outcome: 'cleared',
        reason: `After the creator's appeal: ${input.answer}`.slice(0, 2000),
        keepsCredit: true,
        by: actor,
        requestId,
      });
    const found = (await selectAppeals(tx, workspaceId, [appeal.group_id])).find((one) => one.id === appeal.id);
    if (found === undefined) throw notFound('appeal');
    return presentAppeal(found);
  });
}

/** What this creator is told: groups that hold or held credit of theirs, and what was withdrawn. Groups that only watch are the brand's own business. */
export async function listHolds(
  infra: Infra,
  call: Call<typeof listPortalHolds>,
): Promise<OutputOf<typeof listPortalHolds>> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => ({ rows: await readHolds(tx, workspaceId, actor.id) }));
}

async function readHolds(tx: Tx, workspaceId: string, personId: string): Promise<PortalHold[]> {
  const groups = (await readGroups(tx, workspaceId, { personId, limit: holdsMax })).filter(
    (group) => group.state === 'fraud' || (group.mode === 'enforce' && group.state !== 'lapsed'),
  );
  const appeals = Map.groupBy(
    await selectAppeals(
      tx,
      workspaceId,
      groups.map((group) => group.id),
    ),
    (appeal) => appeal.group_id,
  );
  return groups.map((group) => {
    const said = (appeals.get(group.id) ?? []).filter((appeal) => appeal.person_id === personId);
    const isWaiting = said.some((appeal) => appeal.answered_at === null);
    return {
      groupId: group.id,
      title: group.title,
      explains: ruleNamed(group.rule).explains,
      state: group.state,
      isHeld: group.state === 'open',
      orders: group.orders,
      amounts: group.amounts,
      openedAt: group.openedAt,
      reason: group.reason,
      appeals: said.map(presentAppeal),
      canAppeal: !isWaiting && (group.state === 'open' || group.state === 'fraud'),
    };
  });
}

/** The creator says something against a group. Errors: not_found (also for another's), fraud.already_said. */
export async function appeal(infra: Infra, call: Call<typeof appealPortalHold>): Promise<PortalHold> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const hold = (await readHolds(tx, workspaceId, actor.id)).find((one) => one.groupId === input.groupId);
    if (hold === undefined) throw notFound('hold');
    const at = infra.clock.now();
    const id = newId('fraudAppeal', at.getTime());
    const isNew = await insertAppeal(tx, workspaceId, {
      id,
      groupId: hold.groupId,
      personId: actor.id,
      body: input.says,
      at,
    });
    if (!isNew)
      throw fraudError('already_said', 'What you said before waits for an answer. You can say more once it is there.');
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'fraud.appealed',
      subjectKind: 'fraud_group',
      subjectId: hold.groupId,
      changes: { appeal: id },
    });
    const after = (await readHolds(tx, workspaceId, actor.id)).find((one) => one.groupId === input.groupId);
    if (after === undefined) throw notFound('hold');
    return after;
  });
}
