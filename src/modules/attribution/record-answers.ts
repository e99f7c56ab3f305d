import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import {
  addError,
  findOrdersNamed,
  readRefs,
  readTrackedCreators,
  readUpload,
  startAnswer,
} from '#modules/tracking/index.ts';
import type { importAnswers as importEndpoint, recordAnswers as recordEndpoint } from './api.ts';
import { creditOrders } from './credit-orders.ts';
import { attributionError } from './errors.ts';
import { type AnswerRow, insertAnswers } from './queries/survey-answers.ts';
import { matchAnswer } from './rules/match-answer.ts';

/** An answer as it came in; `matchedBy` where more is known of the creator than that whoever sent it named them. */
export type Given = Call<typeof recordEndpoint>['input']['answers'][number] & {
  choice?: string;
  matchedBy?: 'choice';
};
export interface Recorded {
  created: number;
  unchanged: number;
  matched: number;
}

const batchRows = 500;
const answerChars = 2000;

/** Stores answers and decides anew the orders they are of. Error: attribution.bad_answer for a creator or campaign that is not there. */
export async function recordAnswers(infra: Infra, call: Call<typeof recordEndpoint>): Promise<Recorded> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, (tx) =>
    storeAnswers(infra, tx, { workspaceId, answers: input.answers, via: input.via }),
  );
}

type Column = 'id' | 'answer' | 'answeredAt' | 'orderId';
const columns: Record<Column, readonly string[]> = {
  id: ['id', 'answer id', 'response id', 'response'],
  answer: ['answer', 'how did you hear about us', 'response text', 'text', 'comment'],
  answeredAt: ['answered at', 'answered', 'date', 'created at', 'submitted at', 'time'],
  orderId: ['order', 'order id', 'order number', 'name'],
};

/** Answers from a file; rows at fault are told and left out. Error: tracking.bad_file. */
export async function importAnswers(infra: Infra, call: Call<typeof importEndpoint>) {
  const { workspaceId } = call;
  const file = await readUpload<Column>(call.request, columns, ['id', 'answer', 'answeredAt']);
  const told = startAnswer();
  const sum: Recorded = { created: 0, unchanged: 0, matched: 0 };
  for (let at = 0; at < file.rows.length; at += batchRows) {
    const answers: Given[] = [];
    for (const [offset, cells] of file.rows.slice(at, at + batchRows).entries()) {
      told.read += 1;
      const cell = (field: Column) => (cells[file.columns[field] ?? -1] ?? '').trim();
      const answeredAt = new Date(cell('answeredAt'));
      const row = file.rowNumber(at + offset);
      const fault = faultOf({ id: cell('id'), answer: cell('answer'), answeredAt });
      if (fault !== null) addError(told, { row, ...fault });
      else
        answers.push({
          id: cell('id'),
          answer: cell('answer').slice(0, answerChars),
          answeredAt: answeredAt.toISOString(),
          ...(cell('orderId') === '' ? {} : { orderId: cell('orderId') }),
        });
    }
    const done = await infra.db.inWorkspace(workspaceId, (tx) =>
      storeAnswers(infra, tx, { workspaceId, answers, via: 'file' }),
    );
    sum.created += done.created;
    sum.unchanged += done.unchanged;
    sum.matched += done.matched;
  }
  return { ...sum, read: told.read, errorsTotal: told.errorsTotal, errors: told.errors };
}

function faultOf(of: { id: string; answer: string; answeredAt: Date }): { field: string; message: string } | null {
  if (of.id === '' || of.id.length > 200) return { field: 'id', message: 'Needs an id of at most 200 letters.' };
  if (of.answer === '') return { field: 'answer', message: 'There is no answer.' };
  if (Number.isNaN(of.answeredAt.getTime()))
    return { field: 'answered at', message: 'Is no date. Write it as 2026-05-31 or 2026-05-31T10:00:00Z.' };
  return null;
}

/** Stores answers that are not there yet, tells whom they name and decides their orders anew. Error: attribution.bad_answer. */
export async function storeAnswers(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; answers: readonly Given[]; via: AnswerRow['via'] },
): Promise<Recorded> {
  const { workspaceId } = of;
  const answers = [...new Map(of.answers.map((one) => [one.id, one])).values()];
  if (answers.length === 0) return { created: 0, unchanged: 0, matched: 0 };
  await checkGiven(tx, workspaceId, answers);
  const creators = await readTrackedCreators(tx, workspaceId);
  const orders = await findOrdersNamed(
    tx,
    workspaceId,
    answers.flatMap((one) => (one.orderId === undefined ? [] : [one.orderId])),
  );
  const rows = answers.map((one) => {
    const match =
      one.personId === undefined
        ? matchAnswer(one.answer, creators)
        : {
            personId: one.personId,
            campaignId: one.campaignId ?? null,
            matchedBy: one.matchedBy ?? ('given' as const),
          };
    return {
      id: newId('surveyAnswer', infra.clock.now().getTime()),
      external_id: one.id,
      answered_at: one.answeredAt,
      answer: one.answer,
      order_external_id: one.orderId ?? null,
      conversion_id: orders.get(one.orderId ?? '') ?? null,
      person_id: match?.personId ?? null,
      campaign_id: match?.campaignId ?? one.campaignId ?? null,
      matched_by: match?.matchedBy ?? null,
      choice: one.choice ?? null,
      via: of.via,
    };
  });
  const fresh = await insertAnswers(tx, workspaceId, rows);
  const created = rows.filter((row) => fresh.has(row.external_id));
  const conversionIds = [
    ...new Set(created.flatMap((row) => (row.conversion_id === null ? [] : [row.conversion_id]))),
  ].sort();
  for (let at = 0; at < conversionIds.length; at += batchRows)
    await creditOrders(infra, tx, { workspaceId, conversionIds: conversionIds.slice(at, at + batchRows) });
  return {
    created: created.length,
    unchanged: of.answers.length - created.length,
    matched: created.filter((row) => row.person_id !== null).length,
  };
}

async function checkGiven(tx: Tx, workspaceId: string, answers: readonly Given[]): Promise<void> {
  const refs = await readRefs(
    tx,
    workspaceId,
    answers.map((one) => ({ person_id: one.personId ?? null, campaign_id: one.campaignId ?? null })),
  );
  for (const [at, one] of answers.entries()) {
    const field =
      one.personId !== undefined && refs.creatorOf(one.personId) === null
        ? 'personId'
        : one.campaignId !== undefined && refs.campaignOf(one.campaignId) === null
          ? 'campaignId'
          : null;
    if (field === null) continue;
    throw attributionError(
      'bad_answer',
      `Answer ${at + 1}: there is no ${field === 'personId' ? 'creator' : 'campaign'} of that id.`,
      [{ field: `answers.${at}.${field}`, message: 'Not known here.' }],
    );
  }
}
