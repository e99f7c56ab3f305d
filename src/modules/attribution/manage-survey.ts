import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { readRefs } from '#modules/tracking/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type {
  answerSurveyPage as answerEndpoint,
  getSurvey as getEndpoint,
  readSurveyPage as pageEndpoint,
  renewSurveyLink as renewEndpoint,
  Survey,
  setSurvey as setEndpoint,
} from './api.ts';
import { attributionError } from './errors.ts';
import { countPageAnswers, type StoredSurvey, saveSurvey, selectSurvey } from './queries/survey.ts';
import { storeAnswers } from './record-answers.ts';
import { makeSurveyToken, readSurveyToken } from './survey-token.ts';

/** Answers one page takes a minute; more is a program at play. */
const answersPerMinuteMax = 600;
const minuteMs = 60_000;

/** What stands there until somebody sets it. */
const standard: StoredSurvey = {
  question: 'How did you first hear of us?',
  choices: [
    { label: 'A creator or influencer', asks: 'Which one?', personId: null, campaignId: null },
    { label: 'A friend or family', asks: null, personId: null, campaignId: null },
    { label: 'A search', asks: null, personId: null, campaignId: null },
    { label: 'An advert', asks: 'Where?', personId: null, campaignId: null },
    { label: 'Something else', asks: 'What was it?', personId: null, campaignId: null },
  ],
  thanks: 'Thank you. That helps us.',
  isOpen: false,
  linkNo: 1,
};

export async function getSurvey(infra: Infra, call: Call<typeof getEndpoint>): Promise<Survey> {
  const { workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) =>
    present(infra, tx, workspaceId, (await selectSurvey(tx, workspaceId)) ?? standard),
  );
}

/** Error: attribution.bad_answer for a creator or campaign that is not there. */
export async function setSurvey(infra: Infra, call: Call<typeof setEndpoint>): Promise<Survey> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await selectSurvey(tx, workspaceId);
    const refs = await readRefs(
      tx,
      workspaceId,
      input.choices.map((choice) => ({ person_id: choice.personId, campaign_id: choice.campaignId })),
    );
    for (const [at, choice] of input.choices.entries()) {
      const field =
        choice.personId !== null && refs.creatorOf(choice.personId) === null
          ? 'personId'
          : choice.campaignId !== null && refs.campaignOf(choice.campaignId) === null
            ? 'campaignId'
            : null;
      if (field !== null)
        throw attributionError('bad_answer', `Choice ${at + 1} names something that is not here.`, [
          { field: `choices.${at}.${field}`, message: 'Not known here.' },
        ]);
    }
    const after = { ...input, linkNo: before?.linkNo ?? standard.linkNo };
    await saveSurvey(tx, workspaceId, after);
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'survey.changed',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes: {
        isOpen: { from: before?.isOpen ?? false, to: after.isOpen },
        question: { from: before?.question ?? null, to: after.question },
        choices: { from: before?.choices.map((one) => one.label) ?? null, to: after.choices.map((one) => one.label) },
      },
    });
    return await present(infra, tx, workspaceId, after);
  });
}

/** Ends the link there is. */
export async function renewSurveyLink(infra: Infra, call: Call<typeof renewEndpoint>): Promise<Survey> {
  const { workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = (await selectSurvey(tx, workspaceId)) ?? standard;
    const after = { ...before, linkNo: before.linkNo + 1 };
    await saveSurvey(tx, workspaceId, after);
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'survey.link-renewed',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes: {},
    });
    return await present(infra, tx, workspaceId, after);
  });
}

/** Error: not_found for a link that has ended, was never made, or while nothing is asked. */
export async function readSurveyPage(infra: Infra, call: Call<typeof pageEndpoint>) {
  const { workspaceId, linkNo } = named(infra, call.input.token);
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const survey = await openSurvey(tx, workspaceId, linkNo);
    const { name } = await getWorkspace(tx, workspaceId);
    return {
      brand: name,
      question: survey.question,
      choices: survey.choices.map(({ label, asks }) => ({ label, asks })),
      thanks: survey.thanks,
    };
  });
}

/** Takes one answer. Errors: not_found, attribution.bad_answer, attribution.too_many_answers. */
export async function answerSurveyPage(infra: Infra, call: Call<typeof answerEndpoint>): Promise<{ isNew: boolean }> {
  const { input } = call;
  const { workspaceId, linkNo } = named(infra, input.token);
  const now = infra.clock.now();
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const survey = await openSurvey(tx, workspaceId, linkNo);
    const choice = survey.choices[input.choice];
    if (choice === undefined)
      throw attributionError('bad_answer', 'That choice is no longer offered. Load the page again.', [
        { field: 'choice', message: 'Not offered.' },
      ]);
    if ((await countPageAnswers(tx, workspaceId, new Date(now.getTime() - minuteMs))) >= answersPerMinuteMax)
      throw attributionError('too_many_answers', 'Too many answers came in at once. Try again in a minute.');
    const text = choice.asks === null ? '' : (input.text ?? '');
    const done = await storeAnswers(infra, tx, {
      workspaceId,
      via: 'page',
      answers: [
        {
          id: input.order === undefined ? `page ${input.key}` : `page order ${input.order}`.slice(0, 200),
          answer: text === '' ? choice.label : text,
          choice: choice.label,
          answeredAt: now.toISOString(),
          ...(input.order === undefined ? {} : { orderId: input.order }),
          ...(choice.personId === null ? {} : { personId: choice.personId, matchedBy: 'choice' as const }),
          ...(choice.campaignId === null ? {} : { campaignId: choice.campaignId }),
        },
      ],
    });
    return { isNew: done.created > 0 };
  });
}

function named(infra: Infra, token: string): { workspaceId: string; linkNo: number } {
  const found = readSurveyToken(infra.secret, token);
  if (found === null) throw notFound('survey');
  return found;
}

async function openSurvey(tx: Tx, workspaceId: string, linkNo: number): Promise<StoredSurvey> {
  const survey = await selectSurvey(tx, workspaceId);
  if (survey === null || !survey.isOpen || survey.linkNo !== linkNo) throw notFound('survey');
  return survey;
}

async function present(infra: Infra, tx: Tx, workspaceId: string, survey: StoredSurvey): Promise<Survey> {
  const refs = await readRefs(
    tx,
    workspaceId,
    survey.choices.map((choice) => ({ person_id: choice.personId, campaign_id: null })),
  );
  const token = makeSurveyToken(infra.secret, { workspaceId, linkNo: survey.linkNo });
  return {
    isOpen: survey.isOpen,
    question: survey.question,
    choices: survey.choices.map(({ label, asks, personId, campaignId }) => ({
      label,
      asks,
      creator: refs.creatorOf(personId),
      campaignId,
    })),
    thanks: survey.thanks,
    url: `${infra.config.publicUrl}/app/survey/${token}`,
  };
}
