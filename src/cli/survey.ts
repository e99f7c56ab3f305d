import type { Command } from 'commander';
import {
  assignAnswer,
  getSurvey,
  getSurveySummary,
  importAnswers,
  listAnswers,
  recordAnswers,
  renewSurveyLink,
  type Survey,
  setSurvey,
} from '#modules/attribution/api.ts';
import { type Cli, table } from './cli.ts';
import { openUpload } from './overlap.ts';

interface AskOptions {
  question?: string;
  choice: string[];
  thanks?: string;
  open?: boolean;
  close?: boolean;
}

const gather = (value: string, before: string[]) => [...before, value];

/** `survey show | ask | renew-link | add | import | list | assign | summary`: what customers answer when asked how they heard of the shop. */
export function registerSurvey(program: Command, cli: Cli): void {
  const noun = program.command('survey').description('How customers heard of the shop, as they say');
  registerPage(noun, cli);
  noun
    .command('add')
    .description('enter one answer; the same id again changes nothing')
    .argument('<id>', 'where it was asked, unique for ever')
    .argument('<answer>', 'in the words of the customer')
    .option('--order <id>', "the order's id at its shop")
    .option('--person <id>', 'the creator, when known; else read from the answer')
    .option('--campaign <id>', 'the campaign')
    .option('--at <instant>', 'when; now when absent')
    .action(
      async (
        id: string,
        answer: string,
        options: { order?: string; person?: string; campaign?: string; at?: string },
      ) => {
        const client = await cli.client();
        const answeredAt = options.at ?? new Date().toISOString();
        const given = { id, answer, answeredAt, orderId: options.order, personId: options.person };
        const answers = [{ ...given, campaignId: options.campaign }];
        cli.print(await client.call(recordAnswers, { via: 'hand', answers }), ({ created, matched }) =>
          created === 0
            ? 'It was there before.'
            : matched === 1
              ? 'Kept; it names a creator.'
              : 'Kept; it names nobody.',
        );
      },
    );
  noun
    .command('import')
    .description('answers from CSV with the columns id, answer, answered at and, where known, order')
    .argument('<file>', 'the file, gzipped or not')
    .action(async (file: string) => {
      const client = await cli.client();
      cli.print(await client.upload(importAnswers, {}, await openUpload(file)), (done) =>
        [
          `${done.read} rows: ${done.created} new, ${done.unchanged} were there, ${done.matched} name a creator, ${done.errorsTotal} errors`,
          ...done.errors.slice(0, 20).map((error) => `row ${error.row}, ${error.field}: ${error.message}`),
        ].join('\n'),
      );
    });
  noun
    .command('list')
    .description('answers, newest first')
    .option('--campaign <id>', 'naming a creator of one campaign')
    .option('--person <id>', 'naming one creator')
    .option('--names <whom>', 'somebody or nobody')
    .option('--limit <n>', 'at most so many', Number, 50)
    .option('--cursor <cursor>', 'nextCursor of the page before')
    .action(
      async (options: {
        campaign?: string;
        person?: string;
        names?: 'somebody' | 'nobody';
        limit: number;
        cursor?: string;
      }) => {
        const client = await cli.client();
        const { campaign, person, ...rest } = options;
        const answer = await client.call(listAnswers, { ...rest, campaignId: campaign, personId: person });
        cli.print(answer, ({ rows }) =>
          table(
            ['ID', 'AT', 'ANSWER', 'ORDER', 'CREATOR', 'TOLD BY'],
            rows.map((row) => [
              row.id,
              row.answeredAt,
              row.answer,
              row.orderExternalId,
              row.creator?.name ?? null,
              row.matchedBy,
            ]),
          ),
        );
      },
    );
  noun
    .command('assign')
    .description('say by hand whom an answer names')
    .argument('<answer-id>', 'id of the answer, from list')
    .argument('[person-id]', 'the creator; nobody when absent')
    .option('--campaign <id>', 'the campaign')
    .action(async (answerId: string, personId: string | undefined, options: { campaign?: string }) => {
      const client = await cli.client();
      const input = { answerId, personId: personId ?? null, campaignId: options.campaign ?? null };
      cli.print(await client.call(assignAnswer, input), (row) => `${row.id} names ${row.creator?.name ?? 'nobody'}.`);
    });
  noun
    .command('summary')
    .description('what customers said beside what was tracked, by creator; never added')
    .option('--from <day>', '90 days before the last day when absent')
    .option('--to <day>', 'today when absent')
    .action(async (options: { from?: string; to?: string }) => {
      const client = await cli.client();
      cli.print(await client.call(getSurveySummary, options), ({ answers, named, rows }) =>
        [
          `${answers} answers, ${named} name a creator.`,
          table(
            ['CREATOR', 'SAID', 'PAID TOO', 'OTHERS PAID', 'NOBODY PAID', 'ORDER UNKNOWN', 'TRACKED ORDERS'],
            rows.map((row) => [
              row.creator?.name ?? null,
              row.said,
              row.agrees,
              row.others,
              row.nobody,
              row.unknown,
              row.tracked,
            ]),
          ),
        ].join('\n'),
      );
    });
}

function registerPage(noun: Command, cli: Cli): void {
  noun
    .command('show')
    .description('what is asked, and the page to link to from the shop')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(getSurvey, {}), surveyText);
    });
  noun
    .command('ask')
    .description('change what customers are asked; what is left out stays')
    .option('--question <text>', 'the question')
    .option('--choice <label[|second question]>', 'a choice; may be given again, replaces all', gather, [])
    .option('--thanks <text>', 'shown after the answer')
    .option('--open', 'let customers answer')
    .option('--close', 'take no more answers')
    .action(async (options: AskOptions) => {
      const client = await cli.client();
      const now = await client.call(getSurvey, {});
      const kept = now.choices.map(({ label, asks, creator, campaignId }) => ({
        label,
        asks,
        personId: creator?.personId ?? null,
        campaignId,
      }));
      const given = options.choice.map((text) => {
        const [label = '', asks] = text.split('|').map((part) => part.trim());
        return { label, asks: asks ?? null };
      });
      const survey = await client.call(setSurvey, {
        isOpen: options.open === true ? true : options.close === true ? false : now.isOpen,
        question: options.question ?? now.question,
        choices: given.length > 0 ? given : kept,
        thanks: options.thanks ?? now.thanks,
      });
      cli.print(survey, surveyText);
    });
  noun
    .command('renew-link')
    .description('a new address for the page; the one before ends')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(renewSurveyLink, {}), surveyText);
    });
}

function surveyText(survey: Survey): string {
  return [
    `${survey.question} (${survey.isOpen ? 'open' : 'closed: nobody can answer'})`,
    ...survey.choices.map((choice) => `- ${choice.label}${choice.asks === null ? '' : ` (${choice.asks})`}`),
    `${survey.url}?order=ORDER-ID`,
  ].join('\n');
}
