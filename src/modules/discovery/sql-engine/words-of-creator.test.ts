import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TermDictionary } from '../rules/term-dictionary.ts';
import { TextBuilder, wordsIn } from '../rules/text-builder.ts';
import { zones } from '../rules/tokens.ts';
import { arbitraryCreators } from './arbitrary-creators.ts';
import { wordsOfCreator } from './words-of-creator.ts';

/** The words of each text that has any. */
function textsIn(inOrder: readonly string[]): string[][] {
  const texts: string[][] = [[]];
  for (const word of inOrder) {
    if (word === '') texts.push([]);
    else texts.at(-1)?.push(word);
  }
  return texts.filter((words) => words.length > 0);
}

it('takes the words of a creator as the index in memory does: which, where, in what order, in how many captions', () => {
  fc.assert(
    fc.property(arbitraryCreators, (creators) => {
      const terms = new TermDictionary();
      const builder = new TextBuilder(terms);
      for (const creator of creators) builder.push(creator);
      const text = builder.seal();
      const masks = creators.map(() => new Map<string, number>());
      text.terms.forEach((term, at) => {
        for (let i = text.postingStarts[at] ?? 0; i < (text.postingStarts[at + 1] ?? 0); i += 1)
          masks[text.postings[i] ?? 0]?.set(terms.termOf(term), text.postingZones[i] ?? 0);
      });
      creators.forEach((creator, person) => {
        const words = wordsOfCreator(creator);
        expect(new Map([...words.masks].sort())).toEqual(new Map([...(masks[person] ?? [])].sort()));
        zones.forEach((zone, index) => {
          const inMemory = wordsIn(text, person, index).map((id) => (id === 0 ? '' : terms.termOf(id)));
          expect(textsIn(words.zones[zone])).toEqual(textsIn(inMemory));
        });
      });
    }),
    { numRuns: 40 },
  );
});
