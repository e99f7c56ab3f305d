import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#kernel/errors.ts';
import { watchDefaults, watchSeries } from '#modules/vetting/rules/growth/watch-series.ts';
import { quantile } from '../bench/bench.ts';
import type { Eval } from './eval.ts';
import { seededRandom } from './interval.ts';
import { type NabResult, type NabWindow, normaliseNab, probationRows, scoreFile } from './nab-score.ts';
import { readTable } from './read-rows.ts';

const resamples = 1000;
/** What a fitted threshold may be; the shipped one was chosen from the same grid. */
const surprisesTried = [1.6, 1.8, 2, 2.1, 2.2, 2.3, 2.4, 2.6];
const restsTried = [0.2, 0.3, 0.4, 0.5, 0.6];
const formats = { nab_series: ['timestamp', 'value'] };
const windowsSchema = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

interface Series {
  name: string;
  windows: NabWindow[];
  learningRows: number;
  /** Surprise a row; thresholds are tried on it without computing it again. */
  surprises: number[];
}

interface Settings {
  surpriseNeeded: number;
  restShare: number;
}

/** Labelled anomalies in streams of counts and costs, by NAB's standard profile at one fixed threshold. */
export const growthAnomalyEval: Eval = {
  task: 'growth-anomaly',
  run: async ({ data, train, seed }) => {
    const settings = train === null ? watchDefaults : fitSettings(await readFolder(train));
    const series = await readFolder(data);
    const results = series.map((one) => resultOf(one, settings));
    return {
      protocol: train === null ? 'shipped' : 'fresh',
      n: series.length,
      figures: {
        ...withIntervals(results, seed),
        windows: results.reduce((sum, one) => sum + one.windows, 0),
        false_alarms: results.reduce((sum, one) => sum + one.falseAlarms, 0),
        surprise_needed: settings.surpriseNeeded,
        rest_share: settings.restShare,
        per_series: Object.fromEntries(series.map((one, at) => [one.name, normaliseNab(results.slice(at, at + 1))])),
      },
    };
  },
};

function resultOf({ surprises, windows, learningRows }: Series, { surpriseNeeded, restShare }: Settings): NabResult {
  const restRows = Math.round(restShare * learningRows);
  const alarms: number[] = [];
  let restUntil = learningRows;
  surprises.forEach((surprise, row) => {
    if (row < restUntil || surprise < surpriseNeeded) return;
    alarms.push(row);
    restUntil = row + restRows;
  });
  return scoreFile({ rows: surprises.length, windows, alarms });
}

/** The settings whose neighbours on the grid do best together: a lone peak is luck. */
function fitSettings(series: readonly Series[]): Settings {
  const scores = surprisesTried.map((surpriseNeeded) =>
    restsTried.map((restShare) => normaliseNab(series.map((one) => resultOf(one, { surpriseNeeded, restShare })))),
  );
  let best = { score: Number.NEGATIVE_INFINITY, settings: { ...watchDefaults } as Settings };
  for (const [row, surpriseNeeded] of surprisesTried.entries())
    for (const [column, restShare] of restsTried.entries()) {
      const around = [-1, 0, 1].flatMap((up) =>
        [-1, 0, 1].flatMap((along) => scores[row + up]?.[column + along] ?? []),
      );
      const score = around.reduce((sum, one) => sum + one, 0) / around.length;
      if (score > best.score) best = { score, settings: { surpriseNeeded, restShare } };
    }
  return best.settings;
}

function measure(results: readonly NabResult[]): Record<string, number> {
  const found = results.reduce((sum, one) => sum + one.found, 0);
  const windows = results.reduce((sum, one) => sum + one.windows, 0);
  const falseAlarms = results.reduce((sum, one) => sum + one.falseAlarms, 0);
  const delays = results.flatMap((one) => one.delays);
  return {
    nab_score: normaliseNab(results),
    precision: found + falseAlarms === 0 ? 0 : found / (found + falseAlarms),
    recall: found / windows,
    delay: delays.reduce((sum, one) => sum + one, 0) / delays.length,
  };
}

/** Interval by drawing whole series, since rows of one series are not independent. */
function withIntervals(results: readonly NabResult[], seed: number): Record<string, number> {
  const random = seededRandom(seed);
  const drawn = Array.from({ length: resamples }, () =>
    measure(results.map((one) => results[Math.floor(random() * results.length)] ?? one)),
  );
  const figures: Record<string, number> = {};
  for (const [key, value] of Object.entries(measure(results))) {
    const values = drawn.map((one) => one[key] ?? Number.NaN).filter((one) => Number.isFinite(one));
    figures[key] = value;
    figures[`${key}_lo`] = quantile(values, 0.025);
    figures[`${key}_hi`] = quantile(values, 0.975);
  }
  return figures;
}

async function readFolder(folder: string): Promise<Series[]> {
  const labels = await readWindows(folder);
  const present = (await readdir(folder)).filter((name) => /\.csv(\.gz)?$/.test(name)).sort();
  const wanted = new Map(Object.entries(labels).map(([name, windows]) => [basename(name), windows]));
  const series: Series[] = [];
  for (const file of present) {
    const windows = wanted.get(file.replace(/\.gz$/, '')) ?? wanted.get(file);
    if (windows !== undefined) series.push(await readSeries(join(folder, file), windows));
  }
  if (series.length === 0)
    throw new AppError('invalid', 'eval.no_file', `${folder}: windows.json names no series that is there as CSV.`);
  return series;
}

async function readWindows(folder: string): Promise<z.infer<typeof windowsSchema>> {
  const path = join(folder, 'windows.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new AppError(
      'invalid',
      'eval.unknown_format',
      `${folder} has no windows.json. Known: a folder with nab_series (CSV of timestamp, value) and windows.json.`,
    );
  });
  const parsed = windowsSchema.safeParse(parseJson(text));
  if (!parsed.success)
    throw new AppError(
      'invalid',
      'eval.unknown_format',
      `${path}: is not an object of file name to list of [first, last] times.`,
    );
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function readSeries(path: string, windows: readonly (readonly [string, string])[]): Promise<Series> {
  const rows = await readTable(path, formats);
  const read = rows.map((row, at) => {
    const time = timeOf(row.timestamp ?? '');
    const value = Number(row.value);
    if (!Number.isFinite(time) || row.value?.trim() === '' || !Number.isFinite(value) || value < 0)
      throw new AppError(
        'invalid',
        'eval.bad_row',
        `${path}, row ${at + 2}: "${row.timestamp}", "${row.value}" is not a time and a number from 0 on.`,
      );
    return { time, value };
  });
  const times = read.map(({ time }) => time);
  const learningRows = probationRows(read.length);
  const watch = watchSeries({ learningRows });
  return {
    name: basename(path).replace(/\.csv(\.gz)?$/, ''),
    learningRows,
    surprises: read.map(({ value }) => watch.push(value).surprise),
    windows: windows.map(([from, to]) => ({
      first: times.findIndex((time) => time >= timeOf(from)),
      last: times.findLastIndex((time) => time <= timeOf(to)),
    })),
  };
}

/** NAB writes its times without a zone, some with six digits behind the second. */
function timeOf(text: string): number {
  return Date.parse(`${text.trim().replace(' ', 'T').slice(0, 19)}Z`);
}
