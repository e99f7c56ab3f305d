import type { IndexedCreator } from '../rules/indexed-creator.ts';
import { textsOf, wordsPerZoneMax } from '../rules/text-builder.ts';
import { captionLevelShift, tokenise, type Zone, zones } from '../rules/tokens.ts';

export interface CreatorWords {
  /** The words of each zone in their order; an empty one ends each text that has any, so that no phrase crosses it. */
  zones: Record<Zone, string[]>;
  /** By word: the zones it stands in and, above them, in how many captions. */
  masks: Map<string, number>;
}

/** The words of a creator as the index in memory takes them: same words, same limits, same masks. */
export function wordsOfCreator(creator: IndexedCreator): CreatorWords {
  const given = textsOf(creator);
  const words: CreatorWords = {
    zones: { name: [], handle: [], bio: [], hashtags: [], mentions: [], captions: [] },
    masks: new Map(),
  };
  zones.forEach((zone, index) => {
    const own = words.zones[zone];
    let left = wordsPerZoneMax;
    for (const text of given[zone]) {
      if (text === null || left <= 0) continue;
      const taken = tokenise(text).slice(0, left);
      for (const word of taken) words.masks.set(word, (words.masks.get(word) ?? 0) | (1 << index));
      if (taken.length > 0) own.push(...taken, '');
      left -= taken.length;
    }
  });
  for (const [word, count] of captionCounts(creator.captions)) {
    const mask = words.masks.get(word);
    if (mask !== undefined)
      words.masks.set(word, mask | (Math.min(3, Math.floor(Math.log2(count))) << captionLevelShift));
  }
  return words;
}

function captionCounts(captions: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const caption of captions)
    for (const word of new Set(tokenise(caption))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
