import { AppError } from '#kernel/errors.ts';
import type { ShareModel } from '#modules/attribution/api.ts';
import { creditByData, creditByShare } from '../src/modules/attribution/rules/credit-paths.ts';
import type { CountedPath } from '../src/modules/attribution/rules/markov-credit.ts';
import { defaultTerms } from '../src/modules/attribution/rules/share-weights.ts';
import type { Eval } from './eval.ts';
import { readTable } from './read-rows.ts';

const formats = { paths: ['path', 'total_conversions', 'total_null'] };
const shareModels: Record<string, ShareModel> = {
  first: 'first',
  last: 'last',
  linear: 'linear',
  position40_20_40: 'position',
  time_decay: 'time_decay',
};
const dataModels = ['markov1', 'markov2', 'markov3', 'shapley'] as const;
// The half-life is one step of the path, since the file has no times.
const terms = { ...defaultTerms, firstPercent: 40, lastPercent: 40, halfLifeDays: 1 };

/** Orders credited to each channel of counted journeys by every model, with the rules the product itself uses. */
export const attributionEval: Eval = {
  task: 'attribution',
  run: async ({ data }) => {
    const { paths, names } = await readPaths(data);
    const credit: Record<string, Record<string, number>> = {};
    const sums: Record<string, number> = {};
    const say = (model: string, values: Float64Array) => {
      credit[model] = Object.fromEntries(names.map((name, at) => [name, values[at] ?? 0]));
      sums[model] = values.reduce((sum, value) => sum + value, 0);
    };
    for (const [name, model] of Object.entries(shareModels))
      say(name, creditByShare(paths, names.length, { model, terms }));
    for (const model of dataModels)
      say(model, creditByData(paths, names.length, model) ?? new Float64Array(names.length));
    return { protocol: 'shipped', n: paths.length, figures: { credit, sums } };
  },
};

async function readPaths(file: string): Promise<{ paths: CountedPath[]; names: string[] }> {
  const rows = await readTable(file, formats);
  const names = [...new Set(rows.flatMap((row) => channelsOf(row)))].sort();
  const numbers = new Map(names.map((name, at) => [name, at]));
  const paths = rows.map((row, at) => ({
    channels: channelsOf(row).map((name) => numbers.get(name) ?? 0),
    conversions: countOf(row, 'total_conversions', at),
    nulls: countOf(row, 'total_null', at),
  }));
  return { paths, names };
}

function channelsOf(row: Record<string, string>): string[] {
  return (row.path ?? '')
    .split('>')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function countOf(row: Record<string, string>, column: string, at: number): number {
  const value = Number(row[column]);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new AppError(
    'invalid',
    'eval.unknown_format',
    `Row ${at + 2}, ${column}: "${row[column]}" is no count. Write a number of 0 or more.`,
  );
}
