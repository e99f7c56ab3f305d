import { type MentionCloseness, mentionCloseness } from './co-mentions.ts';
import { centroid, cosine, countTerms, documentCounts, dot, rarity, type Sparse, weighted } from './sparse.ts';

/** What matching reads of one creator. */
export interface TasteDocument {
  id: string;
  /** Words of name, bio and captions with how often they stand there. */
  words: ReadonlyMap<string, number>;
  hashtags: ReadonlySet<string>;
  /** Accounts mentioned, and the creator's own handles. */
  accounts: ReadonlySet<string>;
  /** Unit vector of the words; null when too few are known. */
  vector: Float32Array | null;
}

/** How usual terms are, learnt from many creators of the workspace. */
export interface Background {
  documents: number;
  words: ReadonlyMap<string, number>;
  hashtags: ReadonlyMap<string, number>;
  /** How much a word tells in the language at large, 0 to 1: a small workspace cannot know that "and" says nothing. */
  weightOf: (word: string) => number;
  /** Mean of the vectors: what all creators have in common. */
  mean: Float32Array | null;
}

export const tasteFeatures = ['words', 'vector', 'direct', 'walk', 'second', 'hashtags'] as const;
export type TasteFeature = (typeof tasteFeatures)[number];
export type TasteWeights = Record<TasteFeature, number>;
export const contentFeatures: readonly TasteFeature[] = ['words', 'vector'];

/** Chosen by cross-validation over brands; see docs/methods/matching.md. On standardised features. */
export const shippedTasteWeights: TasteWeights = {
  words: 0.4,
  vector: 0.4,
  direct: 0.55,
  walk: 0.8,
  second: 0.3,
  hashtags: 0.25,
};

export interface Wanted {
  examples: ReadonlySet<string>;
  /** Words and vector of a brief; null when there is none. */
  brief: { words: Sparse; vector: Float32Array | null } | null;
  /** Accounts not looked at. */
  without?: ReadonlySet<string>;
}

export type TasteRow = Record<TasteFeature, number | null>;

export function backgroundOf(documents: readonly TasteDocument[], weightOf: (word: string) => number): Background {
  const vectors = documents.flatMap((document) => (document.vector === null ? [] : [document.vector]));
  return {
    documents: documents.length,
    words: documentCounts(documents.map((document) => document.words.keys())),
    hashtags: documentCounts(documents.map((document) => document.hashtags)),
    weightOf,
    mean: vectors.length === 0 ? null : meanOf(vectors),
  };
}

function wordRarity(background: Background): (word: string) => number {
  const here = rarity(background.words, background.documents);
  return (word) => here(word) * background.weightOf(word);
}

/** The words of examples and brief as one direction, rare ones more; examples together weigh as much as the brief. */
export function wantedWords(
  examples: readonly TasteDocument[],
  briefWords: Sparse | null,
  background: Background,
): Map<string, number> {
  const rarityOfWord = wordRarity(background);
  return centroid([
    ...examples.map(({ words }) => ({ vector: weighted(words, rarityOfWord), weight: 1 / examples.length })),
    ...(briefWords === null ? [] : [{ vector: weighted(briefWords, rarityOfWord), weight: 1 }]),
  ]);
}

/** How close each creator of the pool is to what is wanted, feature by feature; null where nothing is known of either side. */
export function tasteOf(
  pool: readonly TasteDocument[],
  wanted: Wanted,
  background: Background,
  mentions: ReadonlyMap<string, MentionCloseness> = mentionCloseness(
    pool.map(({ id, accounts }) => ({ id, accounts })),
    wanted.examples,
    wanted.without,
  ),
): Map<string, TasteRow> {
  const rarityOfWord = wordRarity(background);
  const rarityOfTag = rarity(background.hashtags, background.documents);
  const read = pool.map((document) => ({
    document,
    words: weighted(document.words, rarityOfWord),
    hashtags: weighted(countTerms(document.hashtags), rarityOfTag),
    vector: document.vector === null ? null : minus(document.vector, background.mean),
  }));
  const examples = read.filter(({ document }) => wanted.examples.has(document.id));
  const targetWords = wantedWords(
    examples.map(({ document }) => document),
    wanted.brief?.words ?? null,
    background,
  );
  const targetTags = centroid(examples.map(({ hashtags }) => ({ vector: hashtags, weight: 1 })));
  const vectors = examples.flatMap(({ vector }) => (vector === null ? [] : [vector]));
  const targetVector = sumOf([
    ...(vectors.length === 0 ? [] : [toUnitVector(meanOf(vectors))]),
    ...(wanted.brief?.vector ? [wanted.brief.vector] : []),
  ]);
  return new Map(
    read.map(({ document, words, hashtags, vector }) => {
      const closeness = examples.length > 0 && document.accounts.size > 0 ? mentions.get(document.id) : undefined;
      return [
        document.id,
        {
          words: targetWords.size === 0 || words.size === 0 ? null : dot(targetWords, words),
          vector: targetVector === null || vector === null ? null : cosine(targetVector, vector),
          direct: closeness?.direct ?? null,
          walk: closeness?.walk ?? null,
          second: closeness?.second ?? null,
          hashtags: targetTags.size === 0 || hashtags.size === 0 ? null : dot(targetTags, hashtags),
        },
      ];
    }),
  );
}

/** Among few creators a hair's breadth would count as much as a world: below these a deviation is not believed. */
const deviationMin: TasteWeights = { words: 0.03, vector: 0.1, direct: 0.02, walk: 0.1, second: 0.02, hashtags: 0.02 };

/** Standard scores within the pool; what is not known stands at 0, the middle. */
export function standardise(rows: readonly TasteRow[]): Record<TasteFeature, number>[] {
  const scales = new Map(
    tasteFeatures.map((feature) => {
      const known = rows.flatMap((row) => row[feature] ?? []);
      const mean = known.reduce((sum, value) => sum + value, 0) / (known.length || 1);
      const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length || 1);
      return [feature, { mean, deviation: Math.max(deviationMin[feature], Math.sqrt(variance)) }] as const;
    }),
  );
  const score = (row: TasteRow, feature: TasteFeature) => {
    const value = row[feature];
    const scale = scales.get(feature);
    return value === null || scale === undefined ? 0 : (value - scale.mean) / scale.deviation;
  };
  return rows.map((row) => ({
    words: score(row, 'words'),
    vector: score(row, 'vector'),
    direct: score(row, 'direct'),
    walk: score(row, 'walk'),
    second: score(row, 'second'),
    hashtags: score(row, 'hashtags'),
  }));
}

/** Weighted sum of some features of each row. */
export function sumFeatures(
  rows: readonly Record<TasteFeature, number>[],
  features: readonly TasteFeature[],
  weights: TasteWeights,
): number[] {
  return rows.map((row) => features.reduce((sum, feature) => sum + weights[feature] * row[feature], 0));
}

export function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  return sum.map((value) => value / (vectors.length || 1));
}

function sumOf(vectors: readonly Float32Array[]): Float32Array | null {
  return vectors.length === 0 ? null : meanOf(vectors);
}

function minus(vector: Float32Array, mean: Float32Array | null): Float32Array {
  return mean === null ? vector : toUnitVector(vector.map((value, i) => value - (mean[i] ?? 0)));
}

function toUnitVector(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return vector.map((value) => value / length);
}
