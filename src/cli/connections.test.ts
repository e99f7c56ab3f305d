import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { openReplayServer, type ReplayServer } from '#tests/support/replay-server.ts';
import { replayChannel } from '#tests/support/youtube-replay.ts';
import { createProgram } from './program.ts';

let server: ReplayServer;
let core: TestCore;

beforeAll(async () => {
  server = await openReplayServer();
  server.answer(replayChannel(1));
  core = await openTestCore({ fetch: server.fetch });
  await core.database.createWorkspace('brand');
});
afterAll(async () => {
  await core.close();
  await server.close();
});

async function run(...args: string[]): Promise<string> {
  const out: string[] = [];
  const program = createProgram({
    connect: () => Promise.resolve((workspace) => core.client(workspace ?? undefined)),
    write: (text) => void out.push(text),
    writeError: () => undefined,
  });
  await program.parseAsync(['node', 'rapport', ...args, '--workspace', 'brand']);
  return out.join('');
}

test('a platform is connected, read, looked at and disconnected from the command line', async () => {
  expect(await run('connections', 'list')).toMatch(/youtube\s+off .*apiKey/);
  expect(await run('connections', 'connect', 'youtube', '--set', 'apiKey=AIza-good')).toBe('YouTube: connected\n');
  expect(await run('connections', 'test', 'youtube')).toBe('It works.\n');
  const asked = JSON.parse(
    await run('connections', 'sync', 'YouTube', '@oatandember', 'https://example.com/x', '--json'),
  );
  expect(asked).toMatchObject({ queued: 1, errors: [{ text: 'https://example.com/x' }] });
  await vi.waitFor(
    async () => expect(await run('connections', 'tasks', 'youtube')).toMatch(/profile\s+oatandember\s+done\s+50\s+10/),
    { timeout: 20_000, interval: 200 },
  );
  const listed = await run('connections', 'list', '--json');
  expect(JSON.parse(listed)).toEqual(
    expect.arrayContaining([expect.objectContaining({ platform: 'youtube', state: 'working' })]),
  );
  expect(listed).not.toContain('AIza-good');
  expect(await run('connections', 'disconnect', 'youtube')).toBe('youtube is off\n');
});

test('what is not understood is said before anything is asked', async () => {
  const before = server.requests.length;
  await expect(run('connections', 'test', 'friendster')).rejects.toThrow(/Known are youtube, instagram/);
  await expect(run('connections', 'connect', 'youtube', '--set', 'apiKey')).rejects.toThrow(/key=value/);
  await expect(run('connections', 'connect', 'youtube', '--refresh-days', 'x')).rejects.toThrow(/whole number/);
  await expect(run('connections', 'disconnect', 'tiktok')).rejects.toMatchObject({ code: 'creators.not_connected' });
  await expect(run('connections', 'sync', 'tiktok', '@somebody')).rejects.toMatchObject({ code: 'creators.bad_value' });
  expect(server.requests.length).toBe(before);
});
