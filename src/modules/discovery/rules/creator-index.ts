import type { ErrorDetail } from '#kernel/errors.ts';
import type { Filter, SearchAnswer, SearchQuery, Tier } from '../api.ts';
import { contradictions, type KnownValues, valueFaults, withCodes } from './check-query.ts';
import { compileFilters, type FieldTests } from './compile-filters.ts';
import { Dictionary, exactValue, TermDictionary } from './dictionary.ts';
import { countFacet, facetValuesMax } from './facets.ts';
import { findHits, type SegmentHits } from './find-hits.ts';
import { findId } from './id-table.ts';
import type { IndexedCreator } from './indexed-creator.ts';
import { mergeSegments } from './merge-segments.ts';
import { editDistance, slipsAllowed } from './near-miss.ts';
import { buildPeerTable, type PeerTable } from './peers.ts';
import { type Order, rankPage } from './rank.ts';
import { readHit } from './read-hit.ts';
import { type Segment, segmentBytes, type Vocabulary } from './segment.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { type CompiledText, compileText } from './text-match.ts';
import { parseText, type TextQuery } from './text-query.ts';
import { whyMatched } from './why.ts';

/** Changed creators are kept apart until there are so many; then they become a segment. */
export const deltaMax = 2000;
/** More segments than this are merged, all but one much larger than the rest. */
export const segmentsMax = 6;
const largeSegmentTimes = 4;
const correctionsPerWord = 3;

export interface SearchContext {
  tiers: readonly Tier[];
  countries: ReadonlyMap<string, string>;
  languages: ReadonlyMap<string, string>;
  nowMs: number;
}

export type SearchResult =
  | { kind: 'answer'; answer: Omit<SearchAnswer, 'tookMs'> }
  | { kind: 'faults'; faults: ErrorDetail[] };

/**
 * The creators of one workspace in memory: unchanging segments, a delta of what changed last, and marks on what the delta
 * replaces. Answers are exact: equal to a scan of all creators with the same query.
 */
export class CreatorIndex {
  private readonly vocabulary: Vocabulary = {
    sets: new Map(),
    terms: new TermDictionary(),
    provenance: new Dictionary(exactValue),
  };
  private segments: Segment[] = [];
  private delta = new Map<string, IndexedCreator>();
  private deltaSegment: Segment | null = null;
  private lists = new Map<string, ReadonlySet<string>>();
  private peers: PeerTable | null = null;
  private loading: SegmentBuilder | null = null;

  /** Takes a batch of the first load, in any order, each creator once. */
  load(creators: readonly IndexedCreator[]): void {
    this.loading ??= new SegmentBuilder(this.vocabulary);
    for (const creator of creators) this.loading.push(creator);
  }

  finishLoad(): void {
    if (this.loading !== null && this.loading.count > 0) this.segments = [this.loading.seal()];
    this.loading = null;
    this.peers = null;
  }

  /** Takes the newest state of creators; ids without a creator are gone. Repeats change nothing. */
  apply(change: { creators: readonly IndexedCreator[]; removedIds: readonly string[] }): void {
    for (const creator of change.creators) {
      this.bury(creator.personId);
      this.delta.set(creator.personId, creator);
    }
    for (const id of change.removedIds) {
      this.bury(id);
      this.delta.delete(id);
    }
    this.deltaSegment = this.buildDelta();
    if (this.delta.size > deltaMax && this.deltaSegment !== null) {
      this.segments = [...this.segments, this.deltaSegment];
      this.delta = new Map();
      this.deltaSegment = null;
      this.compact();
    }
    this.peers = null;
  }

  setList(listId: string, personIds: readonly string[] | null): void {
    if (personIds === null) this.lists.delete(listId);
    else this.lists.set(listId, new Set(personIds));
  }

  private bury(personId: string): void {
    for (const segment of this.segments) {
      const at = findId(segment.idTable, segment.personIds, personId);
      if (at < 0 || segment.dead[at] !== 0) continue;
      segment.dead[at] = 1;
      segment.deadCount += 1;
    }
  }

  private buildDelta(): Segment | null {
    if (this.delta.size === 0) return null;
    const builder = new SegmentBuilder(this.vocabulary);
    for (const creator of this.delta.values()) builder.push(creator);
    return builder.seal();
  }

  /** Merges the small segments; the large one joins when a third of it is dead or the rest has grown to a quarter of it. */
  private compact(): void {
    if (this.segments.length <= segmentsMax) return;
    const [largest, ...rest] = [...this.segments].sort((a, b) => b.persons - a.persons);
    if (largest === undefined) return;
    const restPersons = rest.reduce((sum, one) => sum + one.persons, 0);
    const staysApart = largest.persons > restPersons * largeSegmentTimes && largest.deadCount * 3 < largest.persons;
    this.segments = staysApart ? [largest, mergeSegments(rest)] : [mergeSegments(this.segments)];
  }

  private living(): Segment[] {
    return this.deltaSegment === null ? this.segments : [...this.segments, this.deltaSegment];
  }

  get size(): number {
    return this.living().reduce((sum, segment) => sum + segment.persons - segment.deadCount, 0);
  }

  get bytes(): number {
    return this.living().reduce((sum, segment) => sum + segmentBytes(segment), 0);
  }

  /** Values of a field that living creators have, with how many have each, most common first. */
  countValues(field: string, context: SearchContext): { value: string; count: number }[] {
    const found = this.living().map((segment) => findHits(segment, [], null));
    const world = { vocabulary: this.vocabulary, lists: this.lists, tiers: context.tiers, nowMs: context.nowMs };
    const facet = countFacet(field, found, { ...world, bits: new Map(), valuesMax: Number.POSITIVE_INFINITY });
    return facet.kind === 'values' ? facet.values : [];
  }

  search(query: SearchQuery, context: SearchContext): SearchResult {
    const known: KnownValues = { vocabulary: this.vocabulary, listIds: [...this.lists.keys()], ...context };
    const filters = withCodes(query.filters, context);
    const faults = this.size === 0 ? [] : valueFaults(filters, known);
    if (faults.length > 0) return { kind: 'faults', faults };
    const parsed = parseText(query.text ?? '');
    const hasText = parsed.all.length + parsed.none.length > 0;
    const order: Order = query.sort ?? { field: parsed.all.length > 0 ? 'relevance' : 'followers', direction: 'desc' };
    const groups = compileFilters(filters, { vocabulary: this.vocabulary, lists: this.lists, ...context });
    const { text, found, corrected } = this.findWithSlips(hasText ? parsed : null, groups);
    const ranked = rankPage(found, { order, limit: query.limit, cursor: query.cursor, vocabulary: this.vocabulary });
    if (ranked === null)
      return {
        kind: 'faults',
        faults: [{ field: 'cursor', message: 'this cursor belongs to another order; start again without it' }],
      };
    return {
      kind: 'answer',
      answer: {
        rows: this.readRows(ranked.page, { text, filters, context }),
        nextCursor: ranked.nextCursor,
        total: found.reduce((sum, hits) => sum + hits.hits.length, 0),
        indexed: this.size,
        ...countLeftOut(found, groups),
        facets: this.countFacets(query.facets, { found, groups, context }),
        corrected,
        notes: contradictions(filters),
      },
    };
  }

  private readRows(
    page: readonly { hits: SegmentHits; person: number; row: number }[],
    asked: { text: CompiledText | null; filters: readonly Filter[]; context: SearchContext },
  ): SearchAnswer['rows'] {
    const { context, text, filters } = asked;
    const world = {
      vocabulary: this.vocabulary,
      tiers: context.tiers,
      lists: this.lists,
      peers: this.peersBy(context.tiers),
    };
    return page.map(({ hits: { segment }, person, row }) => {
      const hit = readHit(segment, { person, row }, world);
      return {
        ...hit,
        why: whyMatched(hit, { segment, person, text, filters, vocabulary: this.vocabulary, nowMs: context.nowMs }),
      };
    });
  }

  private countFacets(
    fields: readonly string[],
    over: { found: readonly SegmentHits[]; groups: readonly FieldTests[]; context: SearchContext },
  ): SearchAnswer['facets'] {
    const { found, groups, context } = over;
    const bits = new Map(groups.map((group) => [group.field, group.bit]));
    return [...new Set(fields)].map((field) =>
      countFacet(field, found, {
        vocabulary: this.vocabulary,
        lists: this.lists,
        bits,
        valuesMax: facetValuesMax,
        tiers: context.tiers,
        nowMs: context.nowMs,
      }),
    );
  }

  private peersBy(tiers: readonly Tier[]): PeerTable {
    if (this.peers === null || JSON.stringify(this.peers.tiers) !== JSON.stringify(tiers))
      this.peers = buildPeerTable(this.living(), tiers);
    return this.peers;
  }

  /** Searches as written; only when nothing matches and some word is nobody's, again with the nearest words there are. */
  private findWithSlips(
    parsed: TextQuery | null,
    groups: readonly FieldTests[],
  ): { text: CompiledText | null; found: SegmentHits[]; corrected: SearchAnswer['corrected'] } {
    const find = (text: CompiledText | null) => this.living().map((segment) => findHits(segment, groups, text));
    if (parsed === null) return { text: null, found: find(null), corrected: [] };
    const text = compileText(parsed, this.vocabulary.terms);
    const found = find(text);
    if (found.some((hits) => hits.hits.length > 0)) return { text, found, corrected: [] };
    const instead = this.nearWords(parsed);
    if (instead.size === 0) return { text, found, corrected: [] };
    const corrected = compileText(parsed, this.vocabulary.terms, instead);
    const again = find(corrected);
    // A search fills the same arrays again, so the first answer has to be found anew.
    if (again.every((hits) => hits.hits.length === 0)) return { text, found: find(text), corrected: [] };
    return {
      text: corrected,
      found: again,
      corrected: [...instead].map(([from, ids]) => ({ from, to: ids.map((id) => this.vocabulary.terms.termOf(id)) })),
    };
  }

  private nearWords(parsed: TextQuery): Map<string, number[]> {
    const instead = new Map<string, number[]>();
    for (const term of parsed.all) {
      for (const word of term.words) {
        if (this.vocabulary.terms.idOf(word) !== 0 || instead.has(word)) continue;
        const near = nearestWords(word, this.vocabulary.terms.words());
        if (near.length > 0) instead.set(word, near);
      }
    }
    return instead;
  }
}

function nearestWords(word: string, words: readonly string[]): number[] {
  let most = slipsAllowed(word);
  if (most === 0) return [];
  let near: number[] = [];
  for (let id = 1; id < words.length; id += 1) {
    const distance = editDistance(word, words[id] ?? '', most);
    if (distance > most) continue;
    if (distance < most) {
      most = distance;
      near = [];
    }
    near.push(id);
  }
  // By the alphabet, so that the order in which words were learnt does not matter.
  near.sort((a, b) => ((words[a] ?? '') < (words[b] ?? '') ? -1 : 1));
  return near.slice(0, correctionsPerWord);
}

function countLeftOut(
  found: readonly SegmentHits[],
  groups: readonly FieldTests[],
): Pick<SearchAnswer, 'leftOut' | 'unknown'> {
  const leftOut = found.reduce((sum, hits) => sum + hits.leftOut, 0);
  const unknown = groups.map(({ field, bit }) => ({
    field,
    creators: found.reduce((sum, hits) => sum + (hits.leftOutByBit[Math.log2(bit)] ?? 0), 0),
  }));
  return { leftOut, unknown: unknown.filter((one) => one.creators > 0) };
}
