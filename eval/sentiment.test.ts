import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#kernel/errors.ts';
import { loadSentimentLists } from '#modules/vetting/text/load-sentiment.ts';
import { packSentiment } from '#modules/vetting/text/sentiment-model.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import { fitLabels, fitRatings, toWeights } from '../models/sentiment/fit.ts';
import { type EmojiRow, makeEmoji } from '../models/sentiment/make-emoji.ts';
import { readTable } from './read-rows.ts';
import { sentimentEval } from './sentiment.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-sentiment-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const options = { train: null, seed: 7, label: null, expect: null };

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function refusalOf(data: string, train: string | null = null): Promise<string> {
  const error = await sentimentEval.run({ ...options, data, train }).catch((thrown: unknown) => thrown);
  if (error instanceof AppError) return error.message;
  throw new Error(`Expected a refusal, got ${String(error)}`);
}

// Invented.
const labelled = `lang,label,text
english,positive,I love this so much
english,negative,this is awful and I hate it
en,neutral,the shop opens at nine
german,positive,wunderschön und toll
german,negative,so ein Schrott
german,neutral,der Laden öffnet um neun
`;
const rated = `id,mean_sentiment,text
1,3,I love this so much
2,-3,this is awful and I hate it
3,0,the shop opens at nine
4,1.5,quite nice
5,-1,a bit boring
`;

describe('measuring sentiment', () => {
  it('reads labels with languages by name or code, and gives each language its figures', async () => {
    const data = await fileOf('labels.csv', labelled);
    const { protocol, n, figures } = await sentimentEval.run({ ...options, data });
    expect({ protocol, n }).toEqual({ protocol: 'shipped', n: 6 });
    expect(figures.per_language).toMatchObject({ en: { n: 3 }, de: { n: 3 } });
    expect(figures.accuracy).toBeGreaterThan(0.6);
  });

  it('reads mean ratings, and learns from a file of the same kind', async () => {
    const data = await fileOf('ratings.csv', rated);
    expect((await sentimentEval.run({ ...options, data })).figures.pearson).toBeGreaterThan(0.9);
    const fresh = await sentimentEval.run({ ...options, data, train: data });
    expect(fresh.protocol).toBe('fresh');
    expect(fresh.figures.pearson).toBeGreaterThan(0.9);
  });

  it('refuses an unknown header, a label of no class, a rating of no number and two files of two kinds, and says where', async () => {
    expect(await refusalOf(await fileOf('x.csv', 'a,b\n1,2\n'))).toContain('sentiment_semeval');
    expect(await refusalOf(await fileOf('l.csv', 'label,text\npositive,a\nhappy,b\n'))).toContain(
      'row 3, label: "happy"',
    );
    expect(await refusalOf(await fileOf('r.csv', 'mean_sentiment,text\nmuch,b\n'))).toContain('row 2, mean_sentiment');
    const one = await fileOf('one.csv', labelled);
    const other = await fileOf('other.csv', rated);
    expect(await refusalOf(one, other)).toContain('give two of a kind');
  });
});

describe('training', () => {
  it('gives the same bytes for the same rows', () => {
    const lists = loadSentimentLists();
    const rows = ['love it', 'hate it', 'it is there', 'so good', 'so bad', 'a table'].map((text, at) => ({
      text,
      language: 'en',
      label: [2, 0, 1][at % 3] ?? 1,
    }));
    const ratings = rows.map(({ text, label }) => ({ text, rating: label - 1 }));
    const train = () => packSentiment(toWeights(fitLabels(rows, lists), fitRatings(ratings, lists, null), 1));
    expect(train().equals(train())).toBe(true);
  });
});

const emojiFile = sharedData('labelled/emoji_sentiment.csv');
const tweets = sharedData('labelled/sentiment_semeval.csv.gz');
if (emojiFile === null || tweets === null) console.log('skipped: no shared data');

describe.skipIf(emojiFile === null || tweets === null)('on the real sets', () => {
  it('the list of emoji comes out as it ships', async () => {
    const rows = await readTable(emojiFile ?? '', { emoji: ['Emoji', 'Negative', 'Neutral', 'Positive'] });
    const read = (name: string) => readFile(new URL(`../models/sentiment/${name}`, import.meta.url), 'utf8');
    const made = makeEmoji(
      rows.map(
        (row): EmojiRow => ({
          Emoji: row.Emoji ?? '',
          Negative: row.Negative ?? '',
          Neutral: row.Neutral ?? '',
          Positive: row.Positive ?? '',
        }),
      ),
      await read('own-emoji.txt'),
    );
    expect(made).toBe(await read('emoji.tsv'));
  });

  it('what ships, which never saw these tweets, finds the classes far better than the word list of VADER', async () => {
    const rows = await readTable(tweets ?? '', { tweets: ['label', 'text'] });
    const some = rows.filter((_, at) => at % 25 === 0);
    const csv = some.map((row) => `${row.label},"${(row.text ?? '').replaceAll('"', '""')}"`).join('\n');
    const { figures } = await sentimentEval.run({
      ...options,
      data: await fileOf('tweets.csv', `label,text\n${csv}\n`),
    });
    expect(figures.macro_recall).toBeGreaterThan(0.59);
    expect(figures.baselines).toMatchObject({ vader_english: { n: some.length } });
  });
});
