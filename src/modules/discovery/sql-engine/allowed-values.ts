import type { Tx } from '#infra/db/database.ts';
import { distanceKm, type Filter, type FilterOf, readPlaceValue, readPriceValue } from '../api.ts';
import { foldValue } from '../rules/dictionary.ts';
import { fieldOf } from '../rules/field-kind.ts';
import type { AllowedValues } from './compile-tests.ts';
import { selectValues } from './queries/vocabulary.ts';

/** For filters of places and prices, the values that satisfy them, worked out over all values there are. */
export async function allowedValues(
  tx: Tx,
  workspaceId: string,
  filters: readonly Filter[],
): Promise<Map<Filter, AllowedValues>> {
  const allowed = new Map<Filter, AllowedValues>();
  for (const filter of filters) {
    const kind = fieldOf(filter.field)?.kind;
    if (filter.op === 'known' || (kind !== 'place' && kind !== 'price')) continue;
    const values = await selectValues(tx, workspaceId, filter.field);
    const judge = judgeOf(filter);
    if (judge === null) continue;
    const judged = values.map(({ value, shown }) => ({ value, verdict: judge(shown) }));
    allowed.set(filter, {
      holds: judged.filter(({ verdict }) => verdict === true).map(({ value }) => value),
      tells: judged.every(({ verdict }) => verdict !== null)
        ? null
        : judged.filter(({ verdict }) => verdict !== null).map(({ value }) => value),
    });
  }
  return allowed;
}

/** Whether a value satisfies the filter; null when it says nothing about it. */
function judgeOf(filter: Filter): ((shown: string) => boolean | null) | null {
  if (filter.op === 'near') return (shown) => isNear(filter, shown);
  if (filter.op === 'price') return (shown) => isPriced(filter, shown);
  if (filter.op !== 'in') return null;
  const wanted = new Set(filter.values.map(foldValue));
  return (shown) => wanted.has(foldValue(readPlaceValue(shown).name)) || wanted.has(foldValue(shown));
}

function isNear(filter: FilterOf<'near'>, shown: string): boolean | null {
  const { lat, lon } = readPlaceValue(shown);
  if (lat === null || lon === null || filter.lat === undefined || filter.lon === undefined) return null;
  return distanceKm({ lat, lon }, { lat: filter.lat, lon: filter.lon }) <= filter.km;
}

function isPriced(filter: FilterOf<'price'>, shown: string): boolean | null {
  const price = readPriceValue(shown);
  const origins: readonly string[] = filter.origins ?? ['rate_card', 'creator'];
  if (price === null || price.currency !== filter.currency.toUpperCase() || !origins.includes(price.origin))
    return null;
  if (filter.format !== undefined && price.format !== filter.format) return null;
  const min = filter.minMinor === undefined ? Number.NEGATIVE_INFINITY : Number(filter.minMinor);
  const max = filter.maxMinor === undefined ? Number.POSITIVE_INFINITY : Number(filter.maxMinor);
  return price.highMinor >= min && price.lowMinor <= max;
}
