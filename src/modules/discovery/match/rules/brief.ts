import type { LearntTopic } from '../../api.ts';
import { foldText } from '../../rules/tokens.ts';
import type { Encoded } from './encode-text.ts';
import { countTerms } from './sparse.ts';
import { learnTopics, type TopicModel } from './topics.ts';
import { rankOfModel, type WordModel } from './word-model.ts';
import { wordsOfText } from './words-of-text.ts';

export interface Brief {
  /** Names the question: the same text, brands and examples have the same key. */
  key: string;
  words: number;
  wordsKnown: number;
  counts: Map<string, number>;
  vector: Float32Array | null;
  topics: LearntTopic[];
  /** Handles in lower case without @. */
  brands: string[];
}

interface Reading {
  encode(text: string): Encoded;
  topics: TopicModel;
  model: WordModel;
}

const brandsMax = 20;

/** What a brief says: words, topics, a vector, and the brands it names with @. */
export function readBrief(given: { text: string; brands: string[]; examples: string[] }, by: Reading): Brief {
  const read = wordsOfText(given.text, rankOfModel(by.model));
  const encoded = by.encode(given.text);
  const counts = countTerms(read.words);
  const named = given.brands.map((brand) => foldText(brand.trim()).replace(/^@/, ''));
  const brands = [...new Set([...named, ...read.mentions])].filter((brand) => brand !== '').slice(0, brandsMax);
  return {
    key: keyOf([
      given.text.replace(/\s+/g, ' ').trim(),
      [...brands].sort().join(' '),
      [...given.examples].sort().join(' '),
    ]),
    words: encoded.words,
    wordsKnown: encoded.wordsKnown,
    counts,
    vector: encoded.values,
    topics: learnTopics(by.topics, counts),
    brands,
  };
}

/** 16 hexadecimal digits: two FNV-1a hashes with different seeds. It names, it does not protect. */
function keyOf(parts: readonly string[]): string {
  const text = parts.join('\u0000');
  return [0x811c9dc5, 0x9747b28c].map((seed) => fnv(text, seed).toString(16).padStart(8, '0')).join('');
}

function fnv(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
