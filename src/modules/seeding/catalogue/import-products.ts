import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type { importProducts as importEndpoint, ProductImport } from '../api.ts';
import {
  lockVariants,
  selectOwnByKeys,
  selectProductsByIds,
  selectVariants,
  type VariantRow,
} from '../queries/products.ts';
import {
  insertProducts,
  type ProductChange,
  updateProductRow,
  upsertVariants,
  type VariantWrite,
} from '../queries/write-products.ts';
import { faultsListedMax, readTable } from '../read-table.ts';
import {
  type ProductField,
  type ProductRow,
  productColumns,
  type RowFault,
  readProductRow,
} from '../rules/read-product-rows.ts';

/**
 * Imports own products, a variant a row: told by its SKU, else by product and options. Rows with faults are named and left out; columns that are
 * not in the file leave what is there. The same file again changes nothing. Error: bad_file.
 */
export async function importProducts(infra: Infra, call: Call<typeof importEndpoint>): Promise<ProductImport> {
  const { workspaceId, input, actor } = call;
  const table = await readTable<ProductField>(call.request.body, productColumns, ['name']);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const currency = input.currency ?? (await getWorkspace(tx, workspaceId)).currency;
    const read = table.rows.map((row) => readProductRow(row.cells, { row: row.row, currency }));
    const faults = read.flatMap((one) => (one.ok ? [] : one.faults));
    const given = read.flatMap((one) => (one.ok ? [one.value] : []));
    const plan = await planImport(infra, tx, { workspaceId, rows: given, faults, actorId: actor.id });
    if (!input.dryRun) {
      await insertProducts(tx, workspaceId, plan.products);
      for (const { id, change } of plan.changed)
        await updateProductRow(tx, workspaceId, { id, change, at: infra.clock.now() });
      await lockVariants(
        tx,
        workspaceId,
        plan.variants.map((variant) => variant.id),
      );
      await upsertVariants(tx, workspaceId, plan.variants);
      await recordAudit(tx, {
        workspaceId,
        actor,
        requestId: call.requestId,
        action: 'products.imported',
        subjectKind: 'workspace',
        subjectId: workspaceId,
        changes: { rows: table.rows.length, written: plan.variants.length, faults: faults.length },
      });
    }
    return {
      isDryRun: input.dryRun,
      read: table.rows.length,
      products: { created: plan.products.length, updated: plan.changed.length },
      variants: plan.counts,
      errorsTotal: faults.length,
      errors: faults.sort((a, b) => a.row - b.row).slice(0, faultsListedMax),
      ignoredColumns: table.ignored,
    };
  });
}

interface ImportPlan {
  products: {
    id: string;
    name: string;
    category: string | null;
    description: string | null;
    shipsTo: string[] | null;
    createdBy: string;
  }[];
  changed: { id: string; change: ProductChange }[];
  variants: VariantWrite[];
  counts: { created: number; updated: number; unchanged: number };
}

/** What the rows would write. Adds to the faults what only the catalogue can tell. */
async function planImport(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; rows: readonly ProductRow[]; faults: RowFault[]; actorId: string },
): Promise<ImportPlan> {
  const { workspaceId, rows, faults } = of;
  const keys = await selectOwnByKeys(tx, workspaceId, {
    names: [...new Set(rows.map((row) => row.name.toLowerCase()))],
    skus: rows.flatMap((row) => row.sku?.toLowerCase() ?? []),
  });
  const productIds = new Map(keys.products.map((product) => [product.key, product.id]));
  const known = new Map(
    (await selectProductsByIds(tx, workspaceId, [...productIds.values()])).map((row) => [row.id, row]),
  );
  const variants = Map.groupBy(await selectVariants(tx, workspaceId, [...known.keys()]), (row) => row.product_id);
  const plan: ImportPlan = {
    products: [],
    changed: [],
    variants: [],
    counts: { created: 0, updated: 0, unchanged: 0 },
  };
  const seenSku = new Map<string, number>();
  const seenOptions = new Map<string, number>();
  const base = infra.clock.now().getTime();
  for (const [name, group] of Map.groupBy(rows, (row) => row.name.toLowerCase())) {
    const [first] = group;
    if (first === undefined) continue;
    const knownId = productIds.get(name);
    const productId = knownId ?? newId('product', base + plan.products.length);
    const own = variants.get(productId) ?? [];
    const taken: VariantWrite[] = [];
    for (const row of group) {
      const fault = repeated(row, { seenSku, seenOptions, productId, skus: keys.skus });
      if (fault !== null) {
        faults.push(fault);
        continue;
      }
      const before = own.find((one) => isSame(one, row));
      const write = toWrite(row, {
        before,
        productId,
        id: before?.id ?? newId('variant', base + plan.variants.length + taken.length),
        sort: own.length + taken.length,
      });
      if (before !== undefined && !differs(before, write)) plan.counts.unchanged += 1;
      else {
        plan.counts[before === undefined ? 'created' : 'updated'] += 1;
        taken.push(write);
      }
    }
    plan.variants.push(...taken);
    if (knownId === undefined) {
      if (taken.length > 0)
        plan.products.push({
          id: productId,
          name: first.name,
          category: first.category,
          description: first.description,
          shipsTo: first.shipsTo,
          createdBy: of.actorId,
        });
      continue;
    }
    const change = productChange(known.get(knownId), first);
    if (change !== null) plan.changed.push({ id: knownId, change });
  }
  return plan;
}

function repeated(
  row: ProductRow,
  of: {
    seenSku: Map<string, number>;
    seenOptions: Map<string, number>;
    productId: string;
    skus: { key: string; product_id: string; product_key: string }[];
  },
): RowFault | null {
  const sku = row.sku?.toLowerCase() ?? null;
  const options = `${of.productId} ${JSON.stringify(row.options)}`;
  const earlier = sku === null ? of.seenOptions.get(options) : of.seenSku.get(sku);
  if (earlier !== undefined) {
    const field = sku === null ? 'options' : 'sku';
    return {
      row: row.row,
      field,
      message: `The same ${sku === null ? 'variant' : `SKU "${row.sku}"`} stands in row ${earlier} already`,
    };
  }
  const elsewhere = of.skus.find((one) => one.key === sku && one.product_id !== of.productId);
  if (elsewhere !== undefined)
    return { row: row.row, field: 'sku', message: `The SKU "${row.sku}" belongs to "${elsewhere.product_key}"` };
  if (sku !== null) of.seenSku.set(sku, row.row);
  of.seenOptions.set(options, row.row);
  return null;
}

function isSame(before: VariantRow, row: ProductRow): boolean {
  if (row.sku !== null && before.sku !== null) return before.sku.toLowerCase() === row.sku.toLowerCase();
  return JSON.stringify(before.options) === JSON.stringify(row.options);
}

function toWrite(
  row: ProductRow,
  of: { before: VariantRow | undefined; productId: string; id: string; sort: number },
): VariantWrite {
  const { before } = of;
  // Of a column that is not in the file what is there stays, unless the currency changed under it.
  const keep = <Value>(field: ProductField, value: Value, old: Value | undefined) =>
    row.given.has(field) || old === undefined ? value : old;
  const isCurrencyKept = before === undefined || before.currency === row.currency;
  return {
    id: of.id,
    productId: of.productId,
    sku: row.sku ?? before?.sku ?? null,
    options: Object.keys(row.options).length === 0 && before !== undefined ? before.options : row.options,
    title: Object.keys(row.options).length === 0 && before !== undefined ? before.title : row.title,
    costMinor: keep('cost', row.costMinor, isCurrencyKept ? before?.cost_minor : null),
    priceMinor: keep('price', row.priceMinor, isCurrencyKept ? before?.price_minor : null),
    currency: row.given.has('cost') || row.given.has('price') || before === undefined ? row.currency : before.currency,
    stock: keep('stock', row.stock, before?.stock),
    weightGrams: keep('weight', row.weightGrams, before?.weight_grams),
    sort: before === undefined ? of.sort : 0,
  };
}

function differs(before: VariantRow, write: VariantWrite): boolean {
  return (
    before.state !== 'active' ||
    before.sku !== write.sku ||
    before.title !== write.title ||
    before.cost_minor !== write.costMinor ||
    before.price_minor !== write.priceMinor ||
    before.currency !== write.currency ||
    before.stock !== write.stock ||
    before.weight_grams !== write.weightGrams
  );
}

function productChange(
  before: { category: string | null; description: string | null; ships_to: string[] | null; state: string } | undefined,
  row: ProductRow,
): ProductChange | null {
  if (before === undefined) return null;
  const change: ProductChange = {
    ...(row.given.has('category') && row.category !== before.category ? { category: row.category } : {}),
    ...(row.given.has('description') && row.description !== before.description ? { description: row.description } : {}),
    ...(row.given.has('shipsTo') && JSON.stringify(row.shipsTo) !== JSON.stringify(before.ships_to)
      ? { ships_to: row.shipsTo }
      : {}),
    ...(before.state === 'gone' ? { state: 'active' as const } : {}),
  };
  return Object.keys(change).length === 0 ? null : change;
}
