import { resolve } from 'node:path';
import { AppError } from '#kernel/errors.ts';
import { commentSpam, spamFeaturesOf } from '#modules/vetting/text/comment-spam.ts';
import { readCommentText } from '#modules/vetting/text/comment-text.ts';
import { scoreText } from '#modules/vetting/text/linear-text-model.ts';
import { fitSpam, type SpamCase } from '../models/comment-spam/fit.ts';
import { classify } from './classify.ts';
import type { Eval } from './eval.ts';
import { readTable } from './read-rows.ts';

const formats = { comment_spam_youtube: ['CONTENT', 'CLASS'] };

/**
 * Is a comment spam? `fresh` trains on the --train file; where that is the --data file itself, each video is judged by a model of the others.
 * Figures also per video where the file names them.
 */
export const commentSpamEval: Eval = {
  task: 'comment-spam',
  run: async ({ data, train, seed }) => {
    const cases = await readSpamCases(data);
    const likely =
      train === null ? cases.map(({ text }) => commentSpam(text)) : await judgeFresh(cases, { data, train, seed });
    const videos = [...new Set(cases.map(({ video }) => video))];
    const perVideo = videos.map((video) => {
      const own = cases.flatMap((one, at) =>
        one.video === video ? [Number((likely[at] ?? 0) >= 0.5 === one.isSpam)] : [],
      );
      return [video, { n: own.length, accuracy: own.reduce((sum, one) => sum + one, 0) / own.length }] as const;
    });
    return {
      protocol: train === null ? 'shipped' : 'fresh',
      n: cases.length,
      figures: {
        ...classify(
          likely,
          cases.map(({ isSpam }) => isSpam),
          seed,
        ),
        split: train !== null && isSame(data, train) ? 'each video by a model of the others' : 'all of the data file',
        per_video: Object.fromEntries(perVideo),
      },
    };
  },
};

async function judgeFresh(
  cases: readonly SpamCase[],
  { data, train, seed }: { data: string; train: string; seed: number },
): Promise<number[]> {
  const judge = (known: readonly SpamCase[]) => {
    const model = fitSpam(known, seed);
    return ({ text }: SpamCase) => scoreText(model, spamFeaturesOf(readCommentText(text)))[1] ?? 0;
  };
  if (!isSame(data, train)) return cases.map(judge(await readSpamCases(train)));
  const judges = new Map(
    [...new Set(cases.map(({ video }) => video))].map((video) => [
      video,
      judge(cases.filter((one) => one.video !== video)),
    ]),
  );
  return cases.map((one) => judges.get(one.video)?.(one) ?? 0);
}

const isSame = (a: string, b: string) => resolve(a) === resolve(b);

/** Comments of a file with the columns CONTENT and CLASS (1 spam, 0 not), and video where known. */
export async function readSpamCases(path: string): Promise<SpamCase[]> {
  const rows = await readTable(path, formats);
  return rows.map((row, at) => {
    if (row.CLASS !== '0' && row.CLASS !== '1')
      throw new AppError(
        'invalid',
        'eval.bad_row',
        `${path}, row ${at + 2}, CLASS: "${row.CLASS}" is neither 0 nor 1.`,
      );
    return { video: row.video ?? '', text: row.CONTENT ?? '', isSpam: row.CLASS === '1' };
  });
}
