import type { Tx } from '#infra/db/database.ts';
import { editDistance, slipsAllowed } from '../rules/near-miss.ts';
import type { TextQuery, TextTerm } from '../rules/text-query.ts';
import type { SpelledTerm, SpelledText } from './compile-text.ts';
import { selectKnownWords, selectWordsFrom, selectWordsOfLength } from './queries/vocabulary.ts';

const correctionsPerWord = 3;

/** The words of the tables that each word of a query stands for. `instead` gives words for those nobody has. */
export async function spellText(
  tx: Tx,
  workspaceId: string,
  asked: { query: TextQuery; instead: ReadonlyMap<string, readonly string[]> },
): Promise<{ text: SpelledText; known: ReadonlySet<string> }> {
  const { query, instead } = asked;
  const terms = [...query.all, ...query.none];
  const known = await selectKnownWords(tx, workspaceId, [...new Set(terms.flatMap((term) => term.words))]);
  const begun = new Map<string, string[]>();
  for (const term of terms) {
    const start = term.isPrefix ? term.words.at(-1) : undefined;
    if (start !== undefined && !begun.has(start)) begun.set(start, await selectWordsFrom(tx, workspaceId, start));
  }
  const spell = (term: TextTerm): SpelledTerm => ({
    term,
    words: term.words.map((word, at) => {
      if (term.isPrefix && at === term.words.length - 1) return begun.get(word) ?? [];
      return known.has(word) ? [word] : (instead.get(word) ?? []);
    }),
  });
  return { text: { all: query.all.map(spell), none: query.none.map(spell) }, known };
}

/** For words of the query that nobody has, the nearest there are: fewest edits first, then by the alphabet, at most three. */
export async function nearWords(
  tx: Tx,
  workspaceId: string,
  asked: { query: TextQuery; known: ReadonlySet<string> },
): Promise<Map<string, string[]>> {
  const instead = new Map<string, string[]>();
  for (const word of asked.query.all.flatMap((term) => term.words)) {
    const most = slipsAllowed(word);
    if (most === 0 || asked.known.has(word) || instead.has(word)) continue;
    const units = { from: word.length - most, to: word.length + most };
    const near = nearest(word, await selectWordsOfLength(tx, workspaceId, units), most);
    if (near.length > 0) instead.set(word, near);
  }
  return instead;
}

function nearest(word: string, words: readonly string[], most: number): string[] {
  const found = words
    .map((other) => ({ other, distance: editDistance(word, other, most) }))
    .filter(({ distance }) => distance <= most);
  const least = Math.min(...found.map(({ distance }) => distance));
  return found
    .filter(({ distance }) => distance === least)
    .map(({ other }) => other)
    .sort((a, b) => (a < b ? -1 : 1))
    .slice(0, correctionsPerWord);
}
