import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { formatAmount, fromMoneyJson } from '#kernel/money.ts';
import {
  type CustomerOutcome,
  decideCustomer,
  forgetCustomers,
  getCustomers,
  importCustomers,
  listCustomerCreators,
  matchCustomers,
} from '#modules/discovery/api.ts';
import { type Cli, table } from './cli.ts';
import { idOfCreator, openUpload, platformOf } from './overlap.ts';

interface ImportOptions {
  platform?: string;
  currency?: string;
  keepEmails?: boolean;
}

/** `customers import|match|creators|decide|summary|forget`: creators among the customers of files. */
export function registerCustomers(program: Command, cli: Cli): void {
  const noun = program.command('customers').description('Creators among your customers, from files');
  noun
    .command('import')
    .description('find the creators among the customers of a file, with their orders')
    .argument('<file>', 'CSV, text or gzip')
    .option('--platform <platform>', 'what bare handles belong to', 'instagram')
    .option('--currency <code>', 'of amounts in a column that names none')
    .option('--keep-emails', 'keep the addresses themselves, not only hashes')
    .action(async (file: string, options: ImportOptions) => {
      const client = await cli.client();
      const input = {
        ...platformOf(options.platform),
        ...(options.currency === undefined ? {} : { currency: options.currency }),
        keepEmails: options.keepEmails === true,
      };
      cli.print(await client.upload(importCustomers, input, await openUpload(file)), outcomeText);
    });
  noun
    .command('match')
    .description('find the creators among addresses and handles, from arguments or - for standard input')
    .argument('<customers...>', 'e-mail addresses, handles or addresses of profiles')
    .option('--platform <platform>', 'what bare handles belong to', 'instagram')
    .option('--keep-emails', 'keep the addresses themselves, not only hashes')
    .action(async (customers: string[], options: ImportOptions) => {
      const client = await cli.client();
      const text = customers[0] === '-' ? await readFile('/dev/stdin', 'utf8') : customers.join('\n');
      const input = { text, ...platformOf(options.platform), keepEmails: options.keepEmails === true };
      cli.print(await client.call(matchCustomers, input), outcomeText);
    });
  registerReading(noun, cli);
}

function registerReading(noun: Command, cli: Cli): void {
  noun
    .command('creators')
    .description('creators that are customers, with their orders')
    .option('--possible', 'those that only may be')
    .option('--rejected', 'those that a person rejected')
    .action(async (options: { possible?: boolean; rejected?: boolean }) => {
      const client = await cli.client();
      const certainty = options.possible === true ? 'possible' : options.rejected === true ? 'rejected' : 'matched';
      cli.print(await client.call(listCustomerCreators, { certainty, limit: 500 }), ({ rows }) =>
        table(
          ['id', 'creator', 'how', 'orders', 'value', 'first', 'last'],
          rows.map((row) => [
            row.personId,
            row.name,
            `${row.certainty} by ${row.signs.join(', ')}`,
            row.orders,
            row.values.map((money) => `${formatAmount(fromMoneyJson(money))} ${money.currency}`).join(', ') || null,
            row.firstOrderOn,
            row.lastOrderOn,
          ]),
        ),
      );
    });
  noun
    .command('decide')
    .description('say whether a creator is the customer it may be')
    .argument('<creator>', 'id or @handle')
    .argument('<decision>', 'confirmed or rejected')
    .action(async (creator: string, decision: string) => {
      const client = await cli.client();
      const personId = await idOfCreator(client, creator);
      const decided = decision === 'confirmed' ? 'confirmed' : decision === 'rejected' ? 'rejected' : null;
      if (decided === null)
        throw new AppError('invalid', 'cli.bad_decision', `"${decision}" is neither confirmed nor rejected.`);
      const done = await client.call(decideCustomer, { personId, decision: decided });
      cli.print(done, (row) => `${row.name}: ${row.certainty}`);
    });
  noun
    .command('summary')
    .description('how many customers are kept, and how many of them are creators')
    .action(async () => {
      const client = await cli.client();
      cli.print(
        await client.call(getCustomers, {}),
        (all) => `${all.customers} customers, ${all.matched} of them creators, ${all.possible} more may be`,
      );
    });
  noun
    .command('forget')
    .description('forget all customers, and what they said of creators')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(forgetCustomers, {}), ({ forgotten }) => `${forgotten} customers forgotten`);
    });
}

function outcomeText(done: CustomerOutcome): string {
  return [
    `${done.customers} customers, ${done.added} of them new: ${done.matched} are creators, ${done.possible} more may be`,
    ...done.faults.map((fault) => `row ${fault.row}, ${fault.field}: ${fault.message}`),
  ].join('\n');
}
