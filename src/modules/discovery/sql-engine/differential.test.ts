import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { defaultTiers, type SearchAnswer } from '../api.ts';
import { codesByName } from '../region-names.ts';
import { queryFaults } from '../rules/check-query.ts';
import { CreatorIndex } from '../rules/creator-index.ts';
import type { IndexedCreator } from '../rules/indexed-creator.ts';
import type { SearchContext } from '../rules/prepare-question.ts';
import type { EngineQuery } from '../search-engine.ts';
import { arbitraryCreators, standingMs } from './arbitrary-creators.ts';
import { arbitraryQuery, listIds } from './arbitrary-queries.ts';
import { documentRows } from './document-rows.ts';
import { removeDocuments, writeDocuments } from './queries/write-documents.ts';
import { countTableValues, searchTables, type TableAnswer } from './search-tables.ts';

// The two engines against one another: the same creators in memory and in tables, the same questions, equal answers.

const queriesPerWorld = 60;
const worlds = Number(process.env.RAPPORT_DIFFERENTIAL_WORLDS ?? 60);
const context: SearchContext = {
  tiers: defaultTiers,
  countries: codesByName('region'),
  languages: codesByName('language'),
  nowMs: standingMs,
};

let test: TestDatabase;

beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.drop());

/** Who is on which list; one of them is not in the index. */
function membersOf(creators: readonly IndexedCreator[]): Map<string, string[]> {
  const ids = creators.map((creator) => creator.personId);
  return new Map([
    [listIds[0], [...ids.filter((_, at) => at % 3 === 0), 'per_gone']],
    [listIds[1], ids.filter((_, at) => at % 4 === 1)],
    [listIds[2], []],
  ]);
}

interface World {
  workspaceId: string;
  index: CreatorIndex;
}

/** The same history in both engines: an older state of some creators, some that are removed, then the newest of all. */
async function build(creators: readonly IndexedCreator[]): Promise<World> {
  const workspaceId = await test.createWorkspace();
  const index = new CreatorIndex();
  const lists = membersOf(creators);
  await writePersons(workspaceId, [...creators.map((creator) => creator.personId), 'per_gone']);
  await writeLists(workspaceId, lists);
  const half = Math.ceil(creators.length / 2);
  const older = creators
    .slice(0, half)
    .map((creator) => ({ ...creator, name: 'Older', niches: ['older'], captions: [] }));
  const extra = creators.slice(0, 2).map((creator) => ({ ...creator, personId: `${creator.personId}_removed` }));
  const first = [...older, ...extra];
  index.load(first);
  index.finishLoad();
  index.apply({ creators: [...creators], removedIds: extra.map((creator) => creator.personId) });
  for (const [listId, members] of lists) index.setList(listId, members);
  await test.db.asSystem(async (tx) => {
    await writeDocuments(tx, workspaceId, documentRows(workspaceId, first));
    await writeDocuments(tx, workspaceId, documentRows(workspaceId, creators));
    await removeDocuments(
      tx,
      workspaceId,
      extra.map((creator) => creator.personId),
    );
  });
  await writeVectors(workspaceId, creators);
  return { workspaceId, index };
}

/** The rows that members of lists and vectors refer to. */
async function writePersons(workspaceId: string, ids: readonly string[]): Promise<void> {
  await test.db.inWorkspace(workspaceId, (tx) =>
    tx
      .insertInto('person')
      .values(ids.map((id) => ({ workspace_id: workspaceId, id, name: id })))
      .execute(),
  );
}

async function writeVectors(workspaceId: string, creators: readonly IndexedCreator[]): Promise<void> {
  const rows = creators.flatMap(({ personId, vector }) =>
    vector
      ? [
          {
            workspace_id: workspaceId,
            person_id: personId,
            model: vector.model,
            dims: vector.values.length,
            scale: vector.scale,
            bytes: Buffer.from(vector.values.buffer),
            texts: 1,
            words: 1,
            words_known: 1,
            source_hash: Buffer.from('test'),
            made_at: new Date(standingMs),
          },
        ]
      : [],
  );
  if (rows.length > 0) await test.db.asSystem((tx) => tx.insertInto('creator_vector').values(rows).execute());
}

async function writeLists(workspaceId: string, lists: ReadonlyMap<string, readonly string[]>): Promise<void> {
  await test.db.inWorkspace(workspaceId, async (tx) => {
    for (const [id, members] of [...lists, ['lst_archived', ['per_gone']] as const]) {
      await tx
        .insertInto('list')
        .values({
          workspace_id: workspaceId,
          id,
          name: id,
          created_by: 'test',
          archived_at: id === 'lst_archived' ? new Date() : null,
        })
        .execute();
      if (members.length > 0)
        await tx
          .insertInto('list_member')
          .values(members.map((person_id) => ({ workspace_id: workspaceId, list_id: id, person_id, added_by: 'test' })))
          .execute();
    }
  });
}

type Shared = Omit<SearchAnswer, 'rows' | 'tookMs'> & { hits: { personId: string; profileId: string | null }[] };
type Outcome = { answer: Shared } | { faults: unknown };

function askMemory({ index }: World, query: EngineQuery): Outcome {
  const result = index.search(query, context);
  if (result.kind === 'faults') return { faults: result.faults };
  const { rows, ...rest } = result.answer;
  return {
    answer: {
      ...rest,
      hits: rows.map((row) => ({ personId: row.personId, profileId: row.profile?.profileId ?? null })),
    },
  };
}

async function askTables(
  { workspaceId }: World,
  query: EngineQuery,
  creators: readonly IndexedCreator[],
): Promise<Outcome> {
  const result = await test.db.asSystem((tx) => searchTables(tx, query, { ...context, workspaceId, listIds }));
  if (result.kind === 'faults') return { faults: result.faults };
  const { filters: _filters, text: _text, hits, ...rest }: TableAnswer = result.answer;
  const profileOf = (personId: string, place: number) =>
    creators.find((creator) => creator.personId === personId)?.profiles[place]?.profileId ?? null;
  return {
    answer: {
      ...rest,
      hits: hits.map(({ personId, place }) => ({ personId, profileId: profileOf(personId, place) })),
    },
  };
}

/** Fails with the question and only the parts of the answers that differ. */
function expectEqual(query: EngineQuery, tables: Outcome, memory: Outcome): void {
  if (isDeepStrictEqual(tables, memory)) return;
  const parts = (outcome: Outcome): Record<string, unknown> => ('answer' in outcome ? { ...outcome.answer } : outcome);
  const [ours, theirs] = [parts(tables), parts(memory)];
  const said = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
    .filter((part) => !isDeepStrictEqual(ours[part], theirs[part]))
    .map((part) => `${part}\n  tables ${JSON.stringify(ours[part])}\n  memory ${JSON.stringify(theirs[part])}`);
  throw new Error(`the engines differ on ${JSON.stringify(query)}\n${said.join('\n')}`);
}

/** Says which question failed, without printing thousands of others. */
function report(run: fc.RunDetails<[IndexedCreator[], EngineQuery[]]>): void {
  if (!run.failed) return;
  const cause = run.errorInstance instanceof Error ? run.errorInstance : new Error(String(run.errorInstance));
  cause.message = `seed ${run.seed}, path ${run.counterexamplePath ?? ''}: ${cause.message}`;
  throw cause;
}

describe('the two engines of the search', () => {
  it('give equal hits, order, counts and cursors to thousands of random questions', { timeout: 600_000 }, async () => {
    let asked = 0;
    let withHits = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryCreators,
        fc.array(arbitraryQuery, { minLength: queriesPerWorld, maxLength: queriesPerWorld }),
        async (creators, queries) => {
          const world = await build(creators);
          for (const field of ['niche', 'country', 'platform', 'fact.mood', 'home', 'tier']) {
            const values = await test.db.asSystem((tx) =>
              countTableValues(tx, field, { ...context, workspaceId: world.workspaceId, listIds }),
            );
            expect({ field, values }).toEqual({ field, values: world.index.countValues(field, context) });
          }
          for (const query of queries) {
            if (queryFaults(query).length > 0) continue;
            const expected = askMemory(world, query);
            const got = await askTables(world, query, creators);
            expectEqual(query, got, expected);
            asked += 1;
            if (!('answer' in expected)) continue;
            if (expected.answer.total > 0) withHits += 1;
            if (expected.answer.nextCursor === null) continue;
            const next = { ...query, cursor: expected.answer.nextCursor };
            expectEqual(next, await askTables(world, next, creators), askMemory(world, next));
          }
        },
      ),
      { numRuns: worlds, endOnFailure: true, reporter: report },
    );
    expect(asked).toBeGreaterThan(worlds * queriesPerWorld * 0.5);
    expect(withHits).toBeGreaterThan(asked * 0.2);
  });
});
