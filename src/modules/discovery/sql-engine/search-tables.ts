import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { ErrorDetail } from '#kernel/errors.ts';
import type { Facet, Filter, SearchAnswer, Tier } from '../api.ts';
import { contradictions, valueFaults, withCodes } from '../rules/check-query.ts';
import { dictionaryOf } from '../rules/column-builders.ts';
import type { Dictionary } from '../rules/dictionary.ts';
import { facetValuesMax } from '../rules/facet-plan.ts';
import { fieldOf } from '../rules/field-kind.ts';
import { readCursor, writeCursor } from '../rules/search-cursor.ts';
import { parseText } from '../rules/text-query.ts';
import type { EngineQuery } from '../search-engine.ts';
import { allowedValues } from './allowed-values.ts';
import { factOf } from './columns.ts';
import { type FacetWorld, planFacet, readFacet } from './compile-facets.ts';
import type { Order } from './compile-order.ts';
import { compileTests, type TestWorld } from './compile-tests.ts';
import { compileText, type SpelledText } from './compile-text.ts';
import { valueKey } from './document-rows.ts';
import { nearPersons } from './near-vectors.ts';
import { isStorable, readOrderKey } from './order-key.ts';
import { selectFactKinds, selectShown, selectValues } from './queries/vocabulary.ts';
import { type Answered, type Asked, readAnswered, searchStatement } from './search-statement.ts';
import { nearWords, spellText } from './spell-text.ts';

export interface TableContext {
  workspaceId: string;
  tiers: readonly Tier[];
  /** Ids of the open lists. */
  listIds: readonly string[];
  countries: ReadonlyMap<string, string>;
  languages: ReadonlyMap<string, string>;
  nowMs: number;
}

/** Where a hit stands in the tables: the person and which of its profiles matched. */
export interface TableHit {
  personId: string;
  place: number;
  /** What it was sorted by, when that is a figure. */
  figure: number | null;
}

/** An answer but for what is shown of each hit. */
export interface TableAnswer extends Omit<SearchAnswer, 'rows' | 'tookMs'> {
  hits: TableHit[];
  /** The filters with codes for names, and what was searched, for saying why a hit matched. */
  filters: Filter[];
  text: SpelledText | null;
}

export type TableResult = { kind: 'answer'; answer: TableAnswer } | { kind: 'faults'; faults: ErrorDetail[] };

/** Answers a search from the tables: equal hits, order, counts and cursors to the index in memory. */
export async function searchTables(tx: Tx, query: EngineQuery, context: TableContext): Promise<TableResult> {
  const filters = withCodes(query.filters, context);
  const faults = await faultsOf(tx, filters, context);
  if (faults.length > 0) return { kind: 'faults', faults };
  const order = orderOf(query);
  const after = query.cursor === undefined ? null : readCursor(query.cursor, order);
  if (query.cursor !== undefined && after === null) return { kind: 'faults', faults: [strangeCursor] };
  const asked = await prepare(tx, query, { filters, after, context });
  const { answered, text, corrected } = await askWithSlips(tx, asked, query);
  return {
    kind: 'answer',
    answer: {
      hits: answered.page.slice(0, query.limit).map(({ personId, place, figure }) => ({ personId, place, figure })),
      nextCursor: cursorOf(answered, order, query.limit),
      total: answered.total,
      indexed: answered.indexed,
      leftOut: answered.leftOut,
      unknown: asked.groups
        .map(({ field }, at) => ({ field, creators: answered.unknown[at] ?? 0 }))
        .filter(({ creators }) => creators > 0),
      facets: readFacets(asked, answered),
      corrected,
      notes: contradictions(filters),
      filters,
      text,
    },
  };
}

function orderOf(query: EngineQuery): Order {
  const isRelevance = query.nearTo !== undefined || parseText(query.text ?? '').all.length > 0;
  return query.sort ?? { field: isRelevance ? 'relevance' : 'followers', direction: 'desc' };
}

/** The parts of the statement, but for its words. */
async function prepare(
  tx: Tx,
  query: EngineQuery,
  given: { filters: Filter[]; after: Asked['after']; context: TableContext },
): Promise<Asked> {
  const { filters, after, context } = given;
  const { workspaceId } = context;
  const { calculation } = query;
  const world: TestWorld = { ...context, calculation, allowed: await allowedValues(tx, workspaceId, filters) };
  return {
    workspaceId,
    groups: compileTests(filters, world),
    filters,
    text: null,
    near: query.nearTo === undefined ? null : await nearPersons(tx, workspaceId, query.nearTo),
    order: orderOf(query),
    calculation,
    after,
    limit: query.limit,
    facets: await planFacets(tx, query.facets, {
      ...context,
      calculation,
      filters,
      facetCurrency: query.facetCurrency,
    }),
    withSuppressed: filters.some((filter) => filter.field === 'suppressed'),
    valuesMax: facetValuesMax,
  };
}

/** The statement that answers a question as it is written, for measuring and explaining. */
export async function statementOf(tx: Tx, query: EngineQuery, context: TableContext): Promise<RawBuilder<Answered>> {
  const filters = withCodes(query.filters, context);
  const asked = await prepare(tx, query, { filters, after: null, context });
  const parsed = parseText(query.text ?? '');
  if (parsed.all.length + parsed.none.length === 0) return searchStatement(asked);
  const { text } = await spellText(tx, context.workspaceId, { query: parsed, instead: new Map() });
  return searchStatement({ ...asked, text: compileText(text, context.workspaceId) });
}

const strangeCursor = { field: 'cursor', message: 'this cursor belongs to another order; start again without it' };

/** Values of a field that creators have, most common first. */
export async function countTableValues(
  tx: Tx,
  field: string,
  context: TableContext,
): Promise<{ value: string; count: number }[]> {
  const order: Order = { field: 'followers', direction: 'desc' };
  const asEverybody = { calculation: undefined, filters: [], facetCurrency: undefined };
  const facets = await planFacets(tx, [field], { ...context, ...asEverybody });
  const { workspaceId } = context;
  const asked: Asked = {
    workspaceId,
    groups: [],
    filters: [],
    text: null,
    near: null,
    order,
    calculation: undefined,
    after: null,
    limit: 0,
    facets,
    withSuppressed: true,
    valuesMax: null,
  };
  const [facet] = readFacets(asked, await ask(tx, asked));
  return facet?.kind === 'values' ? facet.values : [];
}

async function ask(tx: Tx, asked: Asked): Promise<Answered> {
  const { rows } = await searchStatement(asked).execute(tx);
  return readAnswered({ ...rows[0] });
}

/** Asks as written; only when nothing matches and some word is nobody's, again with the nearest words there are. */
async function askWithSlips(
  tx: Tx,
  asked: Asked,
  query: EngineQuery,
): Promise<{ answered: Answered; text: SpelledText | null; corrected: SearchAnswer['corrected'] }> {
  const parsed = parseText(query.text ?? '');
  if (parsed.all.length + parsed.none.length === 0)
    return { answered: await ask(tx, asked), text: null, corrected: [] };
  const { workspaceId } = asked;
  const spelled = await spellText(tx, workspaceId, { query: parsed, instead: new Map() });
  const answered = await ask(tx, { ...asked, text: compileText(spelled.text, workspaceId) });
  const first = { answered, text: spelled.text, corrected: [] };
  if (answered.total > 0 || query.tolerant === false) return first;
  const instead = await nearWords(tx, workspaceId, { query: parsed, known: spelled.known });
  if (instead.size === 0) return first;
  const { text } = await spellText(tx, workspaceId, { query: parsed, instead });
  const again = await ask(tx, { ...asked, text: compileText(text, workspaceId) });
  if (again.total === 0) return first;
  return { answered: again, text, corrected: [...instead].map(([from, to]) => ({ from, to })) };
}

function cursorOf(answered: Answered, order: Order, limit: number): string | null {
  const last = answered.page[limit - 1];
  if (answered.page.length <= limit || last === undefined) return null;
  const text = last.text === null ? null : readOrderKey(last.text);
  return writeCursor(order, { key: last.figure ?? text, personId: last.personId });
}

async function planFacets(
  tx: Tx,
  fields: readonly string[],
  context: TableContext & Pick<FacetWorld, 'calculation' | 'filters' | 'facetCurrency'>,
): Promise<Asked['facets']> {
  const facts = fields.map(factOf).filter((fact) => fact !== null);
  const factKinds = new Map<string, Set<string>>();
  for (const { fact, kind } of await selectFactKinds(tx, context.workspaceId, facts))
    factKinds.set(fact, (factKinds.get(fact) ?? new Set()).add(kind));
  const prices = fields.includes('price') ? await selectValues(tx, context.workspaceId, 'price') : [];
  return [...new Set(fields)].map((field) => planFacet(field, { ...context, factKinds, prices }));
}

function readFacets(asked: Asked, answered: Answered): Facet[] {
  return asked.facets.flatMap((plan, at) => {
    const counted = answered.facets[at];
    return counted === undefined ? [] : [readFacet(plan, counted, asked.valuesMax ?? Number.POSITIVE_INFINITY)];
  });
}

/** Values no creator has. All values of a field are read only when one of those asked for is not among them. */
async function faultsOf(tx: Tx, filters: readonly Filter[], context: TableContext): Promise<ErrorDetail[]> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from search_person where workspace_id = ${context.workspaceId}) as any`.execute(tx);
  if (rows[0]?.any !== true) return [];
  const listed = filters.filter((filter) => filter.op === 'in' || filter.op === 'share');
  const keys = listed.flatMap(({ field, values }) =>
    values.filter(isStorable).map((value) => ({ field, value: valueKey(field, value) })),
  );
  const sets = new Map<string, Dictionary>();
  for (const { field, shown } of await selectShown(tx, context.workspaceId, keys)) dictionaryOf(sets, field).add(shown);
  if (faultsWith(filters, sets, context).length === 0) return [];
  const whole = new Map<string, Dictionary>();
  for (const field of new Set(listed.map((filter) => filter.field))) {
    if (fieldOf(field)?.kind === undefined) continue;
    for (const { shown } of await selectValues(tx, context.workspaceId, field)) dictionaryOf(whole, field).add(shown);
  }
  return faultsWith(filters, whole, context);
}

function faultsWith(filters: readonly Filter[], sets: Map<string, Dictionary>, context: TableContext): ErrorDetail[] {
  return valueFaults(filters, { ...context, vocabulary: { sets } });
}
