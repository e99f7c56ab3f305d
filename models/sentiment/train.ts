import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTable } from '../../eval/read-rows.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { readEmoji, readValenceWords } from '../../src/modules/vetting/text/read-valence-words.ts';
import { packSentiment } from '../../src/modules/vetting/text/sentiment-model.ts';
import type { Model } from '../model.ts';
import { describeTexts, fitLabels, fitRatings, temperatureOf, toWeights } from './fit.ts';
import { type EmojiRow, makeEmoji } from './make-emoji.ts';
import { readSentimentRows } from './read-sentiment-rows.ts';

const here = (name: string) => new URL(name, import.meta.url);
const emojiColumns = ['Emoji', 'Negative', 'Neutral', 'Positive'];

/** emoji.tsv and weights.bin from emoji_sentiment.csv, sentiment_xlmt.csv.gz and sentiment_vader_tweets.csv; words.tsv is made by make-words.ts. */
export const sentimentModel: Model = {
  name: 'sentiment',
  train: async ({ data, seed, tell }) => {
    const table = await readTable(join(data, 'emoji_sentiment.csv'), { emoji_sentiment: emojiColumns });
    const rows = table.map(
      (row): EmojiRow => ({
        Emoji: row.Emoji ?? '',
        Negative: row.Negative ?? '',
        Neutral: row.Neutral ?? '',
        Positive: row.Positive ?? '',
      }),
    );
    const emojiText = makeEmoji(rows, await readFile(here('own-emoji.txt'), 'utf8'));
    await writeFile(here('emoji.tsv'), emojiText);
    const words = readValenceWords(await readFile(here('words.tsv'), 'utf8'));
    const lists = { words, emoji: readEmoji(emojiText) };
    const labelled = await readSentimentRows(join(data, 'sentiment_xlmt.csv.gz'));
    const rated = await readSentimentRows(join(data, 'sentiment_vader_tweets.csv'));
    if (labelled.kind !== 'labels' || rated.kind !== 'ratings')
      throw new AppError('invalid', 'eval.unknown_format', `${data}: the files of sentiment are swapped.`);
    const temperature = temperatureOf(describeTexts(labelled.rows, lists), seed);
    tell(`sentiment: temperature ${temperature} over texts left out.`);
    const fitted = fitLabels(labelled.rows, lists);
    const strength = fitRatings(rated.rows, lists, { fitted, temperature });
    const bytes = packSentiment(toWeights(fitted, strength, temperature));
    await writeFile(here('weights.bin'), bytes);
    tell(`sentiment: ${labelled.rows.length} labelled and ${rated.rows.length} rated texts, ${bytes.length} bytes.`);
  },
};
