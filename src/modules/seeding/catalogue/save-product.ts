import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type {
  createProduct as createEndpoint,
  Product,
  updateProduct as updateEndpoint,
  VariantInput,
} from '../api.ts';
import { seedingError } from '../errors.ts';
import { lockProduct, lockVariants, selectOwnByKeys, selectVariants } from '../queries/products.ts';
import {
  insertProducts,
  type ProductChange,
  putAwayOthers,
  setCosts,
  updateProductRow,
  upsertVariants,
  type VariantWrite,
} from '../queries/write-products.ts';
import { readMoneyOrNull } from '../read-money.ts';
import { isCountry } from '../rules/read-address.ts';
import { getProductOf } from './present-products.ts';

/** Adds an own product. Errors: name_taken, sku_taken, bad_money, bad_country. */
export async function createProduct(infra: Infra, call: Call<typeof createEndpoint>): Promise<Product> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const id = newId('product', infra.clock.now().getTime());
    await checkName(tx, workspaceId, { name: input.name, productId: id });
    const variants = await readVariants(infra, tx, { workspaceId, productId: id, variants: input.variants, known: [] });
    const row = {
      id,
      name: input.name,
      category: input.category,
      description: input.description,
      shipsTo: readCountries(input.shipsTo),
      createdBy: actor.id,
    };
    await insertProducts(tx, workspaceId, [row]);
    await upsertVariants(tx, workspaceId, variants);
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'product.created',
      subjectKind: 'product',
      subjectId: id,
      changes: { name: input.name, variants: variants.length },
    });
    return getProductOf(tx, workspaceId, id);
  });
}

/** Changes a product. Errors: not_found, of_the_shop, name_taken, sku_taken, unknown_variant, bad_money, bad_country. */
export async function updateProduct(infra: Infra, call: Call<typeof updateEndpoint>): Promise<Product> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockProduct(tx, workspaceId, input.productId);
    if (row === undefined) throw notFound('product');
    if (row.shop_id !== null) refuseShopFields(input);
    if (input.name !== undefined) await checkName(tx, workspaceId, { name: input.name, productId: row.id });
    const change: ProductChange = {
      ...(input.name === undefined ? {} : { name: input.name }),
      ...(input.category === undefined ? {} : { category: input.category }),
      ...(input.description === undefined ? {} : { description: input.description }),
      ...(input.shipsTo === undefined ? {} : { ships_to: readCountries(input.shipsTo) }),
      ...(input.state === undefined ? {} : { state: input.state }),
    };
    await updateProductRow(tx, workspaceId, { id: row.id, change, at: infra.clock.now() });
    if (input.variants !== undefined) {
      const known = (await selectVariants(tx, workspaceId, [row.id])).map((variant) => variant.id);
      await lockVariants(tx, workspaceId, known);
      const given = { workspaceId, productId: row.id, variants: input.variants, known };
      const variants = await readVariants(infra, tx, given);
      await putAwayOthers(tx, workspaceId, { productId: row.id, kept: variants.map((variant) => variant.id) });
      await upsertVariants(tx, workspaceId, variants);
    }
    if (input.costs !== undefined) await saveCosts(tx, workspaceId, { productId: row.id, costs: input.costs });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'product.changed',
      subjectKind: 'product',
      subjectId: row.id,
      changes: {
        ...change,
        ...(input.variants === undefined ? {} : { variants: input.variants.length }),
        ...(input.costs === undefined ? {} : { costs: input.costs }),
      },
    });
    return getProductOf(tx, workspaceId, row.id);
  });
}

type Update = Call<typeof updateEndpoint>['input'];

function refuseShopFields(input: Update): void {
  const field = (['name', 'category', 'description', 'variants', 'state'] as const).find(
    (one) => input[one] !== undefined,
  );
  if (field === undefined) return;
  const message = 'It comes from a shop: change it there. Here cost of goods and countries can be changed.';
  throw seedingError('of_the_shop', `${field}: ${message}`, [{ field, message }]);
}

async function saveCosts(
  tx: Tx,
  workspaceId: string,
  of: { productId: string; costs: NonNullable<Update['costs']> },
): Promise<void> {
  const variants = new Map((await selectVariants(tx, workspaceId, [of.productId])).map((one) => [one.id, one]));
  const costs = of.costs.map(({ variantId, cost }, index) => {
    const variant = variants.get(variantId);
    if (variant === undefined) throw unknownVariant(`costs.${index}.variantId`);
    return {
      variantId,
      costMinor: readMoneyOrNull(cost, { field: `costs.${index}.cost`, currency: variant.currency }),
    };
  });
  await lockVariants(
    tx,
    workspaceId,
    costs.map((one) => one.variantId),
  );
  await setCosts(tx, workspaceId, { productId: of.productId, costs });
}

function unknownVariant(field: string) {
  const message = 'There is no such variant of this product.';
  return seedingError('unknown_variant', `${field}: ${message}`, [{ field, message }]);
}

async function checkName(tx: Tx, workspaceId: string, of: { name: string; productId: string }): Promise<void> {
  const { products } = await selectOwnByKeys(tx, workspaceId, { names: [of.name.toLowerCase()], skus: [] });
  if (products.every((product) => product.id === of.productId)) return;
  const message = `There is a product named "${of.name}" already. Add the variant to that one, or choose another name.`;
  throw seedingError('name_taken', message, [{ field: 'name', message }]);
}

function readCountries(codes: string[] | null): string[] | null {
  if (codes === null || codes.length === 0) return null;
  const bad = codes.find((code) => !isCountry(code));
  if (bad === undefined) return [...new Set(codes)].sort();
  const message = `"${bad}" is no two-letter code of a country, such as DE.`;
  throw seedingError('bad_country', `shipsTo: ${message}`, [{ field: 'shipsTo', message }]);
}

async function readVariants(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; productId: string; variants: readonly VariantInput[]; known: readonly string[] },
): Promise<VariantWrite[]> {
  const { currency: usual } = await getWorkspace(tx, of.workspaceId);
  const skus = of.variants.flatMap((variant) => variant.sku?.toLowerCase() ?? []);
  const taken = await selectOwnByKeys(tx, of.workspaceId, { names: [], skus });
  const seen = new Set<string>();
  return of.variants.map((variant, sort) => {
    const at = `variants.${sort}`;
    if (variant.variantId !== undefined && !of.known.includes(variant.variantId))
      throw unknownVariant(`${at}.variantId`);
    const key = variant.sku?.toLowerCase() ?? null;
    const other = taken.skus.find((one) => one.key === key && one.product_id !== of.productId);
    if (key !== null && (other !== undefined || seen.has(key))) {
      const message = `The SKU "${variant.sku}" is taken.`;
      throw seedingError('sku_taken', `${at}.sku: ${message}`, [{ field: `${at}.sku`, message }]);
    }
    if (key !== null) seen.add(key);
    const currency = variant.cost?.currency ?? variant.price?.currency ?? usual;
    return {
      id: variant.variantId ?? newId('variant', infra.clock.now().getTime() + sort),
      productId: of.productId,
      sku: variant.sku,
      options: variant.options,
      title: Object.values(variant.options).join(' / ').slice(0, 200),
      costMinor: readMoneyOrNull(variant.cost, { field: `${at}.cost`, currency }),
      priceMinor: readMoneyOrNull(variant.price, { field: `${at}.price`, currency }),
      currency,
      stock: variant.stock,
      weightGrams: variant.weightGrams,
      sort,
    };
  });
}
