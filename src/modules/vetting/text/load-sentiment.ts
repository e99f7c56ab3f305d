import { readFileSync } from 'node:fs';
import { readEmoji, readValenceWords } from './read-valence-words.ts';
import type { ValenceWords } from './valence.ts';

/** What `sentimentOf` reads with. */
export interface SentimentModel {
  words: ValenceWords;
  emoji: ReadonlyMap<string, number>;
}

let model: SentimentModel | null = null;

/** The files of models/sentiment, read once when first asked for. */
export function loadSentiment(): SentimentModel {
  model ??= { words: readValenceWords(read('words.tsv')), emoji: readEmoji(read('emoji.tsv')) };
  return model;
}

function read(name: string): string {
  return readFileSync(new URL(`../../../../models/sentiment/${name}`, import.meta.url), 'utf8');
}
