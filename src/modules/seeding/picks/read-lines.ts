import type { Tx } from '#infra/db/database.ts';
import type { PickLineInput } from '../api.ts';
import { availableOf } from '../catalogue/present-products.ts';
import { seedingError } from '../errors.ts';
import type { LineWrite } from '../queries/picks.ts';
import { selectPickLines } from '../queries/picks.ts';
import { type ChoiceRow, countChosenUnits, selectChoices } from '../queries/plans.ts';
import { lockVariants, type ProductRow, selectProductsByIds, type VariantRow } from '../queries/products.ts';
import type { WantedLine } from '../rules/check-limits.ts';
import { countryName } from '../rules/read-address.ts';

export interface ReadLines {
  writes: LineWrite[];
  wanted: WantedLine[];
  /** Pieces chosen on the campaign besides these. */
  chosenElsewhere: number;
}

/**
 * Looks at what is wanted, with its variants held until the transaction ends: nobody else can take their last piece meanwhile. What the pick at hand
 * holds already counts as free. Errors: unknown_variant, not shipped to the country.
 */
export async function readLines(
  tx: Tx,
  workspaceId: string,
  of: {
    campaignId: string;
    currency: string;
    lines: readonly PickLineInput[];
    pickId: string | null;
    country: string | null;
  },
): Promise<ReadLines> {
  const wanted = mergeLines(of.lines);
  const variants = new Map(
    (
      await lockVariants(
        tx,
        workspaceId,
        wanted.map((line) => line.variantId),
      )
    ).map((row) => [row.id, row]),
  );
  const productIds = [...new Set([...variants.values()].map((row) => row.product_id))];
  const products = new Map((await selectProductsByIds(tx, workspaceId, productIds)).map((row) => [row.id, row]));
  const choices = new Map((await selectChoices(tx, workspaceId, of.campaignId)).map((row) => [row.product_id, row]));
  const own = of.pickId === null ? [] : await selectPickLines(tx, workspaceId, [of.pickId]);
  const heldByThis = new Map(own.map((line) => [line.variant_id, line.quantity]));
  const read = wanted.map((line, index) => {
    const variant = variants.get(line.variantId);
    const product = variant === undefined ? undefined : products.get(variant.product_id);
    if (variant === undefined || product === undefined) {
      const message = 'There is no such product variant.';
      throw seedingError('unknown_variant', `lines.${index}.variantId: ${message}`, [
        { field: `lines.${index}.variantId`, message },
      ]);
    }
    checkCountry(product, of.country);
    const held = variant.held - (heldByThis.get(variant.id) ?? 0);
    return toLines(line.quantity, {
      variant: { ...variant, held },
      product,
      choice: choices.get(product.id),
      currency: of.currency,
    });
  });
  const exceptPickId = of.pickId === null ? {} : { exceptPickId: of.pickId };
  return {
    writes: read.map((one) => one.write),
    wanted: read.map((one) => one.wanted),
    chosenElsewhere: await countChosenUnits(tx, workspaceId, { campaignId: of.campaignId, ...exceptPickId }),
  };
}

/** The same variant named twice is one line. */
function mergeLines(lines: readonly PickLineInput[]): PickLineInput[] {
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(line.variantId, (sums.get(line.variantId) ?? 0) + line.quantity);
  return [...sums].map(([variantId, quantity]) => ({ variantId, quantity: Math.min(quantity, 100) }));
}

function checkCountry(product: ProductRow, country: string | null): void {
  if (country === null || product.ships_to === null || product.ships_to.includes(country)) return;
  const message = `${product.name} is not sent to ${countryName(country)}. Choose something else.`;
  throw seedingError('over_limit', message, [{ field: 'lines', message }]);
}

function toLines(
  quantity: number,
  of: { variant: VariantRow; product: ProductRow; choice: ChoiceRow | undefined; currency: string },
): { write: LineWrite; wanted: WantedLine } {
  const { variant, product, choice } = of;
  const name = variant.title === '' ? product.name : `${product.name} (${variant.title})`;
  const isOffered =
    product.state === 'active' &&
    !product.is_shop_off &&
    variant.state === 'active' &&
    (choice?.variant_ids?.includes(variant.id) ?? true);
  return {
    write: {
      variantId: variant.id,
      productId: product.id,
      quantity,
      productName: product.name,
      variantTitle: variant.title,
      sku: variant.sku,
      unitCostMinor: variant.cost_minor,
      currency: variant.currency,
    },
    wanted: {
      variantId: variant.id,
      productId: product.id,
      name,
      quantity,
      // A cost in another currency cannot be held against the campaign's limit.
      unitCostMinor: variant.currency === of.currency ? variant.cost_minor : null,
      eachMax: choice?.each_max ?? null,
      isOffered,
      available: availableOf(variant),
    },
  };
}
