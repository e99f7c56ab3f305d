import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packCreators, unpackCreators } from './pack-creators.ts';
import { arbitraryCreators } from './sql-engine/arbitrary-creators.ts';

it('brings every creator to the other thread as it was, vectors included, however many', () => {
  fc.assert(
    fc.property(arbitraryCreators, fc.integer({ min: 1, max: 40 }), (creators, times) => {
      const many = Array.from({ length: times }, () => creators).flat();
      const arrived = [...unpackCreators(structuredClone(packCreators(many)))].flat();
      expect(arrived).toEqual(many.map((creator) => ({ ...creator, vector: creator.vector ?? null })));
    }),
    { numRuns: 30 },
  );
});
