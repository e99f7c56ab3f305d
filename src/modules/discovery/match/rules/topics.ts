import type { LearntTopic } from '../../api.ts';
import type { WordModel } from './word-model.ts';

/** One topic of the taxonomy: what it is called, and the words that tell it. */
export interface TopicSeed {
  topic: string;
  name: string;
  group: string;
  words: string[];
}

export interface TopicModel {
  seeds: TopicSeed[];
  /** How much a word speaks for each topic, by place in `seeds`; nothing for words that speak for none. */
  votesOf(word: string): readonly Vote[];
}

export interface Vote {
  topic: number;
  strength: number;
}

/** Below this cosine to a prototype a word that is no seed says nothing about the topic. Chosen on handles, by cross-validation. */
const affinityMin = 0.5;
/** A word near a prototype counts at most so much of a seed word. */
const affinityMost = 0.5;
const votesMax = 3;
/** Evidence that stands for "none of these": little text gives small shares. */
const doubt = 1;
const shareMin = 0.1;
const topicsMax = 5;
const wordsShown = 6;

/** Prototypes are the means of the vectors of the seed words; seed words are the same for every encoder, so topics need no training. */
export function topicModel(seeds: readonly TopicSeed[], model: WordModel): TopicModel {
  const own = new Map<string, number[]>();
  seeds.forEach((seed, topic) => {
    for (const word of seed.words) own.set(word, [...(own.get(word) ?? []), topic]);
  });
  const prototypes = seeds.map((seed) => meanVector(seed.words, model));
  const known = new Map<string, readonly Vote[]>();
  const votesOf = (word: string): readonly Vote[] => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const seeded = own.get(word);
    const votes =
      seeded === undefined
        ? nearTopics(vectorOf(word, model), prototypes)
        : seeded.map((topic) => ({ topic, strength: 1 / Math.sqrt(seeded.length) }));
    known.set(word, votes);
    return votes;
  };
  return { seeds: [...seeds], votesOf };
}

/**
 * Topics by what the words of a creator speak for: each word counts ln(1 + times) times how much it speaks for a topic; a topic's share is its sum
 * over the sum of all topics and 1 for doubt. Topics under a tenth are not told, at most five are.
 */
export function learnTopics(model: TopicModel, words: ReadonlyMap<string, number>): LearntTopic[] {
  const evidence = topicEvidence(model, words);
  const total = evidence.reduce((sum, one) => sum + one.sum, 0) + doubt;
  return evidence
    .map(({ sum, words: speaking }, at) => ({
      topic: model.seeds[at]?.topic ?? '',
      name: model.seeds[at]?.name ?? '',
      share: Math.round((sum / total) * 1000) / 1000,
      words: speaking
        .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
        .slice(0, wordsShown)
        .map(({ word }) => word),
    }))
    .filter((one) => one.share >= shareMin)
    .sort((a, b) => b.share - a.share || (a.topic < b.topic ? -1 : 1))
    .slice(0, topicsMax);
}

/** What speaks for each topic, by place in the taxonomy. */
export function topicEvidence(
  model: TopicModel,
  words: ReadonlyMap<string, number>,
): { sum: number; words: { word: string; weight: number }[] }[] {
  const evidence = model.seeds.map(() => ({ sum: 0, words: [] as { word: string; weight: number }[] }));
  for (const [word, times] of words) {
    for (const { topic, strength } of model.votesOf(word)) {
      const weight = strength * Math.log1p(times);
      const one = evidence[topic];
      if (one === undefined) continue;
      one.sum += weight;
      one.words.push({ word, weight });
    }
  }
  return evidence;
}

/** Share of topics two have in common: the sum over topics of the smaller share, over that of the one asked for. */
export function topicOverlap(wanted: readonly LearntTopic[], has: readonly LearntTopic[]): number | null {
  const total = wanted.reduce((sum, one) => sum + one.share, 0);
  if (total === 0 || has.length === 0) return null;
  const shares = new Map(has.map((one) => [one.topic, one.share]));
  const hasTotal = has.reduce((sum, one) => sum + one.share, 0);
  return wanted.reduce((sum, one) => sum + Math.min(one.share / total, (shares.get(one.topic) ?? 0) / hasTotal), 0);
}

function nearTopics(vector: Float32Array | null, prototypes: readonly (Float32Array | null)[]): Vote[] {
  if (vector === null) return [];
  return prototypes
    .flatMap((prototype, topic) => {
      const near = prototype === null ? 0 : product(vector, prototype);
      return near < affinityMin ? [] : [{ topic, strength: (affinityMost * (near - affinityMin)) / (1 - affinityMin) }];
    })
    .sort((a, b) => b.strength - a.strength)
    .slice(0, votesMax);
}

function vectorOf(word: string, model: WordModel): Float32Array | null {
  const place = model.places.get(word);
  if (place === undefined) return null;
  return unit(Float32Array.from(model.values.subarray(place * model.dims, (place + 1) * model.dims)));
}

function meanVector(words: readonly string[], model: WordModel): Float32Array | null {
  const vectors = words.flatMap((word) => vectorOf(word, model) ?? []);
  if (vectors.length === 0) return null;
  const sum = new Float32Array(model.dims);
  for (const vector of vectors) for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  return unit(sum);
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(product(vector, vector)) || 1;
  return vector.map((value) => value / length);
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
