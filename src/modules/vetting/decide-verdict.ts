import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { getPerson, stateFact } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { decide, Verdict } from './api.ts';
import { insertVerdict, newestVerdicts } from './queries/verdicts.ts';

/** Stores a person's verdict with its reason. It stands beside the machine's and survives every computation after it. */
export async function decideVerdict(infra: Infra, call: Call<typeof decide>): Promise<Verdict> {
  return infra.db.inWorkspace(call.workspaceId, (tx) => stateVerdict(infra, tx, call));
}

/** The same within a transaction of the caller. Error: not_found. */
export async function stateVerdict(
  infra: Infra,
  tx: Tx,
  call: Pick<Call<typeof decide>, 'workspaceId' | 'actor' | 'requestId' | 'input'>,
): Promise<Verdict> {
  const { workspaceId, actor, requestId, input } = call;
  const person = await getPerson(tx, workspaceId, input.personId);
  const now = infra.clock.now();
  const verdict: Verdict = {
    id: newId('verdict', now.getTime()),
    point: input.point,
    verdict: input.verdict,
    reason: input.reason,
    decidedBy: actor.name,
    decidedAt: now.toISOString(),
  };
  const before = (await newestVerdicts(tx, workspaceId, person.id)).find((known) => known.point === input.point);
  await insertVerdict(tx, workspaceId, { ...verdict, personId: person.id, decidedById: actor.id });
  if (input.point === 'overall') {
    await stateFact(infra, tx, {
      workspaceId,
      statedBy: 'vetting',
      personId: person.id,
      name: 'vetting_decision',
      value: input.verdict,
    });
  }
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: 'creator.verdict_stated',
    subjectKind: 'creator',
    subjectId: person.id,
    changes: {
      point: input.point,
      verdict: { from: before?.verdict ?? null, to: input.verdict },
      reason: input.reason,
    },
  });
  return verdict;
}
