import type { IndexedCreator } from './rules/indexed-creator.ts';

/** Creators on their way to the thread that indexes them. */
export interface PackedCreators {
  /** Lists of creators without the numbers of their vectors: each short enough to be read between two questions. */
  lists: string[];
  /** The numbers of all vectors, one after the other. */
  vectors: Int8Array;
}

const creatorsPerList = 100;

type Packed = Omit<IndexedCreator, 'vector'> & { vector: { model: string; scale: number; length: number } | null };

/** As text: copying a creator's hundred small values one by one takes the two threads four times as long as writing and reading them. */
export function packCreators(creators: readonly IndexedCreator[]): PackedCreators {
  const vectors = new Int8Array(creators.reduce((sum, { vector }) => sum + (vector?.values.length ?? 0), 0));
  let used = 0;
  const packed = creators.map((creator): Packed => {
    const { vector } = creator;
    if (vector === null || vector === undefined) return { ...creator, vector: null };
    vectors.set(vector.values, used);
    used += vector.values.length;
    return { ...creator, vector: { model: vector.model, scale: vector.scale, length: vector.values.length } };
  });
  const lists: string[] = [];
  for (let from = 0; from < packed.length; from += creatorsPerList)
    lists.push(JSON.stringify(packed.slice(from, from + creatorsPerList)));
  return { lists, vectors };
}

/** The creators, list by list. Vectors are views of the bytes that came. */
export function* unpackCreators({ lists, vectors }: PackedCreators): Generator<IndexedCreator[]> {
  let used = 0;
  for (const list of lists) {
    // Only `packCreators` writes these texts, in the same process.
    yield (JSON.parse(list) as Packed[]).map((creator) => {
      const { vector } = creator;
      if (vector === null) return { ...creator, vector };
      const values = vectors.subarray(used, used + vector.length);
      used += vector.length;
      return { ...creator, vector: { model: vector.model, scale: vector.scale, values } };
    });
  }
}
