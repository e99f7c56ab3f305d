// Fits the distributions of the sample workspace to real public figures and writes parameters.json beside this file.
// Run: node models/sample/fit.ts FOLDER, with influencers_ksb.csv, creators_gvsi.jsonl, posts_gvsi.jsonl.gz and growth_micro_daily.csv.
// Only summaries over hundreds of accounts leave this script, rounded; no row, handle or text does.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { linearRegression, mean, median, sampleCorrelation, standardDeviation } from 'simple-statistics';
import { z } from 'zod';
import type { SampleParameters } from '#app/sample/parameters.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Name the folder of the data sets.');
const shares = Array.from({ length: 19 }, (_, at) => (at + 1) * 0.05);

const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const accounts = z
  .array(
    z.object({
      category: z.string(),
      followers: z.coerce.number(),
      followees: z.coerce.number(),
      posts: z.coerce.number(),
    }),
  )
  .parse(parse(text('influencers_ksb.csv'), { columns: true }));

const creatorSchema = z.object({ handle: z.string(), followers: z.number().nullable() });
const creators = text('creators_gvsi.jsonl')
  .trim()
  .split('\n')
  .map((line) => creatorSchema.parse(JSON.parse(line)));

const postSchema = z.object({
  handle: z.string(),
  date: z.coerce.date(),
  is_video: z.boolean(),
  carousel: z.boolean(),
  tags: z.array(z.string()),
  mentions: z.array(z.string()),
  caption: z.string().nullable(),
  likes: z.number().nullable(),
});
type Post = z.infer<typeof postSchema>;
const posts = gunzipSync(readFileSync(join(folder, 'posts_gvsi.jsonl.gz')))
  .toString('utf8')
  .trim()
  .split('\n')
  .map((line) => postSchema.parse(JSON.parse(line)));

function quantiles(values: number[], digits = 2): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return shares.map((share) => Number((sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toPrecision(digits)));
}

function round(value: number, digits = 4): number {
  return Number(value.toFixed(digits));
}

function fitAccounts(): SampleParameters['accounts'] {
  const byNiche = Map.groupBy(accounts, (row) => row.category);
  const log = (value: number) => Math.log(value + 1);
  return {
    n: accounts.length,
    niches: [...byNiche].map(([niche, rows]) => ({
      niche,
      share: round(rows.length / accounts.length),
      followers: quantiles(rows.map((row) => row.followers)),
    })),
    following: quantiles(accounts.map((row) => row.followees)),
    postCount: quantiles(accounts.map((row) => row.posts)),
    followersWithPostCount: round(
      sampleCorrelation(
        accounts.map((row) => log(row.followers)),
        accounts.map((row) => log(row.posts)),
      ),
    ),
    followersWithFollowing: round(
      sampleCorrelation(
        accounts.map((row) => log(row.followers)),
        accounts.map((row) => log(row.followees)),
      ),
    ),
  };
}

function fitEngagement(): SampleParameters['engagement'] {
  const byHandle = Map.groupBy(posts, (post) => post.handle);
  const points: [number, number][] = [];
  const within: number[] = [];
  for (const { handle, followers } of creators) {
    const likes = (byHandle.get(handle) ?? []).map((post) => post.likes ?? 0).filter((value) => value > 0);
    if (followers === null || followers < 1000 || likes.length < 8) continue;
    points.push([Math.log(followers), Math.log(median(likes) / followers)]);
    within.push(standardDeviation(likes.map(Math.log)));
  }
  const line = linearRegression(points);
  const rests = points.map(([x, y]) => y - (line.m * x + line.b));
  return {
    n: points.length,
    slope: round(line.m),
    intercept: round(line.b),
    creatorSd: round(standardDeviation(rests)),
    postSd: quantiles(within),
  };
}

function fitPosts(): SampleParameters['posts'] {
  const gapDays: number[] = [];
  for (const own of Map.groupBy(posts, (post) => post.handle).values()) {
    const times = own.map((post) => post.date.getTime()).sort((a, b) => a - b);
    const gaps = times.slice(1).map((time, at) => (time - (times[at] ?? time)) / 86_400_000);
    if (gaps.length >= 5) gapDays.push(mean(gaps));
  }
  const share = (test: (post: Post) => boolean) => round(posts.filter(test).length / posts.length);
  return {
    n: posts.length,
    gapDays: quantiles(gapDays),
    video: share((post) => post.is_video),
    carousel: share((post) => post.carousel),
    hashtags: quantiles(posts.map((post) => post.tags.length)),
    mentions: quantiles(posts.map((post) => post.mentions.length)),
    captionChars: quantiles(posts.map((post) => (post.caption ?? '').length)),
    labelled: share((post) =>
      /#(ad|ads|advert|advertisement|sponsored|sponsor|sp|spon|paid|paidpartnership|anzeige|werbung|publicidad|gifted)\b/i.test(
        post.caption ?? '',
      ),
    ),
    weekday: [0, 1, 2, 3, 4, 5, 6].map((day) => share((post) => post.date.getUTCDay() === day)),
  };
}

function fitGrowth(): SampleParameters['growth'] {
  const rowSchema = z.object({
    Date: z.string(),
    creator: z.string(),
    Platform: z.string(),
    Follower_Count: z.coerce.number(),
  });
  const rows = z.array(rowSchema).parse(parse(text('growth_micro_daily.csv'), { columns: true }));
  const daily: number[] = [];
  for (const series of Map.groupBy(rows, (row) => `${row.creator} ${row.Platform}`).values()) {
    const counts = series.toSorted((a, b) => a.Date.localeCompare(b.Date)).map((row) => row.Follower_Count);
    for (const [at, count] of counts.entries()) {
      const before = counts[at - 1];
      if (before !== undefined && before >= 500 && count > 0) daily.push(Math.log(count / before));
    }
  }
  return { n: daily.length, dailyLog: quantiles(daily, 3) };
}

const parameters: SampleParameters = {
  accounts: fitAccounts(),
  engagement: fitEngagement(),
  posts: fitPosts(),
  growth: fitGrowth(),
};
writeFileSync(new URL('./parameters.json', import.meta.url), `${JSON.stringify(parameters, null, 2)}\n`);
