import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { type Refs, readRefs } from '#modules/tracking/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type {
  assignAnswer as assignEndpoint,
  listAnswers as listEndpoint,
  SurveyAnswer,
  SurveySummary,
  getSurveySummary as summaryEndpoint,
} from './api.ts';
import { creditOrders } from './credit-orders.ts';
import { attributionError } from './errors.ts';
import { type AnswerRow, selectAnswer, selectAnswers, updateAnswerCreator } from './queries/survey-answers.ts';
import { countSaid, sumSaid } from './queries/survey-said.ts';

const periodDays = 90;
const summaryRowsMax = 200;

/** Answers, newest first. Error: attribution.bad_answer for a cursor that is none. */
export async function listAnswers(infra: Infra, call: Call<typeof listEndpoint>): Promise<Page<SurveyAnswer>> {
  const { workspaceId, input } = call;
  const after = input.cursor === undefined ? null : readCursor(input.cursor);
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { campaignId, personId, names, limit } = input;
    const rows = await selectAnswers(tx, { workspaceId, campaignId, personId, names, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const refs = await readRefs(tx, workspaceId, page);
    const last = page.at(-1);
    return {
      rows: page.map((row) => present(row, refs)),
      nextCursor:
        rows.length > limit && last !== undefined ? encodeCursor([last.answered_at.toISOString(), last.id]) : null,
    };
  });
}

/** A person says whom an answer names, or that it names nobody. Errors: not_found, attribution.bad_answer. */
export async function assignAnswer(infra: Infra, call: Call<typeof assignEndpoint>): Promise<SurveyAnswer> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await selectAnswer(tx, workspaceId, input.answerId);
    if (before === undefined) throw notFound('answer');
    const { personId } = input;
    const campaignId = personId === null ? null : input.campaignId;
    const refs = await readRefs(tx, workspaceId, [
      { person_id: personId, campaign_id: campaignId },
      { person_id: before.person_id, campaign_id: before.campaign_id },
    ]);
    if (personId !== null && refs.creatorOf(personId) === null) throw unknown('personId', 'creator');
    if (campaignId !== null && refs.campaignOf(campaignId) === null) throw unknown('campaignId', 'campaign');
    await updateAnswerCreator(tx, workspaceId, { id: before.id, personId, campaignId });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'survey.answer-assigned',
      subjectKind: 'survey_answer',
      subjectId: before.id,
      changes: {
        creator: { from: refs.creatorOf(before.person_id)?.name ?? null, to: refs.creatorOf(personId)?.name ?? null },
      },
    });
    if (before.conversion_id !== null)
      await creditOrders(infra, tx, { workspaceId, conversionIds: [before.conversion_id] });
    const after = await selectAnswer(tx, workspaceId, before.id);
    if (after === undefined) throw notFound('answer');
    return present(after, refs);
  });
}

/** What customers said beside what was tracked, by creator. Error: attribution.bad_period. */
export async function getSurveySummary(infra: Infra, call: Call<typeof summaryEndpoint>): Promise<SurveySummary> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const to = input.to ?? dayIn(timeZone, infra.clock.now());
    const from = input.from ?? addDays(to, -periodDays);
    if (from > to)
      throw attributionError('bad_period', `The first day ${from} is after the last one ${to}.`, [
        { field: 'from', message: 'Must not be after the last day.' },
      ]);
    const period = { workspaceId, from, to, timeZone };
    const counts = await countSaid(tx, period);
    const rows = await sumSaid(tx, { ...period, limit: summaryRowsMax });
    const refs = await readRefs(
      tx,
      workspaceId,
      rows.map((row) => ({ person_id: row.person_id, campaign_id: null })),
    );
    return {
      from,
      to,
      ...counts,
      rows: rows.map(({ person_id, ...row }) => ({ creator: refs.creatorOf(person_id), ...row })),
    };
  });
}

function present(row: AnswerRow, refs: Refs): SurveyAnswer {
  return {
    id: row.id,
    externalId: row.external_id,
    answeredAt: row.answered_at.toISOString(),
    answer: row.answer,
    orderExternalId: row.order_external_id,
    orderId: row.conversion_id,
    creator: refs.creatorOf(row.person_id),
    campaign: refs.campaignOf(row.campaign_id),
    matchedBy: row.matched_by,
    choice: row.choice,
    via: row.via,
  };
}

function unknown(field: string, what: string): Error {
  return attributionError('bad_answer', `There is no ${what} of that id.`, [{ field, message: 'Not known here.' }]);
}

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at))) return { at, id };
  throw attributionError('bad_answer', 'The cursor is not from a page before.', [
    { field: 'cursor', message: 'Use nextCursor.' },
  ]);
}
