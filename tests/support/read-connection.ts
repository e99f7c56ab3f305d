// Reads what is due of YouTube in a process of its own, for tests that kill it: node read-connection.ts ADMIN_URL WORKSPACE HOST MINUTES_LATER
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCore } from '#app/core.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { createConnectors } from '#integrations/connectors.ts';
import { runConnection } from '../../src/modules/creators/connectors/run-connection.ts';
import { testSecret } from './constants.ts';
import { replayFetch } from './replay-server.ts';

const [adminUrl = '', workspaceId = '', host = '', minutes = '0'] = process.argv.slice(2);
const fetch = replayFetch(host);
const config = readConfig({ RAPPORT_DATA: await mkdtemp(join(tmpdir(), 'rapport-read-')), RAPPORT_LOG: 'silent' });
// Later than whoever was killed before, so that its lease has run out.
const clock = { now: () => new Date(Date.now() + Number(minutes) * 60_000) };
const core = await openCore({ config, adminUrl, secret: testSecret, log: createLogger('silent'), clock, fetch });
process.stdout.write('reading\n');
const what = { workspaceId, platform: 'youtube' as const, signal: new AbortController().signal };
await runConnection(core.infra, createConnectors(fetch), what);
process.stdout.write('done\n');
await core.stop();
process.exit(0);
