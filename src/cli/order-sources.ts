import type { Command } from 'commander';
import type { z } from 'zod';
import {
  createOrderSource,
  listBackfills,
  listOrderSources,
  type OrderBackfill,
  startBackfill,
} from '#modules/tracking/api.ts';
import { type Cli, table } from './cli.ts';

/** `order-sources create | list | backfill | backfills`: shops and programs that send orders. */
export function registerOrderSources(program: Command, cli: Cli): void {
  const noun = program.command('order-sources').description('Places orders come from');

  noun
    .command('create')
    .description('name a source; the signing secret of a webhook is printed once')
    .requiredOption('--name <name>', 'such as "Webshop"')
    .option('--kind <kind>', 'webhook, shopify, woocommerce, stripe, postback, api, csv or manual', 'webhook')
    .option('--secret <secret>', 'the signing secret the sender shows; needed for shopify and stripe')
    .action(async (options: z.input<typeof createOrderSource.input>) => {
      const client = await cli.client();
      const answer = await client.call(createOrderSource, options);
      cli.print(answer, ({ source, secret }) =>
        secret === null
          ? `${source.id}: ${source.name}`
          : `${source.id}: ${source.name}\nSend orders to ${source.webhookUrl}\nSigning secret, shown this once: ${secret}`,
      );
    });

  noun
    .command('list')
    .description('sources with their orders')
    .action(async () => {
      const client = await cli.client();
      const rows = await client.call(listOrderSources, {});
      cli.print(rows, (sources) =>
        table(
          ['ID', 'NAME', 'KIND', 'ORDERS', 'LAST', 'STATE'],
          sources.map((source) => [
            source.id,
            source.name,
            source.kind,
            source.orders,
            source.lastReceivedAt,
            source.revokedAt === null ? 'works' : 'revoked',
          ]),
        ),
      );
    });

  noun
    .command('backfill')
    .description('read past orders over the API of a connected shop; the same ones again change nothing')
    .argument('<source-id>', 'id of the source, from list')
    .requiredOption('--shop <id>', 'the connected shop, of the kind of the source')
    .requiredOption('--since <day>', 'such as 2026-01-31')
    .action(async (sourceId: string, options: { shop: string; since: string }) => {
      const client = await cli.client();
      const started = await client.call(startBackfill, { sourceId, shopId: options.shop, since: options.since });
      cli.print(started, () => `${started.id}: reading orders since ${options.since}`);
    });

  noun
    .command('backfills')
    .description('readings of past orders of a source, newest first')
    .argument('<source-id>', 'id of the source, from list')
    .action(async (sourceId: string) => {
      const client = await cli.client();
      const rows = await client.call(listBackfills, { sourceId });
      cli.print(rows, (all) =>
        table(
          ['ID', 'SINCE', 'STATE', 'NEW', 'CHANGED', 'KNOWN', 'REFUSED', 'WHY'],
          all.map((one: OrderBackfill) => [
            one.id,
            one.since.slice(0, 10),
            one.state,
            one.created,
            one.updated,
            one.unchanged,
            one.refused,
            one.message,
          ]),
        ),
      );
    });
}
