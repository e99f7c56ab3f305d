import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectPlatform, listConnectionTasks } from '#modules/creators/api.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { openReplayServer, type ReplayServer } from '#tests/support/replay-server.ts';
import { replayChannel } from '#tests/support/youtube-replay.ts';

const channels = 12;
const killsMin = 5;
const roundsMax = 40;
/** A channel of two pages takes: itself, two pages of uploads with their videos, comments of five videos. */
const requestsOfOne = 1 + 2 * 2 + 5;

let test: TestCore;
let server: ReplayServer;

beforeAll(async () => {
  server = await openReplayServer();
  test = await openTestCore({ fetch: server.fetch });
});
afterAll(async () => {
  await test.close();
  await server.close();
});

function startReader(workspaceId: string, round: number): { child: ChildProcess; output: () => string } {
  const script = fileURLToPath(new URL('../support/read-connection.ts', import.meta.url));
  const args = ['--disable-warning=ExperimentalWarning', script, test.database.adminUrl, workspaceId, server.host];
  const child = spawn(process.execPath, [...args, String(round * 2)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return { child, output: () => output };
}

it('a reading killed with -9 again and again ends with everything read once, asking again only for the step it was in', async () => {
  const workspaceId = await test.database.createWorkspace('killed');
  const client = test.client('killed');
  const whole = replayChannel();
  server.answer(async (request) => {
    // Slow enough to be killed in the middle, wherever that is; each channel has videos of its own.
    await new Promise((resolve) => setTimeout(resolve, 15));
    return whole(request);
  });
  await client.call(connectPlatform, { platform: 'youtube', values: { apiKey: 'AIza-good' } });
  // Straight into the table: no job of the open core may read before the processes that are killed do.
  const wanted = Array.from({ length: channels }, (_, at) => `baker${at}`);
  await test.database.db.inWorkspace(workspaceId, (tx) =>
    tx
      .insertInto('connection_task')
      .values(
        wanted.map((target) => ({
          workspace_id: workspaceId,
          platform: 'youtube',
          kind: 'profile',
          target,
          state: 'waiting',
          due_at: new Date(),
          asked_by_name: 'test',
          asked_at: new Date(),
        })),
      )
      .execute(),
  );
  server.requests.length = 0;
  let kills = 0;
  let isDone = false;
  for (let round = 1; round <= roundsMax && !isDone; round += 1) {
    const { child, output } = startReader(workspaceId, round);
    const closed = once(child, 'close');
    const before = server.requests.length;
    const killAt = kills < killsMin + 3 ? before + 3 + Math.floor(Math.random() * 14) : Number.POSITIVE_INFINITY;
    while (child.exitCode === null && server.requests.length < killAt)
      await new Promise((resolve) => setTimeout(resolve, 2));
    isDone = output().includes('done');
    if (!isDone && child.exitCode === null) {
      kills += 1;
      child.kill('SIGKILL');
    }
    await closed;
    isDone ||= output().includes('done');
  }
  expect(kills).toBeGreaterThanOrEqual(killsMin);
  const { rows } = await client.call(listConnectionTasks, { platform: 'youtube', limit: 100 });
  expect(rows.map((row) => [row.state, row.counts.newPosts, row.counts.posts, row.counts.comments])).toEqual(
    wanted.map(() => ['done', 100, 100, 10]),
  );
  const counted = await test.database.db.asSystem((tx) =>
    tx
      .selectFrom('post')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirst(),
  );
  expect(counted?.n).toBe(BigInt(channels * 100));
  const asked = server.requests.filter((request) => request.path.startsWith('/youtube/v3/')).length;
  // A step has two requests at most: so many may be asked again for each kill.
  expect(asked).toBeLessThanOrEqual(channels * requestsOfOne + kills * 2);
  process.stdout.write(
    `killed ${kills} times: ${asked} requests for ${channels * requestsOfOne}, ${counted?.n} posts\n`,
  );
});
