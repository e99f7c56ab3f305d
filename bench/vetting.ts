import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiApp } from '#app/api.ts';
import { type Core, openCore } from '#app/core.ts';
import { createClient } from '#client/client.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { newId } from '#kernel/id.ts';
import { addFollowerSample, getCreator } from '#modules/creators/api.ts';
import {
  downloadPdf,
  getRun,
  getVettingRules,
  previewVettingRules,
  runVetting,
  startRun,
} from '#modules/vetting/api.ts';
import { classifyComment } from '#modules/vetting/index.ts';
import { type Bench, type BenchOptions, type BenchResult, median } from './bench.ts';
import { benchNow, bringCreators, commentTexts, sampledAccounts } from './vetting/creators.ts';

const rounds = 5;
const defaultSize = 2000;
const sampledFollowers = 1000;
const commentsOfOne = 500;
const commentsARound = 20_000;
const runMax = 10_000;
/** Runs of more creators than this are timed twice, so that the bench ends in its ten minutes. */
const largeFrom = 4000;
const largeRounds = 2;

/**
 * `scored_per_s`: creators a second whose stored signals are read, weighed and judged again (as a preview of other rules does).
 * `vetted_per_s`: creators a second from stored posts, history and figures to a stored report (as a run does), reading and writing counted.
 * `run_rss_growth_mb`: the most that memory grew while they ran, PostgreSQL's own apart; `--size 10000` is one run of the largest size.
 * `report_ms`: one report of a creator with 1,000 sampled followers and 500 comments, computed and stored. `pdf_ms`: that report as PDF, after the first.
 * `comments_per_s`: comments classified on one core. All through the API in this process, on a durable database of its own.
 */
export const vettingBench: Bench = { name: 'vetting', run: (options) => runVettingBench(options) };

async function runVettingBench({ size, tell }: BenchOptions): Promise<BenchResult> {
  const creators = Math.min(size ?? defaultSize, runMax);
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-bench-vetting-'));
  const log = createLogger('error');
  const server = await openEmbeddedPostgres({ dataDir, log });
  try {
    const core = await openCore({
      config: readConfig({ RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error' }),
      adminUrl: server.adminUrl,
      secret: randomBytes(32).toString('hex'),
      log,
      clock: { now: () => benchNow },
    });
    try {
      return await measure(core, { creators, tell });
    } finally {
      await core.stop();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(core: Core, what: { creators: number; tell(line: string): void }): Promise<BenchResult> {
  const { creators, tell } = what;
  const workspaceId = newId('workspace');
  await core.infra.db.asSystem((tx) =>
    tx.insertInto('workspace').values({ id: workspaceId, slug: 'bench', name: 'bench' }).execute(),
  );
  const client = clientOf(core);
  const personIds = await bringCreators(core, workspaceId, creators);
  tell(`${creators} creators with posts and history are in`);
  const { rates: vetted, growthMb } = await timeRuns(client, personIds);
  tell(`vetted ${vetted.map((one) => Math.round(one)).join(', ')} a second`);
  const scored = await timePreviews(client, creators);
  tell(`scored again ${scored.map((one) => Math.round(one)).join(', ')} a second`);
  const personId = await fullCreator(core, client, { workspaceId, personId: personIds[0] ?? '' });
  const report = await timeRounds(() => client.call(runVetting, { personId }));
  const pdf = await timeRounds(async () => (await client.open(downloadPdf, { personId })).arrayBuffer());
  let round = 0;
  const context = { creatorHandle: 'bench_creator_0', brandHandles: ['kettlemoth'] };
  const comments = await timeRounds(async () => {
    round += 1;
    for (const text of commentTexts(commentsARound, round)) classifyComment(text, context);
  });
  return {
    params: {
      creators,
      rounds,
      postsEach: 12,
      sampledFollowers,
      comments: commentsOfOne,
      database: 'embedded, durable',
    },
    figures: {
      scored_per_s: Math.round(median(scored)),
      vetted_per_s: Math.round(median(vetted)),
      run_rss_growth_mb: growthMb,
      comments_per_s: Math.round(commentsARound / (median(comments) / 1000)),
      report_ms: tenth(median(report)),
      pdf_ms: tenth(median(pdf)),
    },
  };
}

type Client = ReturnType<typeof clientOf>;

function clientOf(core: Core) {
  const app = createApiApp(core);
  return createClient({
    baseUrl: core.infra.config.publicUrl,
    fetch: async (request) => app.fetch(request),
    apiKey: core.infra.localToken,
    workspace: () => 'bench',
  });
}

/** Creators a second of whole runs: the first stores new reports, the others find the same results again. */
async function timeRuns(client: Client, personIds: string[]): Promise<{ rates: number[]; growthMb: number }> {
  const rates: number[] = [];
  const before = process.memoryUsage().rss;
  let top = before;
  const runs = personIds.length > largeFrom ? largeRounds : rounds;
  for (let round = 0; round < runs; round += 1) {
    const startedAt = performance.now();
    let run = await client.call(startRun, { personIds });
    while (run.state === 'waiting' || run.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      run = await client.call(getRun, { runId: run.id });
      top = Math.max(top, process.memoryUsage().rss);
    }
    if (run.state !== 'done' || (run.counts.failed ?? 0) > 0)
      throw new Error(`The run ended as ${JSON.stringify(run)}`);
    rates.push(personIds.length / ((performance.now() - startedAt) / 1000));
  }
  return { rates, growthMb: Math.round((top - before) / 2 ** 20) };
}

async function timePreviews(client: Client, creators: number): Promise<number[]> {
  const rules = await client.call(getVettingRules, {});
  const weights = rules.weights.map(({ signal, min, max, unknown }) => ({
    signal,
    min,
    max: signal === 'cadence' ? 1 : max,
    unknown,
  }));
  const times = await timeRounds(async () => {
    const preview = await client.call(previewVettingRules, { weights, verdict: rules.verdict });
    if (preview.creators !== creators) throw new Error(`Only ${preview.creators} of ${creators} were scored`);
  });
  return times.map((ms) => creators / (ms / 1000));
}

/** Milliseconds of each round, after one that warms up. */
async function timeRounds(run: () => Promise<unknown>): Promise<number[]> {
  await run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await run();
    times.push(performance.now() - startedAt);
  }
  return times;
}

/** Gives one creator all that a report looks at: sampled followers and comments. */
async function fullCreator(core: Core, client: Client, of: { workspaceId: string; personId: string }): Promise<string> {
  const { workspaceId, personId } = of;
  const person = await client.call(getCreator, { personId });
  const profileId = person.profiles[0]?.id ?? '';
  await client.call(addFollowerSample, {
    personId,
    profileId,
    takenAt: benchNow.toISOString(),
    source: 'bench file',
    method: 'random 1,000 of all followers',
    accounts: sampledAccounts(sampledFollowers),
  });
  await core.infra.db.inWorkspace(workspaceId, async (tx) => {
    const posts = await tx
      .selectFrom('post')
      .select('id')
      .where('workspace_id', '=', workspaceId)
      .where('profile_id', '=', profileId)
      .orderBy('id')
      .execute();
    const comments = commentTexts(commentsOfOne).map((text, at) => ({
      workspace_id: workspaceId,
      id: newId('comment', benchNow.getTime() - at),
      post_id: posts[at % posts.length]?.id ?? '',
      external_id: `bench-${at}`,
      author_handle: `reader_${at % 320}`,
      text,
      commented_at: new Date(benchNow.getTime() - at * 600_000),
      source: 'bench file',
    }));
    await tx.insertInto('comment').values(comments).execute();
  });
  await core.modules.vetting.readAllComments(workspaceId);
  return personId;
}

const tenth = (value: number) => Math.round(value * 10) / 10;
