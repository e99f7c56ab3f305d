import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultTiers, searchQuerySchema } from '../api.ts';
import { aCreator } from './a-creator.ts';
import { fullBits, newBits, positionsOf } from './bits.ts';
import { CreatorIndex } from './creator-index.ts';
import { MemoryDisplayStore } from './display-store.ts';
import type { IndexedCreator } from './indexed-creator.ts';
import { editDistance, slipsAllowed } from './near-miss.ts';
import { nearestWords } from './near-words.ts';
import { markWithin, numberAt, sealNumbers } from './number-column.ts';
import type { SearchContext } from './prepare-question.ts';
import { TermDictionary } from './term-dictionary.ts';
import { tokenise } from './tokens.ts';
import { copyVector, cosineOf, eachDots, sealVectors, VectorBuilder, vectorQuery } from './vector-column.ts';

const context: SearchContext = {
  tiers: defaultTiers,
  countries: new Map(),
  languages: new Map(),
  nowMs: Date.parse('2026-05-01T00:00:00Z'),
};

const creatorNamed = (id: string, patch: Partial<IndexedCreator> = {}) => aCreator(id, { name: 'Oat', ...patch });

function answerOf(index: CreatorIndex, query: object) {
  const result = index.search(searchQuerySchema.parse(query), context);
  if (result.kind === 'faults') throw new Error(JSON.stringify(result.faults));
  return result.answer;
}

describe('vectors', () => {
  const int8 = fc.integer({ min: -128, max: 127 });

  it('gives the same dot products in WebAssembly as in a plain loop, for any length and any slots', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(16, 32, 48, 256),
        fc.array(int8, { minLength: 256, maxLength: 256 }),
        fc.array(int8, { minLength: 40, maxLength: 40 }),
        fc.array(fc.integer({ min: 0, max: 1999 }), { maxLength: 20 }),
        (dims, query, seed, slots) => {
          // Enough vectors for a kernel; the plain loop stands here.
          const values = Int8Array.from({ length: 2000 * dims }, (_, at) => (seed[at % 40] ?? 0) ^ ((at >> 5) % 128));
          const column = sealVectors({ dims, values, persons: Uint16Array.from({ length: 2000 }, (_, at) => at) });
          const asked = vectorQuery(Int8Array.from(query.slice(0, dims)));
          eachDots(column, { query: asked, slots: Uint16Array.from(slots) }, (some, dots) => {
            some.forEach((slot, at) => {
              let dot = 0;
              for (let i = 0; i < dims; i += 1) dot += (values[slot * dims + i] ?? 0) * (asked.values[i] ?? 0);
              expect(dots[at]).toBe(dot);
            });
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leaves out by their heads only vectors that are farther than the limit', () => {
    const spread = fc.array(int8, { minLength: 61, maxLength: 61 });
    fc.assert(
      fc.property(
        fc.array(int8, { minLength: 48, maxLength: 48 }),
        spread,
        fc.double({ min: 0, max: 1 }),
        (query, seed, cosine) => {
          const values = Int8Array.from({ length: 1500 * 48 }, (_, at) => (seed[at % 61] ?? 0) ^ ((at >> 6) % 128));
          const column = sealVectors({ dims: 48, values, persons: Uint16Array.from({ length: 1500 }, (_, at) => at) });
          const asked = vectorQuery(Int8Array.from(query));
          const slots = Uint16Array.from({ length: 1500 }, (_, at) => at);
          const all = new Map<number, number>();
          eachDots(column, { query: asked, slots }, (some, dots) => {
            for (const [at, slot] of some.entries()) all.set(slot, dots[at] ?? 0);
          });
          const limit = cosine * cosine * asked.length;
          const kept = new Map<number, number>();
          eachDots(column, { query: asked, slots, limit: () => limit }, (some, dots) => {
            for (const [at, slot] of some.entries()) kept.set(slot, dots[at] ?? 0);
          });
          for (const [slot, dot] of all) {
            if (kept.has(slot)) expect(kept.get(slot)).toBe(dot);
            else expect(dot <= 0 || dot * dot < limit * (column.lengths[slot] ?? 0)).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('answers blocks longer than those it works on, and few vectors without a kernel', () => {
    for (const count of [10, 9000]) {
      const builder = new VectorBuilder(16);
      for (let at = 0; at < count; at += 1)
        builder.push(
          at,
          Int8Array.from({ length: 16 }, (_, i) => ((at * 7 + i) % 255) - 127),
        );
      const column = builder.seal();
      const seen: number[] = [];
      const query = vectorQuery(new Int8Array(16).fill(1));
      eachDots(column, { query, slots: Uint16Array.from({ length: count }, (_, at) => at) }, (slots, dots) => {
        for (let i = 0; i < slots.length; i += 1) seen.push(dots[i] ?? 0);
      });
      const vector = new Int8Array(16);
      const sums = Array.from({ length: count }, (_, at) => {
        copyVector(column, at, vector);
        return vector.reduce((sum, value) => sum + value, 0);
      });
      expect(seen).toEqual(sums);
    }
    expect(cosineOf(0, 0, 5)).toBe(0);
  });
});

describe('columns of numbers', () => {
  const value = fc.oneof(
    fc.constant(Number.NaN),
    fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
    fc.integer({ min: -5000, max: 5000 }).map((whole) => whole / 1000),
    fc.double({ noNaN: true }),
  );

  it('gives every number back exactly, and finds those within any bounds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(value, { maxLength: 80 }),
          fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 32, maxLength: 80 }),
        ),
        value,
        value,
        fc.boolean(),
        fc.boolean(),
        (values, a, b, isLowOpen, isHighOpen) => {
          const column = sealNumbers(Float64Array.from(values));
          expect(values.map((_, at) => numberAt(column, at) + 0)).toEqual(values.map((one) => one + 0));
          const low = Number.isNaN(a) ? Number.NEGATIVE_INFINITY : a;
          const high = Number.isNaN(b) ? Number.POSITIVE_INFINITY : b;
          const into = newBits(values.length);
          markWithin(column, { low, high, isLowOpen, isHighOpen }, { domain: fullBits(values.length), into });
          const wanted = values.flatMap((one, at) =>
            (isLowOpen ? one > low : one >= low) && (isHighOpen ? one < high : one <= high) ? [at] : [],
          );
          expect([...positionsOf(into)].filter((at) => at < values.length)).toEqual(wanted);
        },
      ),
      { numRuns: 800 },
    );
  });
});

describe('words', () => {
  it('keeps every word apart, finds all that begin alike, and comes back from what was saved', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 })),
        fc.string(),
        (words, prefix) => {
          const terms = new TermDictionary();
          const ids = words.map((word) => terms.add(word));
          expect(new Set(ids).size).toBe(words.length);
          const restored = TermDictionary.of(terms.state());
          expect(words.map((word) => restored.idOf(word))).toEqual(ids);
          expect(ids.map((id) => restored.termOf(id))).toEqual(words);
          if (prefix === '') return;
          expect(terms.idsWithPrefix(prefix).map((id) => terms.termOf(id))).toEqual(
            words.filter((word) => word.startsWith(prefix)),
          );
        },
      ),
    );
  });

  it('reads plain text by the short way just as by the long one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        // A letter outside ASCII makes the whole text go the long way.
        expect(tokenise(text)).toEqual(tokenise(`${text} é`).slice(0, -1));
      }),
    );
  });

  it('names the nearest words by edits, then by the alphabet', () => {
    const terms = new TermDictionary();
    for (const word of ['vegan', 'vega', 'began', 'pagan', 'oat']) terms.add(word);
    expect(nearestWords('vegam', terms).map((id) => terms.termOf(id))).toEqual(['vega', 'vegan']);
    expect(nearestWords('vegqn', terms).map((id) => terms.termOf(id))).toEqual(['vegan']);
    expect(nearestWords('oa', terms)).toEqual([]);
  });
});

describe('slips', () => {
  it('finds what comparing with every word finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é', '1'), minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 40 }), word, (words, wanted) => {
        const terms = new TermDictionary();
        for (const one of words) terms.add(one);
        const most = slipsAllowed(wanted);
        const ranked = words
          .map((one) => ({ one, edits: editDistance(wanted, one, 9) }))
          .filter(({ edits }) => most > 0 && edits <= most);
        const least = Math.min(...ranked.map(({ edits }) => edits));
        const nearest = ranked.filter(({ edits }) => edits === least).map(({ one }) => one);
        expect(nearestWords(wanted, terms).map((id) => terms.termOf(id))).toEqual(nearest.sort().slice(0, 3));
      }),
      { numRuns: 500 },
    );
  });
});

describe('questions meant to break it', () => {
  const index = new CreatorIndex();
  index.load(
    Array.from({ length: 200 }, (_, at) =>
      creatorNamed(`per_${String(at).padStart(3, '0')}`, { captions: ['aaaa oat'] }),
    ),
  );
  index.finishLoad();

  it('takes expressions, endless words and 10,000 letters as words, in no time', () => {
    for (const text of ['(a+)+$', `${'a'.repeat(9_999)}!`, '(.*)*'.repeat(2000), '"'.repeat(5000), '-'.repeat(9000)]) {
      const startedMs = performance.now();
      expect(answerOf(index, { text, tolerant: true }).indexed).toBe(200);
      expect(performance.now() - startedMs).toBeLessThan(2000);
    }
  });

  it('finds emoji and words written from right to left', () => {
    index.apply({
      creators: [creatorNamed('per_rtl', { name: 'مطبخ سارة', captions: ['خبز اليوم 🥐'] })],
      removedIds: [],
    });
    expect(answerOf(index, { text: 'خبز 🥐' }).rows.map((row) => row.personId)).toEqual(['per_rtl']);
    expect(answerOf(index, { text: '"مطبخ سارة"' }).total).toBe(1);
  });
});

describe('changes while segments are merged', () => {
  it('keeps the newest state of everybody, whenever a merge begins and ends', () => {
    const changes = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 40 }), kind: fc.constantFrom('change', 'remove', 'flush', 'work') }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(changes, (steps) => {
        const one = new CreatorIndex(new MemoryDisplayStore());
        const living = new Map<string, string>();
        steps.forEach(({ at, kind }, step) => {
          const id = `per_${String(at).padStart(3, '0')}`;
          if (kind === 'change') {
            living.set(id, `name ${step}`);
            one.apply({ creators: [creatorNamed(id, { name: `name ${step}` })], removedIds: [] });
          } else if (kind === 'remove') {
            living.delete(id);
            one.apply({ creators: [], removedIds: [id] });
          } else if (kind === 'flush') one.state();
          else one.work(0.01);
        });
        const rows = answerOf(one, { limit: 100, sort: { field: 'creator', direction: 'asc' } }).rows;
        expect(rows.map((row) => [row.personId, row.name])).toEqual([...living].sort(([a], [b]) => (a < b ? -1 : 1)));
        expect(one.size).toBe(living.size);
      }),
      { numRuns: 200 },
    );
  });
});
