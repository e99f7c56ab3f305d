import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import { explainOrder } from '#modules/attribution/api.ts';
import { createOrder, getOrder, importOrders, listOrders, type Order } from '#modules/tracking/api.ts';
import { type Cli, table } from './cli.ts';

interface AddOptions {
  id: string;
  total: string;
  currency: string;
  at?: string;
  code: string[];
  click: string[];
  source?: string;
}

const gather = (value: string, before: string[]) => [...before, value];

/** `orders add | import | list | get`: what was sold, and who is credited. */
export function registerOrders(program: Command, cli: Cli): void {
  const noun = program.command('orders').description('Orders and who is credited for them');

  noun
    .command('add')
    .description('record an order; the same id again is the same order')
    .requiredOption('--id <id>', "the order's id at its source")
    .requiredOption('--total <decimal>', 'such as 52.40')
    .requiredOption('--currency <code>', 'ISO 4217, such as EUR')
    .option('--at <instant>', 'when it was ordered; now when absent')
    .option('--code <code>', 'discount code used; may be given again', gather, [])
    .option('--click <id>', 'value of rapport_click the shop saw; may be given again', gather, [])
    .option('--source <id>', 'the order source; the one named "API" when absent')
    .action(async (options: AddOptions) => {
      const client = await cli.client();
      const answer = await client.call(createOrder, {
        sourceId: options.source,
        id: options.id,
        total: options.total,
        currency: options.currency,
        orderedAt: options.at ?? new Date().toISOString(),
        codes: options.code,
        clickIds: options.click,
      });
      cli.print(answer, ({ outcome, order }) => `${order.id}: ${moneyText(order.net)}, ${outcome}`);
    });

  noun
    .command('import')
    .description('import orders from a file (CSV, Excel, JSON, gzipped or not); the same file again changes nothing')
    .argument('<file>', 'the file')
    .option('--source <id>', 'the order source; the one named "CSV" when absent')
    .option('--currency <code>', 'for rows that name none')
    .action(async (file: string, options: { source?: string; currency?: string }) => {
      // Sent as it is read, so that the size of the file does not matter.
      const body = await openAsBlob(file).catch((error: Error) => {
        throw new AppError('invalid', 'cli.unreadable_file', `${file} cannot be read: ${error.message}`);
      });
      const client = await cli.client();
      const answer = await client.upload(
        importOrders,
        { sourceId: options.source, currency: options.currency },
        { body, fileName: basename(file) },
      );
      cli.print(answer, (done) => {
        const errors = done.errors.slice(0, 20).map((error) => `row ${error.row}, ${error.field}: ${error.message}`);
        return [
          `${done.read} rows: ${done.created} new, ${done.updated} changed, ${done.unchanged} unchanged, ${done.skipped} skipped, ${done.errorsTotal} errors`,
          ...errors,
        ].join('\n');
      });
    });

  noun
    .command('list')
    .description('orders, newest first')
    .option('--query <text>', 'order id or code')
    .option('--campaign <id>', 'credited to one campaign')
    .option('--person <id>', 'credited to one creator')
    .option('--limit <n>', 'at most so many', Number, 50)
    .option('--cursor <cursor>', 'nextCursor of the page before')
    .action(async (options: { query?: string; campaign?: string; person?: string; limit: number; cursor?: string }) => {
      const client = await cli.client();
      const { query, campaign, person, ...rest } = options;
      const answer = await client.call(listOrders, { ...rest, q: query, campaignId: campaign, personId: person });
      cli.print(answer, ({ rows }) =>
        table(
          ['ID', 'ORDER', 'WHEN', 'NET', 'STATE', 'CREDIT', 'BY'],
          rows.map((order) => [
            order.id,
            order.externalId,
            order.orderedAt,
            moneyText(order.net),
            order.state,
            creditText(order),
            order.credit?.rule ?? null,
          ]),
        ),
      );
    });

  noun
    .command('get')
    .description('one order with the reason for its credit')
    .argument('<order-id>', 'id of the order, from list')
    .action(async (orderId: string) => {
      const client = await cli.client();
      const order = await client.call(getOrder, { orderId });
      const why = await client.call(explainOrder, { orderId });
      cli.print({ ...order, why }, () =>
        [
          `${order.externalId} from ${order.sourceName}: ${moneyText(order.net)} net of ${moneyText(order.refunded)} refunded, ${order.state}`,
          why.reason,
          ...why.losers.map(
            (touch) => `lost: ${touch.label}${touch.creator === null ? '' : ` of ${touch.creator.name}`}. ${touch.why}`,
          ),
        ].join('\n'),
      );
    });
}

function creditText(order: Order): string | null {
  return order.credit?.creator?.name ?? order.credit?.campaign?.name ?? null;
}

function moneyText(money: MoneyJson): string {
  return `${formatAmount(fromMoneyJson(money))} ${money.currency}`;
}
