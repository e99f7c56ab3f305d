import { writeFile } from 'node:fs/promises';
import { packLinearTextModel } from '../fit/fit-linear.ts';
import type { Model } from '../model.ts';
import { readKindCorpus } from './corpus.ts';
import { fitKinds } from './fit.ts';

/** weights.bin from corpus.txt and words.txt beside it; no other data is read. */
export const commentQualityModel: Model = {
  name: 'comment-quality',
  isSelfContained: true,
  train: async ({ seed, tell }) => {
    const cases = readKindCorpus();
    const model = fitKinds(cases, seed);
    const bytes = packLinearTextModel(model);
    await writeFile(new URL('weights.bin', import.meta.url), bytes);
    tell(`comment-quality: ${cases.length} comments, temperature ${model.temperature}, ${bytes.length} bytes.`);
  },
};
