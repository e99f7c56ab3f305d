import { z } from 'zod';
import { readReferrer } from '#modules/tracking/rules/read-referrer.ts';
import type { Eval } from './eval.ts';
import { meanWithInterval } from './interval.ts';
import { readCases } from './read-rows.ts';

const text = z.string().nullish();
const caseSchema = z.looseObject({ uri: z.string(), medium: z.string(), source: text, term: text, spec: text });

/** Is each referring page told for what it is? accuracy: medium, site and search words all right; then each by itself. */
export const referersEval: Eval = {
  task: 'referers',
  run: async ({ data, seed }) => {
    const cases = await readCases(data, caseSchema, 'uri, medium, source and term');
    const judged = cases.map((row) => {
      const read = readReferrer(row.uri);
      const medium = Number(read.medium === row.medium);
      const source = Number(read.source === (row.source ?? null));
      const term = Number(read.term === (row.term ?? null));
      return { row, read, medium, source, term, all: medium * source * term };
    });
    const wrong = judged
      .filter((item) => item.all === 0)
      .map(({ row, read }) => ({ uri: row.uri.slice(0, 200), read }));
    return {
      protocol: 'shipped',
      n: judged.length,
      figures: {
        ...meanWithInterval(
          'accuracy',
          judged.map((item) => item.all),
          seed,
        ),
        ...meanWithInterval(
          'medium_accuracy',
          judged.map((item) => item.medium),
          seed,
        ),
        ...meanWithInterval(
          'source_accuracy',
          judged.map((item) => item.source),
          seed,
        ),
        ...meanWithInterval(
          'term_accuracy',
          judged.map((item) => item.term),
          seed,
        ),
        wrong: wrong.slice(0, 50),
      },
      cases: judged.map(({ row, read }, at) => ({
        id: row.spec ?? String(at + 1),
        prediction: read.medium,
        rule: read.source ?? '',
        span: read.term ?? '',
      })),
    };
  },
};
