// The program with its front door and the index of one workspace, in a process of its own, so that its memory is the index's alone.
// Started by discovery.ts, which tells it what to do by messages.
import { openCore } from '#app/core.ts';
import { openFrontDoor } from '#app/serve.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import type { SearchQuery, Tier } from '../../src/modules/discovery/api.ts';
import type { NearestQuery } from '../../src/modules/discovery/search-engine.ts';

export type IndexTask =
  | { kind: 'open'; workspaceId: string }
  | { kind: 'save' }
  | { kind: 'forget'; workspaceId: string }
  | { kind: 'search'; workspaceId: string; query: SearchQuery; tiers: Tier[] }
  | { kind: 'nearest'; workspaceId: string; query: NearestQuery; tiers: Tier[] }
  | { kind: 'rss' }
  | { kind: 'stop' };

/** `ms` is how long the task took here, without the way between the processes. */
export interface IndexTaskDone {
  ms: number;
  hits: number;
  rssMb: number;
  creators: number;
  port: number;
  error: string | null;
}

const core = await openCore({
  config: readConfig(process.env),
  adminUrl: process.env.BENCH_ADMIN_URL ?? '',
  secret: process.env.BENCH_SECRET ?? '',
  localToken: process.env.BENCH_TOKEN ?? '',
  log: createLogger('warn'),
});
const door = await openFrontDoor('127.0.0.1', 0);
door.open(core, '');
const { index } = core.modules.discovery;

async function run(task: IndexTask): Promise<{ hits: number; creators: number }> {
  switch (task.kind) {
    case 'open': {
      await index.warm(task.workspaceId);
      const progress = index.progress(task.workspaceId);
      if (progress.state !== 'ready') throw new Error(`The index is not ready but ${progress.state}`);
      return { hits: 0, creators: progress.creators };
    }
    case 'save':
      await index.saveAll();
      break;
    case 'forget':
      await index.forget(task.workspaceId);
      break;
    case 'search':
      return { hits: (await index.search(task.workspaceId, task.query, task.tiers)).total, creators: 0 };
    case 'nearest':
      return { hits: (await index.nearest(task.workspaceId, task.query, task.tiers)).length, creators: 0 };
    case 'rss':
      break;
    case 'stop':
      await door.close(1000);
      await core.stop();
  }
  return { hits: 0, creators: 0 };
}

process.on('message', async ({ id, task }: { id: number; task: IndexTask }) => {
  const startedMs = performance.now();
  const done: IndexTaskDone = { ms: 0, hits: 0, creators: 0, rssMb: 0, port: door.port, error: null };
  try {
    Object.assign(done, await run(task));
  } catch (error) {
    done.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  done.ms = performance.now() - startedMs;
  done.rssMb = process.memoryUsage.rss() / 2 ** 20;
  process.send?.({ id, done }, () => {
    if (task.kind === 'stop') process.exit(0);
  });
});
// Whoever started it is gone: there is nobody to measure for.
process.on('disconnect', () => process.exit(1));
process.send?.('ready');
