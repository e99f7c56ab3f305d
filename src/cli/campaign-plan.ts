import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { bulkActionSchema, bulkOnRoster, getCalendar, happeningSchema, tellHappening } from '#modules/campaigns/api.ts';
import { findCampaign } from './campaigns-find.ts';
import { type Cli, table } from './cli.ts';

const daysShown = 35;

/** `campaigns calendar`, `campaigns roster bulk`, `campaigns roster tell`. */
export function registerPlan(noun: Command, cli: Cli): void {
  noun
    .command('calendar')
    .description('what falls on which day, of one campaign or of all')
    .argument('[campaign]', 'id or name')
    .option('--from <day>', 'today when left out')
    .option('--until <day>', `${daysShown} days on when left out`)
    .action(async (campaign: string | undefined, options: { from?: string; until?: string }) => {
      const client = await cli.client();
      const found = campaign === undefined ? null : await findCampaign(client, campaign);
      const from = options.from ?? dayIn('UTC', new Date());
      const until = options.until ?? addDays(from, daysShown);
      const answer = await client.call(getCalendar, {
        from,
        until,
        ...(found === null ? {} : { campaignId: found.id }),
      });
      cli.print(answer, ({ entries }) =>
        table(
          ['from', 'until', 'what', 'done', 'campaign'],
          entries.map((entry) => [
            entry.from,
            entry.until,
            entry.title,
            `${entry.done} of ${entry.count}${entry.isLate ? ', late' : ''}`,
            entry.campaign?.name ?? null,
          ]),
        ),
      );
    });
  const roster = noun.commands.find((command) => command.name() === 'roster') ?? noun;
  roster
    .command('bulk')
    .description('do one thing to many creators: \'{"do":"tag","tag":"Autumn"}\', as in the API')
    .argument('<campaign>', 'id or name')
    .argument('<action>', 'JSON')
    .argument('<enrolment-ids...>', 'ids of `roster list`')
    .action(async (campaign: string, text: string, enrolmentIds: string[]) => {
      const client = await cli.client();
      const { id } = await findCampaign(client, campaign);
      const done = await client.call(bulkOnRoster, { campaignId: id, enrolmentIds, action: readAction(text) });
      cli.print(done, ({ changed, unchanged, refused }) =>
        [
          `${changed} changed, ${unchanged} like that already, ${refused.length} refused`,
          ...refused.map((one) => `  ${one.message}`),
        ].join('\n'),
      );
    });
  roster
    .command('tell')
    .description('say what happened to a creator; the stages follow')
    .argument('<enrolment-id>')
    .argument('<happening>', `one of ${happeningSchema.options.join(', ')}`)
    .action(async (enrolmentId: string, text: string) => {
      const client = await cli.client();
      const happening = happeningSchema.safeParse(text);
      if (!happening.success)
        throw new AppError(
          'invalid',
          'cli.bad_option',
          `"${text}" is not known. Use one of ${happeningSchema.options.join(', ')}.`,
        );
      const now = await client.call(tellHappening, { enrolmentId, happening: happening.data });
      cli.print(now, ({ stage, isMoved }) => (isMoved ? `moved to ${stage}` : `noted, stays in ${stage}`));
    });
}

function readAction(text: string) {
  try {
    return bulkActionSchema.parse(JSON.parse(text));
  } catch {
    const kinds = bulkActionSchema.options.map((option) => option.shape.do.value).join(', ');
    throw new AppError('invalid', 'cli.bad_option', `The action is not known JSON. "do" is one of ${kinds}.`);
  }
}
