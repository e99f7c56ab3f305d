import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { Hit, SearchAnswer } from '../api.ts';
import { dictionaryOf } from '../rules/column-builders.ts';
import { MemoryDisplayStore } from '../rules/display-store.ts';
import { findId, hashId } from '../rules/id-table.ts';
import type { IndexedCreator } from '../rules/indexed-creator.ts';
import { readHit } from '../rules/read-hit.ts';
import { endRow, firstRow, type Segment, type Vocabulary } from '../rules/segment.ts';
import { SegmentShelf } from '../rules/segment-shelf.ts';
import { TermDictionary } from '../rules/term-dictionary.ts';
import { compileText } from '../rules/text-match.ts';
import { parseText } from '../rules/text-query.ts';
import { whyMatched } from '../rules/why.ts';
import { documentRows } from './document-rows.ts';
import { selectStandings } from './queries/standings.ts';
import { selectShown } from './queries/vocabulary.ts';
import type { TableAnswer, TableContext } from './search-tables.ts';

/**
 * What is shown of the hits of a page: by the very rules of the index in memory, over the creators of this page alone. Somebody who was removed a
 * moment ago is left out.
 */
export async function presentHits(
  tx: Tx,
  answer: TableAnswer,
  given: { creators: readonly IndexedCreator[]; text: string | undefined; context: TableContext },
): Promise<SearchAnswer['rows']> {
  const { creators, context } = given;
  const vocabulary = await vocabularyOf(tx, context.workspaceId, creators);
  const display = new MemoryDisplayStore();
  const shelf = new SegmentShelf(vocabulary, { display, sharedFrom: null });
  shelf.load(creators);
  shelf.finishLoad();
  const segments = shelf.all();
  const instead = new Map(
    answer.corrected.map(({ from, to }) => [
      from,
      to.map((word) => vocabulary.terms.idOf(word)).filter((id) => id > 0),
    ]),
  );
  const text = answer.text === null ? null : compileText(parseText(given.text ?? ''), vocabulary.terms, instead);
  const lists = await listsOf(tx, context.workspaceId, creators);
  const world = { vocabulary, tiers: context.tiers, lists, display, peers: { rates: new Map(), tiers: context.tiers } };
  const rows = answer.hits.flatMap(({ personId, place }) => {
    const found = placeOf(segments, personId);
    if (found === null) return [];
    const { segment, person } = found;
    const hit = readHit(segment, { person, row: rowOf(segment, person, place) }, world);
    const why = whyMatched(hit, { segment, person, text, filters: answer.filters, vocabulary, nowMs: context.nowMs });
    return [{ ...hit, why }];
  });
  return withStandings(tx, rows, context);
}

/** A vocabulary that shows the spellings the tables show. */
async function vocabularyOf(tx: Tx, workspaceId: string, creators: readonly IndexedCreator[]): Promise<Vocabulary> {
  const vocabulary: Vocabulary = { sets: new Map(), terms: new TermDictionary() };
  const { values } = documentRows(workspaceId, creators);
  const keys = [...values].flatMap(([field, known]) => [...known.keys()].map((value) => ({ field, value })));
  for (const { field, shown } of await selectShown(tx, workspaceId, keys))
    dictionaryOf(vocabulary.sets, field).add(shown);
  return vocabulary;
}

async function listsOf(
  tx: Tx,
  workspaceId: string,
  creators: readonly IndexedCreator[],
): Promise<Map<string, Set<string>>> {
  const ids = creators.map((creator) => creator.personId);
  const { rows } = await sql<{ list_id: string; person_id: string }>`
    select member.list_id, member.person_id from list_member member
    join list own on own.workspace_id = member.workspace_id and own.id = member.list_id and own.archived_at is null
    where member.workspace_id = ${workspaceId} and own.workspace_id = ${workspaceId} and member.person_id = any(${ids}::text[])
    order by member.list_id collate "C", member.person_id`.execute(tx);
  const lists = new Map<string, Set<string>>();
  for (const { list_id, person_id } of rows) lists.set(list_id, (lists.get(list_id) ?? new Set()).add(person_id));
  return lists;
}

function placeOf(segments: readonly Segment[], personId: string): { segment: Segment; person: number } | null {
  for (const segment of segments) {
    const person = findId(segment.idTable, segment.personIds, personId, hashId(personId));
    if (person >= 0) return { segment, person };
  }
  return null;
}

/** The row of a profile; the first when the person has lost profiles since the tables were written. */
function rowOf(segment: Segment, person: number, place: number): number {
  const first = firstRow(segment, person);
  return first + place < endRow(segment, person) ? first + place : first;
}

async function withStandings(tx: Tx, rows: readonly Hit[], context: TableContext): Promise<Hit[]> {
  const profiles = rows.flatMap(({ profile }) =>
    profile === null ? [] : [{ ...profile, rate: profile.engagementRate }],
  );
  const standings = await selectStandings(tx, context.workspaceId, { profiles, tiers: context.tiers });
  return rows.map((row) => ({ ...row, peers: standings.get(row.profile?.profileId ?? '') ?? null }));
}
