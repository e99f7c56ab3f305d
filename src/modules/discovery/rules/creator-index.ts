import type { ErrorDetail } from '#kernel/errors.ts';
import type { Filter, SearchAnswer, SearchQuery, Tier } from '../api.ts';
import { contradictions, type KnownValues, valueFaults, withCodes } from './check-query.ts';
import { compileFilters, compileShare, type FieldTests, type ShareTest } from './compile-filters.ts';
import { type DisplayStore, MemoryDisplayStore } from './display-store.ts';
import { countFacet, facetValuesMax } from './facets.ts';
import { type Asked, findHits, type NearTo, type SegmentHits } from './find-hits.ts';
import { type IndexState, restoreVocabulary, saveVocabulary } from './index-state.ts';
import type { IndexedCreator, QuantisedVector } from './indexed-creator.ts';
import { wordsInstead } from './near-words.ts';
import { PeerDesk } from './peer-desk.ts';
import { type Ranked, rankPage } from './rank.ts';
import { readHit } from './read-hit.ts';
import { startScratch } from './scratch.ts';
import { personIdAt, segmentBytes, type Vocabulary } from './segment.ts';
import { vectorKey } from './segment-builder.ts';
import { SegmentShelf } from './segment-shelf.ts';
import type { Order } from './sort-keys.ts';
import { TermDictionary } from './term-dictionary.ts';
import { type CompiledText, compileText } from './text-match.ts';
import { parseText, type TextQuery } from './text-query.ts';
import { vectorQuery } from './vector-column.ts';
import { whyMatched } from './why.ts';

export interface SearchContext {
  tiers: readonly Tier[];
  countries: ReadonlyMap<string, string>;
  languages: ReadonlyMap<string, string>;
  nowMs: number;
}

/** A question to the index: `about` and `similarTo` are a vector by now, places have their position. */
export type IndexQuery = SearchQuery & { nearTo?: QuantisedVector | undefined };

export type SearchResult =
  | { kind: 'answer'; answer: Omit<SearchAnswer, 'tookMs'> }
  | { kind: 'faults'; faults: ErrorDetail[] };
export type NearestResult =
  | { kind: 'nearest'; nearest: { personId: string; cosine: number }[] }
  | { kind: 'faults'; faults: ErrorDetail[] };

/** A share of each change's time that goes to merging, so that it keeps up with any stream of changes. */
const mergeMsPerChange = 3;
const mergeMsPerCreator = 0.05;

interface Found {
  text: CompiledText | null;
  hits: SegmentHits[];
  corrected: SearchAnswer['corrected'];
}

/**
 * The creators of one workspace in memory: unchanging segments, a delta of what changed last, and marks on what the delta
 * replaces. Answers are exact: equal to a scan of all creators with the same query.
 */
export class CreatorIndex {
  private readonly vocabulary: Vocabulary;
  private readonly display: DisplayStore;
  private readonly shelf: SegmentShelf;
  private readonly lists = new Map<string, ReadonlySet<string>>();
  private readonly peers = new PeerDesk();

  constructor(display: DisplayStore = new MemoryDisplayStore(), state: IndexState | null = null) {
    this.display = display;
    this.vocabulary =
      state === null ? { sets: new Map(), terms: new TermDictionary() } : restoreVocabulary(state.vocabulary);
    this.shelf = new SegmentShelf(this.vocabulary, display);
    if (state !== null) this.shelf.restore(state.segments);
  }

  /** An index as it was saved; `display` must give back what it gave when the state was made. */
  static restore(state: IndexState, display: DisplayStore): CreatorIndex {
    return new CreatorIndex(display, state);
  }

  /** All there is to save but lists and shown texts, as it is now. It shares memory with the index, which changes nothing but `living` of a segment. */
  state(): IndexState {
    this.shelf.flush();
    return { vocabulary: saveVocabulary(this.vocabulary), segments: this.shelf.all() };
  }

  /** Takes a batch of the first load, in any order, each creator once. */
  load(creators: readonly IndexedCreator[]): void {
    this.shelf.load(creators);
  }

  finishLoad(): void {
    this.shelf.finishLoad();
    this.peers.forget();
  }

  /** Takes the newest state of creators; ids without a creator are gone. Repeats change nothing. */
  apply(change: { creators: readonly IndexedCreator[]; removedIds: readonly string[] }): void {
    const changed = change.creators.length + change.removedIds.length;
    this.shelf.apply(change);
    this.peers.note(changed);
    this.work(mergeMsPerChange + changed * mergeMsPerCreator);
  }

  /**
   * Merges segments for about so long (single steps take a few ms), and says whether more is left to do. Worth calling whenever there is
   * nothing else to do; changes do a share of it themselves.
   */
  work(budgetMs: number): boolean {
    const endMs = performance.now() + budgetMs;
    while (performance.now() < endMs) {
      if (!this.shelf.step() && !this.peers.step(this.shelf.all(), this.size)) return false;
    }
    return true;
  }

  setList(listId: string, personIds: readonly string[] | null): void {
    if (personIds === null) this.lists.delete(listId);
    else this.lists.set(listId, new Set(personIds));
  }

  get size(): number {
    return this.shelf.all().reduce((sum, segment) => sum + segment.persons - segment.deadCount, 0);
  }

  get bytes(): number {
    return this.shelf.all().reduce((sum, segment) => sum + segmentBytes(segment), this.vocabulary.terms.bytes);
  }

  get segmentCount(): number {
    return this.shelf.all().length;
  }

  /** Values of a field that living creators have, with how many have each, most common first. */
  countValues(field: string, context: SearchContext): { value: string; count: number }[] {
    startScratch();
    const everybody: Asked = { groups: [], text: null, nearTo: null, withSuppressed: true, facets: [] };
    const found = this.shelf.all().map((segment) => findHits(segment, everybody));
    const facet = countFacet(field, found, {
      ...this.worldOf(context, undefined),
      valuesMax: Number.POSITIVE_INFINITY,
      filters: [],
      facetCurrency: undefined,
    });
    return facet.kind === 'values' ? facet.values : [];
  }

  search(query: IndexQuery, context: SearchContext): SearchResult {
    const prepared = this.prepare(query, context);
    if (prepared.kind === 'faults') return prepared;
    const { filters, groups, found } = prepared;
    const order = orderOf(query, found.text);
    const ranked = rankPage(found.hits, {
      order,
      limit: query.limit,
      cursor: query.cursor,
      world: { vocabulary: this.vocabulary, calculation: query.calculation, share: this.shareSorted(order, filters) },
    });
    if (ranked === null)
      return {
        kind: 'faults',
        faults: [{ field: 'cursor', message: 'this cursor belongs to another order; start again without it' }],
      };
    const world = {
      ...this.worldOf(context, query.calculation),
      valuesMax: facetValuesMax,
      filters,
      facetCurrency: query.facetCurrency,
    };
    return {
      kind: 'answer',
      answer: {
        rows: this.readRows(ranked.page, { text: found.text, filters, context }),
        nextCursor: ranked.nextCursor,
        total: found.hits.reduce((sum, hits) => sum + hits.total, 0),
        indexed: this.size,
        ...countLeftOut(found.hits, groups),
        facets: [...new Set(query.facets)].map((field) => countFacet(field, found.hits, world)),
        corrected: found.corrected,
        notes: contradictions(filters),
      },
    };
  }

  /** Creators whose vector is nearest, within filters and text: the nearest first, ties by id. */
  nearest(
    asked: { vector: QuantisedVector; limit: number; filters: readonly Filter[]; text?: string | undefined },
    context: SearchContext,
  ): NearestResult {
    const query: IndexQuery = {
      filters: [...asked.filters],
      facets: [],
      limit: asked.limit,
      nearTo: asked.vector,
      ...(asked.text === undefined ? {} : { text: asked.text }),
    };
    const prepared = this.prepare(query, context);
    if (prepared.kind === 'faults') return prepared;
    const ranked = rankPage(prepared.found.hits, {
      order: { field: 'relevance', direction: 'desc' },
      limit: asked.limit,
      cursor: undefined,
      world: { vocabulary: this.vocabulary, calculation: undefined, share: null },
    });
    const nearest = (ranked?.page ?? []).map(({ hits, person, key }) => ({
      personId: personIdAt(hits.segment, person),
      cosine: Number(key),
    }));
    return { kind: 'nearest', nearest };
  }

  private prepare(
    query: IndexQuery,
    context: SearchContext,
  ):
    | { kind: 'prepared'; filters: Filter[]; groups: FieldTests[]; found: Found }
    | { kind: 'faults'; faults: ErrorDetail[] } {
    startScratch();
    const known: KnownValues = { vocabulary: this.vocabulary, listIds: [...this.lists.keys()], ...context };
    const filters = withCodes(query.filters, context);
    const faults = this.size === 0 ? [] : valueFaults(filters, known);
    if (faults.length > 0) return { kind: 'faults', faults };
    const parsed = parseText(query.text ?? '');
    const hasText = parsed.all.length + parsed.none.length > 0;
    const groups = compileFilters(filters, this.worldOf(context, query.calculation));
    const asked = {
      groups,
      nearTo: nearToOf(query),
      withSuppressed: filters.some((filter) => filter.field === 'suppressed'),
      facets: query.facets,
    };
    const found = this.findWithSlips(hasText ? parsed : null, asked, query.tolerant !== false);
    return { kind: 'prepared', filters, groups, found };
  }

  private worldOf(context: SearchContext, calculation: SearchQuery['calculation']) {
    return { vocabulary: this.vocabulary, lists: this.lists, tiers: context.tiers, nowMs: context.nowMs, calculation };
  }

  /** The filter whose values are meant when an audience is sorted by: the first that is not turned round. */
  private shareSorted(order: Order, filters: readonly Filter[]): ShareTest | null {
    for (const filter of filters)
      if (filter.op === 'share' && filter.field === order.field && filter.not !== true)
        return compileShare(filter, this.vocabulary);
    return null;
  }

  private readRows(
    page: readonly Ranked[],
    asked: { text: CompiledText | null; filters: readonly Filter[]; context: SearchContext },
  ): SearchAnswer['rows'] {
    const { context, text, filters } = asked;
    const { vocabulary, lists, display } = this;
    const peers = this.peers.table(this.shelf.all(), context.tiers, this.size);
    return page.map(({ hits: { segment }, person, row }) => {
      const hit = readHit(segment, { person, row }, { vocabulary, tiers: context.tiers, lists, peers, display });
      return { ...hit, why: whyMatched(hit, { segment, person, text, filters, vocabulary, nowMs: context.nowMs }) };
    });
  }

  /** Searches as written; only when nothing matches and some word is nobody's, again with the nearest words there are. */
  private findWithSlips(parsed: TextQuery | null, asked: Omit<Asked, 'text'>, isTolerant: boolean): Found {
    const find = (text: CompiledText | null) =>
      this.shelf.all().map((segment) => findHits(segment, { ...asked, text }));
    if (parsed === null) return { text: null, hits: find(null), corrected: [] };
    const { terms } = this.vocabulary;
    const text = compileText(parsed, terms);
    const hits = find(text);
    if (!isTolerant || hits.some((one) => one.total > 0)) return { text, hits, corrected: [] };
    const instead = wordsInstead(parsed, terms);
    if (instead.size === 0) return { text, hits, corrected: [] };
    const corrected = compileText(parsed, terms, instead);
    const again = find(corrected);
    if (again.every((one) => one.total === 0)) return { text, hits, corrected: [] };
    const said = [...instead].map(([from, ids]) => ({ from, to: ids.map((id) => terms.termOf(id)) }));
    return { text: corrected, hits: again, corrected: said };
  }
}

function orderOf(query: IndexQuery, text: CompiledText | null): Order {
  const isRelevance = query.nearTo !== undefined || (text !== null && text.all.length > 0);
  return query.sort ?? { field: isRelevance ? 'relevance' : 'followers', direction: 'desc' };
}

function nearToOf({ nearTo }: IndexQuery): NearTo | null {
  if (nearTo === undefined) return null;
  return { key: vectorKey(nearTo.model, nearTo.values.length), query: vectorQuery(nearTo.values) };
}

function countLeftOut(
  found: readonly SegmentHits[],
  groups: readonly FieldTests[],
): Pick<SearchAnswer, 'leftOut' | 'unknown'> {
  const leftOut = found.reduce((sum, hits) => sum + hits.leftOut, 0);
  const unknown = groups.map(({ field }) => ({
    field,
    creators: found.reduce((sum, hits) => sum + (hits.leftOutOfField.get(field) ?? 0), 0),
  }));
  return { leftOut, unknown: unknown.filter((one) => one.creators > 0) };
}
