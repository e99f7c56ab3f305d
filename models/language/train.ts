import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLanguageCases } from '../../eval/language.ts';
import { packLinearTextModel } from '../fit/fit-linear.ts';
import type { Model } from '../model.ts';
import { commentCases, fitLanguages } from './fit.ts';
import { packTable } from './pack-table.ts';

const files = ['lid_eld_tweets.csv', 'sentiment_xlmt.csv.gz'];

/** runs.bin from the package eld, weights.bin from two open sets of tweets and the invented comments beside comment-quality. */
export const languageModel: Model = {
  name: 'language',
  train: async ({ data, seed, tell }) => {
    const runs = await packTable();
    await writeFile(new URL('runs.bin', import.meta.url), runs);
    const cases = (await Promise.all(files.map((name) => readLanguageCases(join(data, name))))).flat();
    const model = fitLanguages([...cases, ...commentCases()], seed);
    const bytes = packLinearTextModel(model);
    await writeFile(new URL('weights.bin', import.meta.url), bytes);
    tell(
      `language: ${cases.length} texts, temperature ${model.temperature}, ${runs.length} and ${bytes.length} bytes.`,
    );
  },
};
