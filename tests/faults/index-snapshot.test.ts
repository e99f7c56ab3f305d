import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Infra } from '#infra/module.ts';
import { defaultTiers } from '#modules/discovery/api.ts';
import { testSecret } from '#tests/support/constants.ts';
import { openTestCore, type TestCore } from '#tests/support/core.ts';
import { createPlainCreators } from '#tests/support/plain-creators.ts';
import { createIndexHost } from '../../src/modules/discovery/index-host.ts';

const creators = 4000;
let core: TestCore;
let workspaceId: string;

beforeAll(async () => {
  core = await openTestCore();
  workspaceId = await core.database.createWorkspace();
  await createPlainCreators(core.database.db, workspaceId, creators);
});
afterAll(() => core.close());

/** Everything an index answers, with the warnings of its start. */
async function answersOf(dataDir: string): Promise<{ answers: unknown; told: string[] }> {
  const { infra } = core.core;
  const told: string[] = [];
  const log = Object.create(infra.log) as Infra['log'];
  log.warn = ((about: { reason?: string }) => told.push(String(about.reason))) as never;
  const host = createIndexHost({ ...infra, log, config: { ...infra.config, dataDir } });
  const query = {
    filters: [],
    facets: ['platform', 'tier'],
    sort: { field: 'name', direction: 'asc' as const },
    limit: 500,
  };
  const answers: unknown[] = [];
  for (let cursor: string | undefined, page = 0; page < 10; page += 1) {
    const asked = cursor === undefined ? query : { ...query, cursor };
    const { tookMs: _took, ...answer } = await host.search(workspaceId, asked, defaultTiers);
    answers.push(answer);
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  // One that was read anew is being saved: stopped in the middle of it, it would leave a file of its own behind.
  await host.saveAll();
  await host.stop();
  return { answers, told };
}

// A save of this index takes some tens of milliseconds, and one follows the other.
for (const afterMs of [0, 3, 7, 12, 20, 33, 55, 90, 150]) {
  test(`kill -9 ${afterMs} ms into saving an index leaves one that answers as one read anew`, async () => {
    const { dataDir } = core.core.infra.config;
    const child = fork(fileURLToPath(new URL('./save-index.ts', import.meta.url)), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: {
        ...process.env,
        RAPPORT_DATA: dataDir,
        RAPPORT_LOG: 'error',
        FAULT_ADMIN_URL: core.database.adminUrl,
        FAULT_SECRET: testSecret,
        FAULT_WORKSPACE: workspaceId,
      },
    });
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    expect(message).toBe('saving');
    await sleep(afterMs);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const started = await answersOf(dataDir);
    // The old snapshot or the new one is whole; between overwriting texts that are gone and putting the new one in place it is told and read anew.
    expect(['', 'its texts have another checksum than was written']).toContain(started.told.join());
    const rebuilt = await answersOf(join(dataDir, `anew-${afterMs}`));
    expect(started.answers).toEqual(rebuilt.answers);
    // What the killed process left behind is gone.
    expect(readdirSync(join(dataDir, 'discovery')).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
}
