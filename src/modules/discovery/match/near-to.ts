import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { SearchQuery } from '../api.ts';
import { discoveryError } from '../errors.ts';
import { readVectors } from '../queries/creator-vectors.ts';
import type { QuantisedVector } from '../rules/indexed-creator.ts';
import type { EngineQuery } from '../search-engine.ts';
import { toIndexVector, wordEncoder } from './encoder.ts';
import { readContent } from './queries/content.ts';

/** The text of a search as a vector. Error: discovery.match_too_few_words. */
function vectorOfAbout(text: string): QuantisedVector {
  const { values, words, wordsKnown } = wordEncoder().encode(text);
  if (values === null)
    throw discoveryError(
      'match_too_few_words',
      `Not enough data: of ${words} words in "${text.slice(0, 80)}" the encoder knows ${wordsKnown}, and it needs 3. It reads English.`,
      [{ field: 'about', message: `has ${wordsKnown} known words` }],
    );
  return toIndexVector(values);
}

/** The vector of a creator. Errors: not_found, discovery.match_too_few_words when there is none. */
async function vectorOfCreator(infra: Infra, workspaceId: string, personId: string): Promise<QuantisedVector> {
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const found = (await readVectors(tx, workspaceId, [personId])).get(personId);
    if (found !== undefined) return found;
    if (!(await readContent(tx, workspaceId, [personId])).has(personId)) throw notFound('creator');
    throw discoveryError(
      'match_too_few_words',
      'Not enough data: too few words of this creator are known to say who is alike.',
      [{ field: 'similarTo', message: 'has too few known words' }],
    );
  });
}

/** A search with `about` or `similarTo` as the engine is asked it: the vector beside it, the creator itself left out. */
export async function withNearness(infra: Infra, workspaceId: string, query: SearchQuery): Promise<EngineQuery> {
  if (query.about !== undefined) return { ...query, nearTo: vectorOfAbout(query.about) };
  if (query.similarTo === undefined) return query;
  const itself = { field: 'creator', op: 'in' as const, values: [query.similarTo], not: true };
  return {
    ...query,
    filters: [...query.filters, itself],
    nearTo: await vectorOfCreator(infra, workspaceId, query.similarTo),
  };
}
