import type { Command } from 'commander';
import { formatAmount, fromMoneyJson, parseAmount, toMoneyJson } from '#kernel/money.ts';
import {
  createCode,
  createRosterCodes,
  type DiscountCode,
  listCodeShops,
  listCodes,
  rotateCode,
} from '#modules/tracking/api.ts';
import { type Cli, table } from './cli.ts';

interface CreateOptions {
  code?: string;
  percent?: number;
  amount?: string;
  currency?: string;
  enrolment?: string;
  campaign?: string;
  person?: string;
  starts?: string;
  ends?: string;
  limit?: number;
  pattern?: string;
  wholeRoster?: boolean;
}

/** `codes create | rotate | shops | list`: discount codes, one a creator. */
export function registerCodes(program: Command, cli: Cli): void {
  const noun = program.command('codes').description('Discount codes of creators');

  noun
    .command('create')
    .description('make a code, or with --whole-roster one for each creator of a campaign')
    .option('--code <code>', 'made from the creator and the discount when absent, such as NELL10')
    .option('--percent <n>', 'discount in percent', Number)
    .option('--amount <decimal>', 'discount as an amount, with --currency')
    .option('--currency <code>', 'ISO 4217, such as EUR')
    .option('--enrolment <id>', 'the creator on a campaign it belongs to')
    .option('--campaign <id>', 'the campaign it belongs to')
    .option('--person <id>', 'the creator it belongs to')
    .option('--starts <instant>', 'first valid instant')
    .option('--ends <instant>', 'last valid instant')
    .option('--limit <n>', 'uses in all', Number)
    .option('--pattern <text>', 'with --whole-roster: {NAME} {HANDLE} {PERCENT} {RANDOM}')
    .option('--whole-roster', 'one code for each creator of --campaign that has none')
    .action(async (options: CreateOptions) => {
      const client = await cli.client();
      const terms = {
        ...(options.amount === undefined
          ? { kind: 'percent' as const, percent: options.percent }
          : { kind: 'fixed' as const, amount: toMoneyJson(parseAmount(options.amount, options.currency ?? '')) }),
        startsAt: options.starts ?? null,
        endsAt: options.ends ?? null,
        usageLimit: options.limit ?? null,
      };
      if (options.wholeRoster === true) {
        const answer = await client.call(createRosterCodes, {
          campaignId: options.campaign ?? '',
          pattern: options.pattern,
          ...terms,
        });
        cli.print(
          answer,
          ({ created, existing, codes }) => `${codeTable(codes)}\n\n${created} made, ${existing} creators had one.`,
        );
        return;
      }
      const code = await client.call(createCode, {
        code: options.code,
        enrolmentId: options.enrolment,
        campaignId: options.campaign,
        personId: options.person,
        ...terms,
      });
      cli.print(code, (made) => `${made.code}: ${worthOf(made)}`);
    });

  noun
    .command('rotate <codeId>')
    .description('give the creator a new code; the old one ends, and both credit the creator')
    .requiredOption('--until <instant>', 'how long the old code holds')
    .requiredOption('--reason <text>', 'why, for the history')
    .option('--code <code>', 'the new code; made when absent')
    .option('--quiet', 'do not write to the creator')
    .action(async (codeId: string, options: { until: string; reason: string; code?: string; quiet?: boolean }) => {
      const client = await cli.client();
      const answer = await client.call(rotateCode, {
        codeId,
        oldEndsAt: options.until,
        reason: options.reason,
        code: options.code,
        tellsCreator: options.quiet !== true,
      });
      cli.print(
        answer,
        ({ code, old }) => `${code.code} takes over from ${old.code}, which ends ${old.endsAt ?? 'never'}.`,
      );
    });

  noun
    .command('shops')
    .description('shops in which codes are made, and how many wait or failed')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(listCodeShops, {}), ({ shops }) =>
        table(
          ['ID', 'KIND', 'NAME', 'STATE', 'MADE', 'WAITING', 'FAILED'],
          shops.map(({ id, kind, name, state, codes }) => [
            id,
            kind,
            name,
            state,
            codes.made,
            codes.waiting,
            codes.failed,
          ]),
        ),
      );
    });

  noun
    .command('list')
    .description('codes with the orders that used them')
    .option('--query <text>', 'part of the code or creator')
    .option('--campaign <id>', 'of one campaign')
    .option('--limit <n>', 'at most so many', Number, 50)
    .option('--cursor <cursor>', 'nextCursor of the page before')
    .action(async (options: { query?: string; campaign?: string; limit: number; cursor?: string }) => {
      const client = await cli.client();
      const { query, campaign, ...rest } = options;
      cli.print(await client.call(listCodes, { ...rest, q: query, campaignId: campaign }), ({ rows }) =>
        codeTable(rows),
      );
    });
}

function codeTable(codes: DiscountCode[]): string {
  return table(
    ['ID', 'CODE', 'GIVES', 'CREATOR', 'CAMPAIGN', 'STATE', 'ORDERS'],
    codes.map((code) => [
      code.id,
      code.code,
      worthOf(code),
      code.creator?.name ?? null,
      code.campaign?.name ?? null,
      code.state,
      code.orders,
    ]),
  );
}

function worthOf(code: DiscountCode): string {
  switch (code.kind) {
    case 'percent':
      return `${code.percent ?? '?'} %`;
    case 'fixed':
      return code.amount === null ? '?' : `${formatAmount(fromMoneyJson(code.amount))} ${code.amount.currency}`;
    case 'free_shipping':
      return 'free shipping';
  }
}
