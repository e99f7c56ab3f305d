import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { encodeCursor } from '#kernel/page.ts';
import { getPerson, readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { Appeal, answerAppeal, listAppeals } from './api.ts';
import { stateVerdict } from './decide-verdict.ts';
import { selectAppeals, writeAnswer } from './queries/appeals.ts';
import { idOfCursor } from './share-report.ts';

/** Appeals with the name of whom they are about, newest first. Error: not_found for an unknown creator. */
export function pageAppeals(infra: Infra, call: Call<typeof listAppeals>): Promise<OutputOf<typeof listAppeals>> {
  const { workspaceId, input } = call;
  const { limit, open } = input;
  const beforeId = idOfCursor(input.cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const personId = input.personId === undefined ? null : (await getPerson(tx, workspaceId, input.personId)).id;
    const found = await selectAppeals(tx, workspaceId, { personId, open, beforeId, limit: limit + 1 });
    const page = found.slice(0, limit);
    const cards = await readPersonCards(
      tx,
      workspaceId,
      page.map((appeal) => appeal.personId),
    );
    const last = page.at(-1);
    return {
      rows: page.map((appeal) => ({ ...appeal, name: cards.get(appeal.personId)?.name ?? 'Creator without a name' })),
      nextCursor: found.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
    };
  });
}

/** Answers an appeal; with a verdict the point gets that too, the answer as its reason. Error: not_found. */
export function keepAnswer(infra: Infra, call: Call<typeof answerAppeal>): Promise<Appeal> {
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const at = infra.clock.now();
    const written = await writeAnswer(tx, workspaceId, { ...input, by: actor, at });
    if (written === null) throw notFound('appeal');
    const { appeal, before } = written;
    await recordAudit(tx, {
      ...call,
      action: 'vetting_report.appeal_answered',
      subjectKind: 'creator',
      subjectId: appeal.personId,
      changes: { appeal: appeal.id, outcome: { from: before, to: input.outcome }, answer: input.answer.slice(0, 500) },
    });
    if (input.verdict !== undefined) {
      const reason = `After the creator's appeal: ${input.answer}`.slice(0, 2000);
      const stated = { personId: appeal.personId, point: appeal.point, verdict: input.verdict, reason };
      await stateVerdict(infra, tx, { ...call, input: stated });
    }
    return appeal;
  });
}
