import type { ErrorDetail } from '#kernel/errors.ts';
import type { Filter, SearchQuery, Tier } from '../api.ts';
import type { PartQuestion, PartWorld } from './answer-part.ts';
import { type KnownValues, valueFaults, withCodes } from './check-query.ts';
import { compileFilters, compileShare, type FieldTests, type ShareTest } from './compile-filters.ts';
import { type FacetWorld, facetValuesMax, planFacet } from './facet-plan.ts';
import type { NearTo } from './find-hits.ts';
import type { QuantisedVector } from './indexed-creator.ts';
import { readCursor } from './search-cursor.ts';
import type { Segment, Vocabulary } from './segment.ts';
import { vectorKey } from './segment-builder.ts';
import type { Order } from './sort-keys.ts';
import { parseText, type TextQuery } from './text-query.ts';
import { vectorQuery } from './vector-column.ts';

export interface SearchContext {
  tiers: readonly Tier[];
  countries: ReadonlyMap<string, string>;
  languages: ReadonlyMap<string, string>;
  nowMs: number;
}

/** A question to the index: `about` and `similarTo` are a vector by now, places have their position. */
export type IndexQuery = SearchQuery & { nearTo?: QuantisedVector | undefined };

/** A question that was checked, in codes but for its text. */
export interface Prepared {
  kind: 'prepared';
  filters: Filter[];
  groups: FieldTests[];
  text: TextQuery | null;
  order: Order;
  question: PartQuestion;
}

export interface Refused {
  kind: 'faults';
  faults: ErrorDetail[];
}

interface IndexWorld extends PartWorld {
  segments: readonly Segment[];
  /** Living creators. */
  size: number;
}

/** Checks a question and puts it into the codes of an index; faults name the filter and what would be right. */
export function prepareQuestion(query: IndexQuery, context: SearchContext, index: IndexWorld): Prepared | Refused {
  const { vocabulary, lists, segments } = index;
  const known: KnownValues = { vocabulary, listIds: [...lists.keys()], ...context };
  const filters = withCodes(query.filters, context);
  const faults = index.size === 0 ? [] : valueFaults(filters, known);
  if (faults.length > 0) return { kind: 'faults', faults };
  const parsed = parseText(query.text ?? '');
  const text = parsed.all.length + parsed.none.length > 0 ? parsed : null;
  const { calculation, facetCurrency } = query;
  const world = facetWorldOf(index, context, { calculation, facetCurrency, filters });
  const groups = compileFilters(filters, world);
  const order = orderOf(query, text);
  const after = query.cursor === undefined ? null : readCursor(query.cursor, order);
  if (query.cursor !== undefined && after === null) return { kind: 'faults', faults: [cursorFault] };
  const question: PartQuestion = {
    asked: {
      groups,
      text: null,
      nearTo: nearToOf(query),
      withSuppressed: filters.some((filter) => filter.field === 'suppressed'),
      facets: query.facets,
    },
    // One more than the page says whether there is another page.
    wanted: { order, after, most: query.limit + 1 },
    keys: { calculation, share: shareSorted(order, filters, vocabulary) },
    facets: [...new Set(query.facets)].map((field) => planFacet(field, segments, world)),
  };
  return { kind: 'prepared', filters, groups, text, order, question };
}

/** What facets are planned and named in. */
export function facetWorldOf(
  { vocabulary, lists }: PartWorld,
  { tiers, nowMs }: SearchContext,
  how: Partial<FacetWorld>,
): FacetWorld {
  const { calculation, facetCurrency, filters = [], valuesMax = facetValuesMax } = how;
  return { vocabulary, lists, tiers, nowMs, calculation, facetCurrency, filters, valuesMax };
}

const cursorFault: ErrorDetail = {
  field: 'cursor',
  message: 'this cursor belongs to another order; start again without it',
};

function orderOf(query: IndexQuery, text: TextQuery | null): Order {
  const isRelevance = query.nearTo !== undefined || (text !== null && text.all.length > 0);
  return query.sort ?? { field: isRelevance ? 'relevance' : 'followers', direction: 'desc' };
}

function nearToOf({ nearTo }: IndexQuery): NearTo | null {
  if (nearTo === undefined) return null;
  return { key: vectorKey(nearTo.model, nearTo.values.length), query: vectorQuery(nearTo.values) };
}

/** The filter whose values are meant when an audience is sorted by: the first that is not turned round. */
function shareSorted(order: Order, filters: readonly Filter[], vocabulary: Vocabulary): ShareTest | null {
  for (const filter of filters)
    if (filter.op === 'share' && filter.field === order.field && filter.not !== true)
      return compileShare(filter, vocabulary);
  return null;
}
