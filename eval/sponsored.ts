import { AppError } from '#kernel/errors.ts';
import calibration from '../models/sponsored/calibration.json' with { type: 'json' };
import { fitSponsored } from '../models/sponsored/fit-sponsored.ts';
import { sponsoredFeatures } from '../models/sponsored/sponsored-features.ts';
import { readWeakLabels, type SponsoredRow } from '../models/sponsored/weak-labels.ts';
import { scoreSponsored } from '../src/modules/vetting/rules/sponsored-score.ts';
import { scoreText } from '../src/modules/vetting/text/linear-text-model.ts';
import { classify } from './classify.ts';
import type { Eval } from './eval.ts';
import { readTable, readText } from './read-rows.ts';

const formats = { captions: ['caption', 'sponsored'] };

/** Which posts are paid for, by their text with the disclosure and all names cut out. */
export const sponsoredEval: Eval = {
  task: 'sponsored',
  run: async ({ data, train, seed }) => {
    const rows = await readRows(data);
    const labels = rows.map((row) => row.isSponsored);
    const likely =
      train === null ? rows.map((row) => shippedProbability(row)) : scoreFresh(await readRows(train), rows, seed);
    return {
      protocol: train === null ? 'shipped' : 'fresh',
      n: rows.length,
      figures: {
        ...classify(likely, labels, seed),
        positives: labels.filter(Boolean).length,
        labels: rows.some((row) => row.handle !== null) ? 'weak: disclosed in the caption' : 'as stated',
      },
    };
  },
};

/** Among posts as they come few are ads; a collection of labelled captions has about as many ads as others, so its odds are moved by that much. */
function shippedProbability({ caption, handle }: SponsoredRow): number {
  const { probability } = scoreSponsored(caption, handle);
  if (handle !== null) return probability;
  const odds = (probability / (1 - probability)) * ((1 - calibration.baseRate) / calibration.baseRate);
  return odds / (1 + odds);
}

function scoreFresh(training: readonly SponsoredRow[], rows: readonly SponsoredRow[], seed: number): number[] {
  const model = fitSponsored(training, seed);
  return rows.map((row) => scoreText(model, sponsoredFeatures(row.caption, row.handle))[1] ?? 0);
}

/** Posts as JSON lines, labelled by their own disclosure, or a CSV of captions with their labels; told by the first sign of the file. */
async function readRows(path: string): Promise<SponsoredRow[]> {
  const isJson = (await readText(path)).trimStart().startsWith('{');
  const rows = isJson ? await readWeakLabels(path) : await readCaptions(path);
  const sponsored = rows.filter((row) => row.isSponsored).length;
  if (sponsored === 0 || sponsored === rows.length)
    throw new AppError(
      'invalid',
      'eval.one_class',
      `${path}: ${sponsored} of ${rows.length} posts with a caption are sponsored. Both kinds are needed.`,
    );
  return rows;
}

async function readCaptions(path: string): Promise<SponsoredRow[]> {
  const rows = await readTable(path, formats);
  return rows.map((row, at) => {
    const label = (row.sponsored ?? '').trim().toLowerCase();
    if (!['true', 'false', '1', '0'].includes(label))
      throw new AppError(
        'invalid',
        'eval.bad_row',
        `${path}, row ${at + 2}, sponsored: "${row.sponsored}" is neither True nor False.`,
      );
    return { caption: row.caption ?? '', handle: null, isSponsored: label === 'true' || label === '1' };
  });
}
