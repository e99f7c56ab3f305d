import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import {
  answerAppeal,
  appealOutcomeSchema,
  decisionVerdictSchema,
  findVetting,
  listAppeals,
  listReportShares,
  revokeReportShare,
  shareReport,
} from '#modules/vetting/api.ts';
import { type Cli, table } from './cli.ts';

/** `vetting share | shares | end-share | appeals | answer`. */
export function registerVettingShares(noun: Command, cli: Cli): void {
  noun
    .command('share')
    .description('make a link by which somebody outside reads the report; the link is told once')
    .argument('<handle>', '@handle, handle, or the address of the profile')
    .requiredOption('--for <name>', 'whom it is for')
    .option('--days <days>', 'until the link ends', '30')
    .option('--appeal', 'for the creator: statements to the points can be written there')
    .option('--brand', 'show what rests on your brand profile')
    .option('--passphrase <words>', 'asked for before anything is shown')
    .action(async (handle: string, options: ShareOptions) => {
      const client = await cli.client();
      const { personId, profileId } = await client.call(findVetting, { handle });
      const made = await client.call(shareReport, {
        personId,
        profileId,
        name: options.for,
        days: Number(options.days),
        canAppeal: options.appeal ?? false,
        showsBrand: options.brand ?? false,
        ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }),
      });
      cli.print(
        made,
        ({ link, share }) => `${link}\nFor ${share.name}, until ${share.expiresAt}. It is not shown again.`,
      );
    });

  noun
    .command('shares')
    .description('links to the reports of a creator')
    .argument('<person-id>', 'id of the creator')
    .action(async (personId: string) => {
      const client = await cli.client();
      cli.print(await client.call(listReportShares, { personId, limit: 100 }), ({ rows }) =>
        table(
          ['LINK', 'FOR', 'ENDS', 'OPENED'],
          rows.map((row) => [
            row.id,
            row.name,
            row.revokedAt === null ? row.expiresAt : `ended ${row.revokedAt}`,
            row.opened,
          ]),
        ),
      );
    });

  noun
    .command('end-share')
    .description('end a link at once')
    .argument('<person-id>', 'id of the creator')
    .argument('<link-id>', 'id of the link, as listed by shares')
    .action(async (personId: string, shareId: string) => {
      const client = await cli.client();
      cli.print(
        await client.call(revokeReportShare, { personId, shareId }),
        (share) => `The link for ${share.name} has ended.`,
      );
    });

  noun
    .command('appeals')
    .description('what creators said against reports')
    .option('--open', 'only those that wait for an answer')
    .action(async (options: { open?: boolean }) => {
      const client = await cli.client();
      const appeals = await client.call(listAppeals, { open: options.open ?? false, limit: 100 });
      cli.print(appeals, ({ rows }) =>
        table(
          ['APPEAL', 'CREATOR', 'POINT', 'SAYS', 'ANSWER'],
          rows.map((row) => [row.id, row.name, row.point, row.body, row.answer ?? 'waits']),
        ),
      );
    });

  noun
    .command('answer')
    .description('answer an appeal')
    .argument('<appeal-id>', 'id of the appeal')
    .requiredOption('--outcome <outcome>', `one of ${appealOutcomeSchema.options.join(', ')}`)
    .requiredOption('--text <text>', 'what the creator is told')
    .option('--verdict <verdict>', `your verdict on the point: ${decisionVerdictSchema.options.join(', ')}`)
    .action(async (appealId: string, options: { outcome: string; text: string; verdict?: string }) => {
      const client = await cli.client();
      const outcome = one(appealOutcomeSchema.safeParse(options.outcome), '--outcome', appealOutcomeSchema.options);
      const verdict =
        options.verdict === undefined
          ? {}
          : {
              verdict: one(
                decisionVerdictSchema.safeParse(options.verdict),
                '--verdict',
                decisionVerdictSchema.options,
              ),
            };
      const answered = await client.call(answerAppeal, { appealId, outcome, answer: options.text, ...verdict });
      cli.print(answered, () => 'The answer is kept; the creator reads it by the same link.');
    });
}

interface ShareOptions {
  for: string;
  days: string;
  appeal?: boolean;
  brand?: boolean;
  passphrase?: string;
}

function one<Value>(
  parsed: { success: true; data: Value } | { success: false },
  option: string,
  known: readonly string[],
): Value {
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', 'cli.bad_option', `${option} is not known. Use one of ${known.join(', ')}.`);
}
