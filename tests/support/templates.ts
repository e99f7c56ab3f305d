import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Core, openCore } from '#app/core.ts';
import { loadSample } from '#app/sample/load-sample.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { testSecret } from './constants.ts';
import { asAdmin, ensureTemplate, shareOwnership } from './database.ts';

const settleTimeoutMs = 120_000;

/** A database on which the program was started and stopped once, with nothing but the queues of its jobs to show for it. */
export function startedTemplate(): Promise<string> {
  const make = async (adminUrl: string) => {
    await runOnce(adminUrl, filesOf('started'));
    // What a start makes of its own moment, each copy makes itself.
    await asAdmin(adminUrl, (client) =>
      client.query('truncate visitor_salt, click_drain, pgboss.instance, pgboss.job'),
    );
  };
  return ensureTemplate('rapport_started', { make });
}

/** The same with the sample workspace in it, whose events were all heard. Its files come by `copySampleFiles`. */
export async function sampleTemplate(): Promise<string> {
  const make = (adminUrl: string) =>
    runOnce(adminUrl, filesOf('sample'), async (core) => {
      await loadSample(core, () => undefined);
      await core.infra.outbox.settle(settleTimeoutMs);
    });
  return ensureTemplate('rapport_sample', { from: await startedTemplate(), make });
}

/** Brings the files that the sample's rows speak of into a data folder. */
export async function copySampleFiles(dataDir: string): Promise<void> {
  await cp(filesOf('sample'), dataDir, { recursive: true });
}

const filesOf = (name: string) => join(inject('templatesDir'), name);

async function runOnce(
  adminUrl: string,
  dataDir: string,
  act: (core: Core) => Promise<void> = async () => undefined,
): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const config = readConfig({ RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error' });
  const core = await openCore({ config, adminUrl, secret: testSecret, log: createLogger('error') });
  try {
    await act(core);
  } finally {
    await core.stop();
  }
  await shareOwnership(adminUrl);
}
