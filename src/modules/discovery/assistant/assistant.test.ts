import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchQuerySchema } from '../api.ts';
import { asked, context, creatorOf, drawn, facetFields, vectorModel } from '../rules/arbitrary-questions.ts';
import type { Assistant } from '../rules/assistant.ts';
import { CreatorIndex } from '../rules/creator-index.ts';
import { MemoryDisplayStore } from '../rules/display-store.ts';
import type { IndexedCreator } from '../rules/indexed-creator.ts';
import type { IndexQuery } from '../rules/prepare-question.ts';
import { type AssistantThread, createAssistantThread, type IndexAssistant } from './start-assistant.ts';

const upWithinMs = 20_000;
const someCreators = fc.sample(drawn, { numRuns: 400, seed: 7 });

function idOf(at: number): string {
  return `per_${String((at * 7) % 1009).padStart(4, '0')}`;
}

const creators = someCreators.map((one, at) => creatorOf(idOf(at), one));
const listed = creators.filter((_, at) => at % 3 === 0).map(({ personId }) => personId);

/** Counts the questions that were answered by both. */
function counting(one: IndexAssistant): Assistant & { shared: number } {
  const counted = {
    shared: 0,
    personsMin: one.personsMin,
    get isDone() {
      return one.isDone;
    },
    begin: (...given: Parameters<Assistant['begin']>) => one.begin(...given),
    finish: () => {
      const part = one.finish();
      if (part !== null) counted.shared += 1;
      return part;
    },
    setList: (...given: Parameters<Assistant['setList']>) => one.setList(...given),
  };
  return counted;
}

/** Enough segments of both kinds that each thread has some. */
function fill(index: CreatorIndex, all: readonly IndexedCreator[]): CreatorIndex {
  for (let from = 0; from < all.length; from += 80) {
    index.load(all.slice(from, from + 80));
    index.finishLoad();
  }
  index.setList('lst_1', listed);
  return index;
}

function answerOf(index: CreatorIndex, { nearTo, ...query }: { nearTo: number[] | null }): unknown {
  const parsed: IndexQuery = searchQuerySchema.parse({ ...query, facets: [...facetFields, 'list'], limit: 20 });
  const vector = nearTo === null ? undefined : { model: vectorModel, scale: 1, values: Int8Array.from(nearTo) };
  return index.search({ ...parsed, ...(vector === undefined ? {} : { nearTo: vector }) }, context);
}

describe('a second thread that answers for half of the segments', () => {
  let thread: AssistantThread;
  let assistant: ReturnType<typeof counting>;
  let together: CreatorIndex;
  const warnings: string[] = [];
  const alone = fill(new CreatorIndex(), creators);

  beforeAll(async () => {
    thread = createAssistantThread((message) => warnings.push(message), { segmentPersonsMin: 1, personsMin: 1 });
    const one = thread.forIndex();
    if (one === null) throw new Error('This machine has one processor only.');
    assistant = counting(one);
    together = fill(new CreatorIndex(new MemoryDisplayStore(), { assistant }), creators);
    const untilMs = performance.now() + upWithinMs;
    while (assistant.shared === 0 && performance.now() < untilMs) {
      answerOf(together, { nearTo: null });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  afterAll(() => thread.stop());

  it('gives the answers of one thread, to questions of every kind, while creators change', () => {
    const change = fc.record({ from: fc.nat(399), to: fc.nat(399), isRemoval: fc.boolean() });
    fc.assert(
      fc.property(asked, change, (one, { from, to, isRemoval }) => {
        const some = creators.slice(from, from + 3).map((each, at) => ({
          ...each,
          niches: creators[(to + at) % creators.length]?.niches ?? [],
        }));
        const news = isRemoval
          ? { creators: [], removedIds: some.map(({ personId }) => personId) }
          : { creators: some, removedIds: [] };
        alone.apply(news);
        together.apply(news);
        expect(answerOf(together, one)).toEqual(answerOf(alone, one));
      }),
      { numRuns: 200, endOnFailure: true },
    );
    expect(assistant.shared).toBeGreaterThan(50);
    expect(warnings).toEqual([]);
  });

  it('asks for those on a list and those who are not as one thread does', () => {
    for (const not of [false, true]) {
      const query = { nearTo: null, filters: [{ field: 'list', op: 'in', values: ['lst_1'], not }] };
      expect(answerOf(together, query)).toEqual(answerOf(alone, query));
    }
  });

  it('is done without when it ends', async () => {
    await thread.stop();
    const before = assistant.shared;
    expect(answerOf(together, { nearTo: null })).toEqual(answerOf(alone, { nearTo: null }));
    expect(assistant.shared).toBe(before);
  });
});
