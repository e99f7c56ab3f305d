import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Command } from 'commander';
import { z } from 'zod';
import {
  connectShop,
  disconnectShop,
  listShops,
  type Shop,
  shopKindSchema,
  shopUseNames,
  shopUseSchema,
  testShop,
  whatShopStops,
} from '#modules/shops/api.ts';
import { type Cli, table } from './cli.ts';

const valuesSchema = z.record(z.string(), z.string());

/** `shops list | connect | test | what-stops | disconnect`: connected shops, by one key each. */
export function registerShops(program: Command, cli: Cli): void {
  const noun = program.command('shops').description('Connected shops and what they are used for');

  noun
    .command('list')
    .description('shops with what they are used for, and what their keys may not do')
    .action(async () => {
      const client = await cli.client();
      cli.print(await client.call(listShops, {}), ({ shops }) =>
        table(
          ['ID', 'KIND', 'NAME', 'STATE', 'USED FOR', 'LACKS'],
          shops.map((shop) => [shop.id, shop.kind, shop.name, shop.state, usedFor(shop), lacks(shop)]),
        ),
      );
    });

  noun
    .command('connect')
    .description('connect a shop, or give a connected one a new key; it is tried first')
    .argument('<kind>', 'shopify, woocommerce or stripe')
    .requiredOption(
      '--values <file>',
      'JSON such as {"shop": "your-store", "accessToken": "..."}; - reads it from stdin',
    )
    .option('--uses <uses>', 'of products, codes and orders, with commas; all that the key may do when left out')
    .action(async (kind: string, options: { values: string; uses?: string }) => {
      const client = await cli.client();
      const given = options.values === '-' ? await text(process.stdin) : await readFile(options.values, 'utf8');
      const uses = options.uses?.split(',').map((use) => shopUseSchema.parse(use.trim()));
      const shop = await client.call(connectShop, {
        kind: shopKindSchema.parse(kind),
        values: valuesSchema.parse(JSON.parse(given)),
        ...(uses === undefined ? {} : { uses }),
      });
      cli.print(shop, (made) => `${made.id}: ${made.name}, used for ${usedFor(made)}. ${lacks(made)}`.trim());
    });

  noun
    .command('test')
    .description('ask a shop once whether its key works and what it may do')
    .argument('<shop-id>')
    .action(async (shopId: string) => {
      const client = await cli.client();
      cli.print(await client.call(testShop, { shopId }), ({ message }) => message);
    });

  noun
    .command('what-stops')
    .description('what would stop if a shop were let go')
    .argument('<shop-id>')
    .action(async (shopId: string) => {
      const client = await cli.client();
      cli.print(await client.call(whatShopStops, { shopId }), (lines) =>
        lines.map((line) => `${shopUseNames[line.use]}: ${line.text}`).join('\n'),
      );
    });

  noun
    .command('disconnect')
    .description('let a shop go: its key is forgotten, everything else stays')
    .argument('<shop-id>')
    .action(async (shopId: string) => {
      const client = await cli.client();
      await client.call(disconnectShop, { shopId });
      cli.print({ disconnected: shopId }, () => 'Its key is forgotten.');
    });
}

const usedFor = (shop: Shop) =>
  shop.uses
    .filter((one) => one.isOn)
    .map((one) => shopUseNames[one.use].toLowerCase())
    .join(', ');

const lacks = (shop: Shop) =>
  shop.uses
    .filter((one) => one.lacks.length > 0)
    .map((one) => `${shopUseNames[one.use]} lacks ${one.lacks.join(', ')}`)
    .join('; ');
