import type { ErrorDetail } from '#kernel/errors.ts';
import type { Filter, SearchAnswer } from '../api.ts';
import type { PartAnswer, PartQuestion } from './answer-part.ts';
import { askSegments } from './ask-segments.ts';
import type { Assistant } from './assistant.ts';
import { contradictions } from './check-query.ts';
import type { FieldTests } from './compile-filters.ts';
import { type DisplayStore, MemoryDisplayStore } from './display-store.ts';
import { type FacetWorld, planFacet, presentFacet } from './facet-plan.ts';
import { type IndexState, restoreVocabulary, saveVocabulary } from './index-state.ts';
import type { IndexedCreator, QuantisedVector } from './indexed-creator.ts';
import { wordsInstead } from './near-words.ts';
import { PeerDesk } from './peer-desk.ts';
import {
  facetWorldOf,
  type IndexQuery,
  type Prepared,
  prepareQuestion,
  type Refused,
  type SearchContext,
} from './prepare-question.ts';
import { pageOf, type Ranked } from './rank.ts';
import { RowReader } from './row-reader.ts';
import { startScratch } from './scratch.ts';
import { personIdAt, segmentBytes, type Vocabulary } from './segment.ts';
import { SegmentShelf } from './segment-shelf.ts';
import type { Order } from './sort-keys.ts';
import { TermDictionary } from './term-dictionary.ts';
import { type CompiledText, compileText } from './text-match.ts';

export type SearchResult =
  | { kind: 'answer'; answer: Omit<SearchAnswer, 'tookMs'> }
  | { kind: 'faults'; faults: ErrorDetail[] };
export type NearestResult =
  | { kind: 'nearest'; nearest: { personId: string; cosine: number }[] }
  | { kind: 'faults'; faults: ErrorDetail[] };

interface IndexOptions {
  state?: IndexState | null;
  /** Another thread that answers for some of the segments. */
  assistant?: Assistant | null;
}

/** A share of each change's time that goes to merging, so that it keeps up with any stream of changes. */
const mergeMsPerChange = 3;
const mergeMsPerCreator = 0.05;

interface HowAsked {
  isTolerant: boolean;
  /** What rows are read in; null when none are. */
  rowsFor: SearchContext | null;
}

interface Answered {
  part: PartAnswer;
  reader: RowReader | null;
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
  private readonly assistant: Assistant | null;

  constructor(display: DisplayStore = new MemoryDisplayStore(), options: IndexOptions = {}) {
    const { state = null, assistant = null } = options;
    this.display = display;
    this.assistant = assistant;
    this.vocabulary =
      state === null ? { sets: new Map(), terms: new TermDictionary() } : restoreVocabulary(state.vocabulary);
    this.shelf = new SegmentShelf(this.vocabulary, { display, sharedFrom: assistant?.personsMin ?? null });
    if (state !== null) this.shelf.restore(state.segments);
  }

  /** An index as it was saved; `display` must give back what it gave when the state was made. */
  static restore(state: IndexState, display: DisplayStore, assistant: Assistant | null = null): CreatorIndex {
    return new CreatorIndex(display, { state, assistant });
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
    const members = personIds === null ? null : new Set(personIds);
    if (members === null) this.lists.delete(listId);
    else this.lists.set(listId, members);
    this.assistant?.setList(listId, members);
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
    const world = this.facetWorld(context, { valuesMax: Number.POSITIVE_INFINITY });
    const plan = planFacet(field, this.shelf.all(), world);
    const order: Order = { field: 'followers', direction: 'desc' };
    const { tallies } = this.ask({
      asked: { groups: [], text: null, nearTo: null, withSuppressed: true, facets: [] },
      wanted: { order, after: null, most: 1 },
      keys: { calculation: undefined, share: null },
      facets: [plan],
    });
    const facet = tallies[0] === undefined ? null : presentFacet(plan, tallies[0], world);
    return facet?.kind === 'values' ? facet.values : [];
  }

  search(query: IndexQuery, context: SearchContext): SearchResult {
    const prepared = this.prepare(query, context);
    if (prepared.kind === 'faults') return prepared;
    const { filters, groups, order, question } = prepared;
    const how = { isTolerant: query.tolerant !== false, rowsFor: context };
    const { part, reader, corrected } = this.askWithSlips(prepared, how);
    const { page, nextCursor } = pageOf(part.ranked, query.limit, order);
    const world = this.facetWorld(context, {
      filters,
      facetCurrency: query.facetCurrency,
      calculation: query.calculation,
    });
    return {
      kind: 'answer',
      answer: {
        rows: page.flatMap((hit) => reader?.read(hit) ?? []),
        nextCursor,
        total: part.total,
        indexed: this.size,
        leftOut: part.leftOut,
        unknown: unknownOf(part, groups),
        facets: question.facets.flatMap((plan, at) => {
          const tally = part.tallies[at];
          return tally === undefined ? [] : [presentFacet(plan, tally, world)];
        }),
        corrected,
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
    const { part } = this.askWithSlips(prepared, { isTolerant: query.tolerant !== false, rowsFor: null });
    const nearest = part.ranked.slice(0, asked.limit).map(({ segment, person, key }) => ({
      personId: personIdAt(segment, person),
      cosine: Number(key),
    }));
    return { kind: 'nearest', nearest };
  }

  private prepare(query: IndexQuery, context: SearchContext): Prepared | Refused {
    startScratch();
    const { vocabulary, lists, size } = this;
    return prepareQuestion(query, context, { vocabulary, lists, size, segments: this.shelf.all() });
  }

  private ask(question: PartQuestion, whileWaiting: (hit: Ranked) => void = () => undefined): PartAnswer {
    const { vocabulary, lists, assistant } = this;
    return askSegments({ vocabulary, lists, assistant, segments: this.shelf.all() }, question, whileWaiting);
  }

  private facetWorld(context: SearchContext, how: Partial<FacetWorld>): FacetWorld {
    const { vocabulary, lists } = this;
    return facetWorldOf({ vocabulary, lists }, context, how);
  }

  private readerOf(text: CompiledText | null, filters: readonly Filter[], { tiers, nowMs }: SearchContext): RowReader {
    const { vocabulary, lists, display } = this;
    const peers = this.peers.table(this.shelf.all(), tiers, this.size);
    return new RowReader({ vocabulary, tiers, lists, peers, display }, { text, filters, nowMs });
  }

  /** Asks as written; only when nothing matches and some word is nobody's, again with the nearest words there are. */
  private askWithSlips({ text: parsed, question, filters }: Prepared, how: HowAsked): Answered {
    const askFor = (text: CompiledText | null) => {
      const reader = how.rowsFor === null ? null : this.readerOf(text, filters, how.rowsFor);
      const asked = { ...question.asked, text };
      const part = this.ask({ ...question, asked }, (hit) => reader?.read(hit));
      return { part, reader };
    };
    if (parsed === null) return { ...askFor(null), corrected: [] };
    const { terms } = this.vocabulary;
    const first = askFor(compileText(parsed, terms));
    if (!how.isTolerant || first.part.total > 0) return { ...first, corrected: [] };
    const instead = wordsInstead(parsed, terms);
    if (instead.size === 0) return { ...first, corrected: [] };
    const again = askFor(compileText(parsed, terms, instead));
    if (again.part.total === 0) return { ...first, corrected: [] };
    const said = [...instead].map(([from, ids]) => ({ from, to: ids.map((id) => terms.termOf(id)) }));
    return { ...again, corrected: said };
  }
}

function unknownOf({ leftOutOfField }: PartAnswer, groups: readonly FieldTests[]): SearchAnswer['unknown'] {
  const unknown = groups.map(({ field }) => ({ field, creators: leftOutOfField.get(field) ?? 0 }));
  return unknown.filter((one) => one.creators > 0);
}
