import { type RawBuilder, sql } from 'kysely';
import { type Facet, type Filter, fieldUnder, readPriceValue, type SearchQuery, type Tier } from '../api.ts';
import { leastShareOf } from '../rules/audience-facet.ts';
import { histogramEdges, lastPostBuckets } from '../rules/facet-codes.ts';
import { fieldOf } from '../rules/field-kind.ts';
import { shareAtLeast } from '../rules/indexed-creator.ts';
import { binsOfPrice, type CountedPrices, priceEdges, priceHistogram, pricesCounted } from '../rules/price-facet.ts';
import { columnOf, factOf, float } from './columns.ts';
import { figureOf } from './compile-tests.ts';

const dayMs = 86_400_000;

/** How one field is counted: by the values of a set, by codes that stand for something, or by the lists persons are on. */
export type FacetPlan = { field: string; isPerson: boolean } & (
  | {
      kind: 'values';
      input: RawBuilder<unknown>;
      /** Of an audience: an empty input is known, as nobody's share reaches the least; null is not. */
      leastShare?: number;
    }
  | { kind: 'codes'; input: RawBuilder<unknown>; names: readonly string[]; isScale: boolean }
  | { kind: 'bins'; input: RawBuilder<unknown>; edges: readonly number[] }
  | { kind: 'prices'; input: RawBuilder<unknown>; counted: CountedPrices }
  | { kind: 'lists' }
);

export interface FacetWorld {
  tiers: readonly Tier[];
  nowMs: number;
  calculation: SearchQuery['calculation'];
  /** What facts ever were, by name. */
  factKinds: ReadonlyMap<string, ReadonlySet<string>>;
  filters: readonly Filter[];
  facetCurrency: string | undefined;
  /** Values of prices that creators have, as the tables hold them; empty when prices are not counted. */
  prices: readonly { value: string; shown: string }[];
}

/** How a field is counted. Inputs are columns of statements that name search_person p and search_profile r. */
export function planFacet(field: string, world: FacetWorld): FacetPlan {
  const kind = fieldOf(field)?.kind ?? 'fact';
  const isPerson = fieldOf(field)?.level === 'person';
  const flags = (flag: RawBuilder<unknown>): FacetPlan => ({
    field,
    isPerson,
    kind: 'codes',
    input: sql`${flag}::int`,
    names: ['false', 'true'],
    isScale: false,
  });
  if (field === 'list') return { field, isPerson: true, kind: 'lists' };
  if (field === 'tier') return tierPlan(world.tiers);
  if (kind === 'date') return datePlan(field, world.nowMs);
  if (kind === 'share') return sharePlan(field, world.filters);
  if (kind === 'price') return pricePlan(world);
  const fact = factOf(field);
  const kinds = fact === null ? null : world.factKinds.get(fact);
  if (kind === 'number' || kinds?.has('number') === true) {
    const edges = histogramEdges(field);
    const input = sql`width_bucket(${figureOf(fieldUnder(field, world.calculation)) ?? sql`null::float8`}, ${edges}::float8[])`;
    return { field, isPerson, kind: 'bins', input, edges };
  }
  if (fact !== null) {
    if (kinds?.has('flag') === true) return flags(sql`(p.fact_flags -> ${fact})::boolean`);
    const input = sql`case when p.fact_sets ? ${fact}::text then array(select jsonb_array_elements_text(p.fact_sets -> ${fact})) end`;
    return { field, isPerson, kind: 'values', input };
  }
  const column = columnOf(field)?.ref ?? sql`null::text[]`;
  if (kind === 'flag') return flags(column);
  return { field, isPerson, kind: 'values', input: kind === 'set' || kind === 'place' ? column : sql`null::text[]` };
}

/** The first tier that holds the followers; a size in none is known to be in none. */
function tierPlan(tiers: readonly Tier[]): FacetPlan {
  const cases = tiers.map(
    (tier, at) =>
      sql`when r.followers >= ${float(tier.followersMin)}${
        tier.followersMax === null ? sql`` : sql` and r.followers < ${float(tier.followersMax)}`
      } then ${at}::int`,
  );
  const input = sql`case when r.followers is null then null ${sql.join(cases, sql` `)} else ${tiers.length}::int end`;
  return { field: 'tier', isPerson: false, kind: 'codes', input, names: tiers.map((tier) => tier.name), isScale: true };
}

/** The values whose share reaches the least one that counts; null where nothing is known of the audience. */
function sharePlan(field: string, filters: readonly Filter[]): FacetPlan {
  const leastShare = leastShareOf(field, filters);
  const input = sql`case when r.shares ? ${field}::text then array(
    select own.value from jsonb_each_text(r.shares -> ${field}) own (value, share)
    where own.share::float8 >= ${float(shareAtLeast(leastShare))}) end`;
  return { field, isPerson: false, kind: 'values', input, leastShare };
}

/** The bins a person has prices in; which price lies where is worked out over all prices there are. */
function pricePlan(world: FacetWorld): FacetPlan {
  const counted = pricesCounted(world.filters, world.facetCurrency);
  const edges = priceEdges(counted.currency);
  const placed = world.prices.flatMap(({ value, shown }) => {
    const bins = binsOfPrice(readPriceValue(shown), counted, edges);
    return bins === null ? [] : [{ value, ...bins }];
  });
  const input = sql`array(
    select distinct bin from unnest(${placed.map((one) => one.value)}::text[], ${placed.map((one) => one.first)}::int[], ${placed.map((one) => one.last)}::int[])
      as priced (value, first, last) cross join lateral generate_series(priced.first, priced.last) as bin
    where priced.value = any(p.price))`;
  return { field: 'price', isPerson: true, kind: 'prices', input, counted };
}

function datePlan(field: string, nowMs: number): FacetPlan {
  const instant = columnOf(field)?.ref ?? sql`null::float8`;
  const cases = lastPostBuckets.map(({ days }, at) =>
    Number.isFinite(days)
      ? sql`when ${float(nowMs)} - ${instant} <= ${float(days * dayMs)} then ${at}::int`
      : sql`else ${at}::int`,
  );
  const input = sql`case when ${instant} is null then null ${sql.join(cases, sql` `)} end`;
  const names = lastPostBuckets.map((bucket) => bucket.name);
  return { field, isPerson: fieldOf(field)?.level === 'person', kind: 'codes', input, names, isScale: true };
}

/** A facet as its statement answers it. */
export interface CountedFacet {
  /** Shown value or code, and how many persons have it; of values and lists at most so many as were asked for. */
  counts: [string | number, number][];
  distinct: number;
  persons: number;
  known: number;
}

/** The facet of what was counted. Values come in their order; codes are put into it here. */
export function readFacet(plan: FacetPlan, counted: CountedFacet, valuesMax: number): Facet {
  const unknown = counted.persons - counted.known;
  const { field } = plan;
  switch (plan.kind) {
    case 'values':
    case 'lists': {
      const values = counted.counts.map(([value, count]) => ({ value: String(value), count }));
      const others = Math.max(0, counted.distinct - valuesMax);
      const least = plan.kind === 'values' && plan.leastShare !== undefined ? { leastShare: plan.leastShare } : {};
      return { kind: 'values', field, values, others, unknown: plan.kind === 'lists' ? 0 : unknown, ...least };
    }
    case 'codes': {
      const values = byCode(counted)
        .map((count, code) => ({ value: plan.names[code] ?? '', count }))
        .slice(0, plan.names.length)
        .filter(({ count }) => count > 0);
      if (!plan.isScale) values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
      return { kind: 'values', field, values, others: 0, unknown };
    }
    case 'prices':
      return priceHistogram(plan.counted, byCode(counted), unknown);
    case 'bins': {
      const counts = byCode(counted);
      const bins = Array.from({ length: plan.edges.length + 1 }, (_, bin) => ({
        from: plan.edges[bin - 1] ?? null,
        to: plan.edges[bin] ?? null,
        count: counts[bin] ?? 0,
      }));
      return { kind: 'histogram', field, bins, unknown };
    }
  }
}

function byCode(counted: CountedFacet): number[] {
  const counts: number[] = [];
  for (const [code, count] of counted.counts) counts[Number(code)] = count;
  return Array.from(counts, (count) => count ?? 0);
}
