// The real program on a clock that the process that started it moves, by messages over the channel between them. Started by story-server.ts.
// The program's own entry, src/app/main.ts, knows no other clock than the machine's: see docs/decisions/0163-test-clock.md.
import type { Core } from '#app/core.ts';
import { runServer } from '#app/run-server.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import type { StoryAnswer, StoryRequest } from './story-channel.ts';

const settleTimeoutMs = 30_000;
const [startsAt = ''] = process.argv.slice(2);
let offsetMs = Date.parse(startsAt) - Date.now();
const clock = { now: () => new Date(Date.now() + offsetMs) };
const config = readConfig(process.env);
const log = createLogger(process.env.RAPPORT_LOG === undefined ? 'error' : config.logLevel);

async function act(core: Core, request: StoryRequest): Promise<void> {
  switch (request.kind) {
    case 'move':
      offsetMs = Math.max(offsetMs, request.toMs - Date.now());
      return;
    case 'run':
      await core.infra.jobs.runRecurring(request.jobs);
      await core.infra.outbox.settle(settleTimeoutMs);
      return;
    case 'settle':
      await core.infra.outbox.settle(settleTimeoutMs);
      return;
  }
}

function answer(is: StoryAnswer): void {
  process.send?.(is);
}

await runServer({
  config,
  log,
  withSample: false,
  clock,
  onReady: (core) => {
    process.on('message', (request: StoryRequest) => {
      act(core, request)
        .then(() => answer({ id: request.id, offsetMs, fault: null }))
        .catch((error: unknown) => answer({ id: request.id, offsetMs, fault: String(error) }));
    });
  },
});
