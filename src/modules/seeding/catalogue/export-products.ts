import { stringify } from 'csv-stringify/sync';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import type { exportProducts as exportEndpoint, Product } from '../api.ts';
import { selectProducts } from '../queries/products.ts';
import { presentProducts } from './present-products.ts';

const exportMax = 20_000;
const optionColumns = 3;

/** The catalogue as CSV in the columns the import reads, formulas made harmless. */
export async function exportProducts(infra: Infra, call: Call<typeof exportEndpoint>): Promise<Download> {
  const { workspaceId, input } = call;
  const products = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const filter = { q: null, category: null, shopId: input.shopId ?? null, state: 'active' as const };
    return presentProducts(
      tx,
      workspaceId,
      await selectProducts(tx, workspaceId, { filter, after: null, limit: exportMax }),
    );
  });
  const body = stringify(products.flatMap(toLines), { header: true, columns, bom: true, escape_formulas: true });
  return { fileName: 'products.csv', contentType: 'text/csv; charset=utf-8', body };
}

const columns = [
  'product',
  'sku',
  'category',
  'description',
  ...Array.from({ length: optionColumns }, (_, at) => [`option${at + 1} name`, `option${at + 1} value`]).flat(),
  'cost',
  'price',
  'currency',
  'stock',
  'weight grams',
  'ships to',
];

function toLines(product: Product): (string | number | null)[][] {
  const amount = (money: MoneyJson | null) => (money === null ? null : formatAmount(fromMoneyJson(money)));
  return product.variants.map((variant) => {
    const options = Object.entries(variant.options);
    return [
      product.name,
      variant.sku,
      product.category,
      product.description,
      ...Array.from({ length: optionColumns }, (_, at) => options[at] ?? [null, null]).flat(),
      amount(variant.cost),
      amount(variant.price),
      (variant.cost ?? variant.price)?.currency ?? null,
      variant.stock,
      variant.weightGrams,
      product.shipsTo?.join(' ') ?? 'everywhere',
    ];
  });
}
