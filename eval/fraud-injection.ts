import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#kernel/errors.ts';
import { commentTiming } from '#modules/vetting/rules/growth/comment-timing.ts';
import { burstStrength } from '#modules/vetting/rules/growth/find-bursts.ts';
import { findSteps, paceOf, spikeStrength } from '#modules/vetting/rules/growth/find-steps.ts';
import type { SeriesPoint } from '#modules/vetting/rules/subject.ts';
import type { Eval } from './eval.ts';
import { seededRandom } from './interval.ts';
import { type RankedCase, rankFigures } from './rank-figures.ts';
import { readTable, readText } from './read-rows.ts';
import {
  aPost,
  buyLikes,
  buyViews,
  injectDrip,
  injectSpike,
  simulateComments,
  simulatePosts,
} from './simulate-fraud.ts';
import { measureViral, type PostsOfCreator } from './viral-posts.ts';

/** Injections a series: five lots of different size and day. */
const drawsEach = 5;
const simulatedCreators = 400;
/** Shorter series cannot hold a spike and its fall. */
const pointsNeeded = 8;

const seriesColumns = {
  growth_micro_daily: ['Date', 'creator', 'Platform', 'Follower_Count'],
  growth_stelive_followers: ['date', 'member_id', 'follower_count'],
};
const seriesNames = ['growth_micro_daily.csv', 'growth_micro_daily.csv.gz'];
const postsNames = ['posts_gvsi.jsonl', 'posts_gvsi.jsonl.gz'];

const postLine = z.object({
  handle: z.string(),
  shortcode: z.string().nullish(),
  date: z.string().nullable(),
  tags: z.array(z.string()).nullish(),
  mentions: z.array(z.string()).nullish(),
  caption: z.string().nullish(),
  likes: z.number().min(0).nullable(),
});

/**
 * Bought followers put into real series, bought reactions and pods in a simulator, and real viral posts that must not be taken for fraud.
 * `data` is a CSV of daily followers, a posts file, or a folder with both; beside a file the other one is measured too when it lies in the same
 * folder. Nothing of the method is fitted, so `--train` changes nothing but the name of the protocol.
 */
export const fraudInjectionEval: Eval = {
  task: 'fraud-injection',
  run: async ({ data, train, seed }) => {
    const files = await findFiles(data);
    const series = files.series === null ? null : await readSeries(files.series);
    const posts = files.posts === null ? null : await readPosts(files.posts);
    const viral = posts === null ? null : measureViral(posts, seed);
    return {
      protocol: train === null ? 'shipped' : 'fresh',
      n: files.isPosts ? (viral?.viral_posts ?? 0) : (series?.length ?? 0),
      figures: {
        ...(series === null ? {} : measureSeries(series, seed)),
        simulated: simulate(seed),
        ...(viral ?? {}),
        measured_on: {
          series: files.series === null ? null : basename(files.series),
          posts: files.posts === null ? null : basename(files.posts),
        },
      },
    };
  },
};

function measureSeries(series: readonly SeriesPoint[][], seed: number): Record<string, unknown> {
  const random = seededRandom(seed);
  const spiked = series.map((clean) => ({
    clean,
    fraud: Array.from({ length: drawsEach }, () => injectSpike(clean, random)),
  }));
  const strengths = spiked.map(
    ({ clean, fraud }): RankedCase => ({
      clean: [spikeStrength(clean) ?? 0],
      fraud: fraud.map((one) => spikeStrength(one) ?? 0),
    }),
  );
  const drips = series.map(
    (clean): RankedCase => ({ clean: [paceOf(clean) ?? 0], fraud: [paceOf(injectDrip(clean)) ?? 0] }),
  );
  const { auc: dripAuc, auc_lo: dripLow, auc_hi: dripHigh } = rankFigures(drips, seed);
  const hasJump = (points: readonly SeriesPoint[]) => findSteps(points).some((step) => step.excess > 0);
  return {
    ...rankFigures(strengths, seed),
    drip_auc: dripAuc,
    drip_auc_lo: dripLow,
    drip_auc_hi: dripHigh,
    rule_recall: shareOf(spiked.flatMap(({ fraud }) => fraud.map(hasJump))),
    rule_false_alarms: shareOf(series.map(hasJump)),
  };
}

/** A simulator shows only that a rule sees what it was built to see. */
function simulate(seed: number): Record<string, Record<string, number>> {
  const random = seededRandom(seed);
  const cases = (clean: () => number, fraud: () => number) =>
    Array.from({ length: simulatedCreators }, (): RankedCase => ({ clean: [clean()], fraud: [fraud()] }));
  const podScore = (hasPod: boolean) => commentTiming(simulateComments(hasPod, random), '')?.share ?? 0;
  const withoutViews = () => simulatePosts(random).map((post) => ({ ...post, views: null }));
  const likes = cases(
    () => burstStrength(withoutViews(), 'likes') ?? 0,
    () => burstStrength(buyLikes(withoutViews(), random), 'likes') ?? 0,
  );
  const views = cases(
    () => burstStrength(simulatePosts(random), 'views') ?? 0,
    () => burstStrength(buyViews(simulatePosts(random), random), 'views') ?? 0,
  );
  const pods = cases(
    () => podScore(false),
    () => podScore(true),
  );
  return {
    pods: rankFigures(pods, seed),
    like_bursts: rankFigures(likes, seed),
    view_bots: rankFigures(views, seed),
  };
}

const shareOf = (hits: readonly boolean[]) => hits.filter(Boolean).length / hits.length;

interface Files {
  series: string | null;
  posts: string | null;
  /** The file that was named is the one with posts. */
  isPosts: boolean;
}

async function findFiles(data: string): Promise<Files> {
  const isFolder = await stat(data).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const folder = isFolder ? data : dirname(data);
  const inFolder: string[] = await readdir(folder).catch(() => []);
  const beside = (names: readonly string[]) => {
    const name = names.find((one) => inFolder.includes(one));
    return name === undefined ? null : join(folder, name);
  };
  if (!isFolder) {
    const isPosts = (await readText(data)).trimStart().startsWith('{');
    return isPosts
      ? { series: beside(seriesNames), posts: data, isPosts }
      : { series: data, posts: beside(postsNames), isPosts };
  }
  const files = { series: beside(seriesNames), posts: beside(postsNames), isPosts: false };
  if (files.series === null && files.posts === null)
    throw new AppError(
      'invalid',
      'eval.unknown_format',
      `${data} has neither ${seriesNames[0]} nor ${postsNames[0]}. Known: a CSV of ${seriesColumns.growth_micro_daily.join(', ')} or a posts file with one JSON object a line (handle, date, likes).`,
    );
  return { ...files, isPosts: files.series === null };
}

async function readSeries(path: string): Promise<SeriesPoint[][]> {
  const rows = await readTable(path, seriesColumns);
  const byAccount = new Map<string, Map<string, number>>();
  for (const [at, row] of rows.entries()) {
    const day = (row.Date ?? row.date ?? '').slice(0, 10);
    const account = row.creator === undefined ? (row.member_id ?? '') : `${row.creator} ${row.Platform}`;
    const text = row.Follower_Count ?? row.follower_count ?? '';
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < 0 || Number.isNaN(Date.parse(day)))
      throw new AppError(
        'invalid',
        'eval.bad_row',
        `${path}, row ${at + 2}: "${day}", "${text}" is not a day and a count of followers from 0 on.`,
      );
    const points = byAccount.get(account) ?? new Map<string, number>();
    points.set(day, Math.max(value, points.get(day) ?? 0));
    byAccount.set(account, points);
  }
  const series = [...byAccount.values()].map((points) =>
    [...points].map(([day, value]) => ({ day, value })).sort((a, b) => (a.day < b.day ? -1 : 1)),
  );
  return series.filter((points) => points.length >= pointsNeeded);
}

async function readPosts(path: string): Promise<PostsOfCreator[]> {
  const lines = (await readText(path)).split('\n');
  const byHandle = new Map<string, PostsOfCreator>();
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const parsed = postLine.safeParse(parseJson(line));
    if (!parsed.success)
      throw new AppError(
        'invalid',
        'eval.bad_row',
        `${path}, line ${at + 1}, ${parsed.error.issues[0]?.path.join('.') || 'line'}: ${parsed.error.issues[0]?.message ?? 'is not a post'}. Known: handle, date, likes, caption, tags, mentions.`,
      );
    const { handle, shortcode, date, tags, mentions, caption, likes } = parsed.data;
    const group = byHandle.get(handle) ?? { handle, posts: [] };
    group.posts.push(
      aPost(group.posts.length, {
        id: shortcode ?? `${handle} ${group.posts.length}`,
        postedAt: date,
        caption: caption ?? null,
        hashtags: tags ?? [],
        mentions: mentions ?? [],
        likes,
      }),
    );
    byHandle.set(handle, group);
  }
  return [...byHandle.values()];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
