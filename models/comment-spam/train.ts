import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSpamCases } from '../../eval/comment-spam.ts';
import { packLinearTextModel } from '../fit/fit-linear.ts';
import type { Model } from '../model.ts';
import { fitSpam, inventedCases } from './fit.ts';

/** weights.bin from comment_spam_youtube.csv (CC BY 4.0) and the invented comments beside comment-quality. */
export const commentSpamModel: Model = {
  name: 'comment-spam',
  train: async ({ data, seed, tell }) => {
    const cases = await readSpamCases(join(data, 'comment_spam_youtube.csv'));
    const model = fitSpam([...cases, ...inventedCases()], seed);
    const bytes = packLinearTextModel(model);
    await writeFile(new URL('weights.bin', import.meta.url), bytes);
    tell(`comment-spam: ${cases.length} comments, temperature ${model.temperature}, ${bytes.length} bytes.`);
  },
};
