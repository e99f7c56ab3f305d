import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import { importProducts, listProducts } from '#modules/seeding/api.ts';
import { type Cli, table } from './cli.ts';

/** `products import | list`: the catalogue creators choose from. */
export function registerProducts(program: Command, cli: Cli): void {
  const noun = program.command('products').description('Products that creators may be given');

  noun
    .command('import')
    .description('import own products from CSV, a variant a row; the same file again changes nothing')
    .argument('<file>')
    .option('--dry-run', 'only say what would happen')
    .option('--currency <code>', 'of amounts without one, such as EUR')
    .action(async (file: string, options: { dryRun?: boolean; currency?: string }) => {
      const client = await cli.client();
      const body = new Uint8Array(await readFile(file));
      const input = {
        dryRun: options.dryRun ?? false,
        ...(options.currency === undefined ? {} : { currency: options.currency }),
      };
      const answer = await client.upload(importProducts, input, { body, fileName: basename(file) });
      cli.print(answer, ({ read, products, variants, errors, errorsTotal, isDryRun }) =>
        [
          `${read} rows${isDryRun ? ', nothing written' : ''}: ${products.created} new products, ${variants.created} new variants, ${variants.updated} changed, ${variants.unchanged} as before, ${errorsTotal} faults`,
          ...errors.map((error) => `row ${error.row}, ${error.field}: ${error.message}`),
        ].join('\n'),
      );
    });

  noun
    .command('list')
    .description('the catalogue by name')
    .option('--query <text>', 'part of a name or SKU')
    .option('--gone', 'those that can no longer be had')
    .option('--limit <n>', 'at most so many, to 500', Number, 50)
    .option('--cursor <cursor>', 'nextCursor of the page before')
    .action(async (options: { query?: string; gone?: boolean; limit: number; cursor?: string }) => {
      const client = await cli.client();
      const page = await client.call(listProducts, {
        limit: options.limit,
        state: options.gone === true ? 'gone' : 'active',
        ...(options.query === undefined ? {} : { q: options.query }),
        ...(options.cursor === undefined ? {} : { cursor: options.cursor }),
      });
      cli.print(page, ({ rows }) =>
        table(
          ['ID', 'PRODUCT', 'VARIANT', 'SKU', 'COST', 'AVAILABLE', 'SHOP'],
          rows.flatMap((product) =>
            product.variants.map((variant) => [
              product.id,
              product.name,
              variant.title,
              variant.sku,
              amountOf(variant.cost),
              variant.available,
              product.shop?.name ?? null,
            ]),
          ),
        ),
      );
    });
}

const amountOf = (money: MoneyJson | null) =>
  money === null ? null : `${formatAmount(fromMoneyJson(money))} ${money.currency}`;
