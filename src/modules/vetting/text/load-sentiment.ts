import { readFileSync } from 'node:fs';
import { readEmoji, readValenceWords } from './read-valence-words.ts';
import { readSentiment, type SentimentWeights } from './sentiment-model.ts';
import type { ValenceWords } from './valence.ts';

/** Words and emoji with how they feel. */
export interface SentimentLists {
  words: ValenceWords;
  emoji: ReadonlyMap<string, number>;
}

let lists: SentimentLists | null = null;
let weights: SentimentWeights | null = null;

/** The lists of models/sentiment, read once when first asked for. */
export function loadSentimentLists(): SentimentLists {
  lists ??= { words: readValenceWords(read('words.tsv')), emoji: readEmoji(read('emoji.tsv')) };
  return lists;
}

/** The weights of models/sentiment, read once when first asked for. */
export function loadSentimentWeights(): SentimentWeights {
  weights ??= readSentiment(readFileSync(fileOf('weights.bin')));
  return weights;
}

function read(name: string): string {
  return readFileSync(fileOf(name), 'utf8');
}

const fileOf = (name: string) => new URL(`../../../../models/sentiment/${name}`, import.meta.url);
