import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sponsoredPoints } from '../../src/modules/vetting/rules/sponsored-score.ts';
import { minimise } from '../fit/minimise.ts';
import type { Model } from '../model.ts';
import { readWeakLabels } from './weak-labels.ts';

const decimals = 1e4;

/** Makes calibration.json: the two numbers that turn the points of a caption into a probability, and how many posts are sponsored at all. */
export const sponsoredModel: Model = {
  name: 'sponsored',
  train: async ({ data, tell }) => {
    const rows = await readWeakLabels(join(data, 'posts_gvsi.jsonl.gz'));
    const points = rows.map((row) => sponsoredPoints(row.caption, row.handle));
    const sponsored = rows.filter((row) => row.isSponsored).length;
    const fitted = minimise(
      (at, slope) => {
        const [by = 0, from = 0] = at;
        slope.fill(0);
        let loss = 0;
        rows.forEach((row, i) => {
          const sum = by * (points[i] ?? 0) + from;
          const wrong = 1 / (1 + Math.exp(-sum)) - Number(row.isSponsored);
          loss += Math.log1p(Math.exp(row.isSponsored ? -sum : sum));
          slope[0] = (slope[0] ?? 0) + wrong * (points[i] ?? 0);
          slope[1] = (slope[1] ?? 0) + wrong;
        });
        return loss;
      },
      Float64Array.of(1, -4),
      100,
    );
    const rounded = (value: number) => Math.round(value * decimals) / decimals;
    const calibration = {
      slope: rounded(fitted[0] ?? 1),
      intercept: rounded(fitted[1] ?? 0),
      baseRate: rounded(sponsored / rows.length),
      posts: rows.length,
      accounts: new Set(rows.map((row) => row.handle)).size,
    };
    writeFileSync(new URL('calibration.json', import.meta.url), `${JSON.stringify(calibration, null, 2)}\n`);
    tell(`calibration.json: ${JSON.stringify(calibration)}`);
  },
};
