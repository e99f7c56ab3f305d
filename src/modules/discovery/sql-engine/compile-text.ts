import { type RawBuilder, sql } from 'kysely';
import type { TextTerm } from '../rules/text-query.ts';
import {
  captionLevelBits,
  captionLevelShift,
  captionLevelWeight,
  everyZone,
  zoneMask,
  zones,
  zoneWeights,
} from '../rules/tokens.ts';
import { float, texts } from './columns.ts';

/** A term with the words of the tables each of its words stands for: itself, those that begin so, or those a slip was meant for. */
export interface SpelledTerm {
  term: TextTerm;
  words: readonly (readonly string[])[];
}

export interface SpelledText {
  all: SpelledTerm[];
  none: SpelledTerm[];
}

const zoneColumns = {
  name: 'name',
  handle: 'handle',
  bio: 'bio',
  hashtags: 'hashtags',
  mentions: 'mentions',
  captions: 'captions',
};

/** What a mask weighs, in the place of the mask plus one: the best of its zones, captions the more the more of them hold the word. */
const weights: readonly number[] = Array.from({ length: 256 }, (_, mask) =>
  zones.reduce((best, zone, index) => {
    if ((mask & (1 << index)) === 0) return best;
    const level = zone === 'captions' ? mask >> captionLevelShift : 0;
    return Math.max(best, zoneWeights[zone] + level * captionLevelWeight);
  }, 0),
);

/** A query for the persons whose words match, with what the match weighs: columns person_id and weight. */
export function compileText(text: SpelledText, workspaceId: string): RawBuilder<unknown> {
  const all = text.all.map(maskOf);
  const none = text.none.map(maskOf);
  const masks = [...all, ...none];
  const columns = masks.map((mask, at) => sql`${mask} as ${sql.ref(`m${at}`)}`);
  const weight = all.map((_, at) => sql`weighed.by_mask[${sql.ref(`m${at}`)} + 1]`);
  const tests = [
    ...all.map((_, at) => sql`${sql.ref(`m${at}`)} <> 0`),
    ...none.map((_, at) => sql`${sql.ref(`m${all.length + at}`)} = 0`),
  ];
  return sql`
    select found.person_id, ${weight.length === 0 ? float(0) : sql.join(weight, sql` + `)} as weight
    from (
      select x.person_id, ${sql.join(columns)} from search_text x
      where x.workspace_id = ${workspaceId} ${narrowed(text.all)}
      offset 0
    ) found
    cross join (select ${[...weights]}::float8[] as by_mask) weighed
    where ${sql.join(tests, sql` and `)}`;
}

/** Conditions the index of words serves: a word of each place of each term has to be there. */
function narrowed(terms: readonly SpelledTerm[]): RawBuilder<unknown> {
  const must: string[] = [];
  const tests: RawBuilder<unknown>[] = [];
  for (const word of terms.flatMap((term) => term.words)) {
    const [only] = word;
    if (only === undefined) return sql`and false`;
    if (word.length === 1) must.push(only);
    else tests.push(sql`and x.words && ${texts(word)}`);
  }
  if (must.length > 0) tests.unshift(sql`and x.words @> ${texts([...new Set(must)])}`);
  return sql.join(tests, sql` `);
}

/** The zones in which a row of search_text x holds the term, 0 for none; with the step of captions where they may be among them. */
function maskOf({ term, words }: SpelledTerm): RawBuilder<unknown> {
  if (words.some((alternatives) => alternatives.length === 0)) return sql`0`;
  if (words.length > 1) return phraseMask(term.zones, words);
  const alternatives = words[0] ?? [];
  // Only a term that may stand in captions carries how many of them hold it.
  const keep = term.zones | ((term.zones & zoneMask('captions')) === 0 ? 0 : captionLevelBits);
  const [only] = alternatives;
  if (alternatives.length === 1 && only !== undefined) {
    const mask = sql`coalesce(x.masks[array_position(x.words, ${only}::text)], 0)`;
    if (term.zones === everyZone) return mask;
    return sql`case when ${mask} & ${term.zones}::int <> 0 then ${mask} & ${keep}::int else 0 end`;
  }
  return sql`coalesce((
    select bit_or(own.mask & ${keep}::int) from unnest(x.words, x.masks) own (word, mask)
    where own.word = any(${texts(alternatives)}) and own.mask & ${term.zones}::int <> 0), 0)`;
}

function phraseMask(among: number, words: readonly (readonly string[])[]): RawBuilder<unknown> {
  const parts = zones.flatMap((zone, index) =>
    (among & (1 << index)) === 0
      ? []
      : [sql`case when ${holdsPhrase(sql.ref(`x.${zoneColumns[zone]}`), words)} then ${1 << index}::int else 0 end`],
  );
  return sql`(${sql.join(parts, sql` | `)})`;
}

/** Whether words stand in a row: all of them as far apart as in the phrase. The empty word between two texts keeps them apart. */
export function holdsPhrase(zone: RawBuilder<unknown>, words: readonly (readonly string[])[]): RawBuilder<unknown> {
  const places = words.flatMap((alternatives, at) => alternatives.map(() => at));
  return sql`exists (
    select from unnest(${zone}) with ordinality own (word, place)
    join unnest(${texts(words.flat())}, ${places}::int[]) asked (word, place) on asked.word = own.word
    group by own.place - asked.place having count(*) = ${words.length}::int)`;
}
