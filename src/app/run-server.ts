import type { Clock } from '#infra/clock.ts';
import type { Config } from '#infra/config.ts';
import { openDataFolder } from '#infra/data-folder/open-data-folder.ts';
import type { Logger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { buildWebIfNeeded, webDir } from './build-web.ts';
import { type Core, openCore } from './core.ts';
import { loadSampleWhenNew } from './sample/load-sample.ts';
import { type FrontDoor, openFrontDoor } from './serve.ts';

const drainTimeoutMs = 8_000;

export interface RunOptions {
  config: Config;
  log: Logger;
  /** Load the sample workspace when the database is new. */
  withSample: boolean;
  /** The machine's own unless said; nothing but tests says otherwise. */
  clock?: Clock;
  /** Called with what runs once it is ready. */
  onReady?(core: Core): void;
}

/** What was opened, in order; closed in the reverse order whatever happens. */
type Closers = (() => Promise<void>)[];

/** Starts everything, prints the ready line, and stops everything on SIGINT or SIGTERM. Throws when it cannot start, with all undone. */
export async function runServer(options: RunOptions): Promise<void> {
  const closers: Closers = [];
  const stop = async () => {
    for (const close of closers.toReversed()) {
      await close().catch((error) => options.log.error({ err: error }, 'a part did not stop cleanly'));
    }
  };
  listenForSignals(stop);
  try {
    await start(options, closers);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(options: RunOptions, closers: Closers): Promise<void> {
  const { config, log, withSample, clock } = options;
  const folder = await openDataFolder(config.dataDir);
  closers.push(() => folder.close());
  const door = await openFrontDoor(config.host, config.port);
  closers.push(() => door.close(drainTimeoutMs));
  const web = buildWebIfNeeded(tell);
  // Its failure is met below; until then it must not count as unhandled.
  web.catch(() => undefined);
  const adminUrl = config.databaseUrl ?? (await openEmbedded(config, { log, closers }));
  const secret = config.secret ?? folder.secrets.installSecret;
  const core = await openCore({
    config: withBoundPort(config, door),
    adminUrl,
    secret,
    log,
    localToken: folder.token,
    onProgress: tell,
    ...(clock === undefined ? {} : { clock }),
  });
  // The core stops before the door closes for good, so running requests are let out first.
  closers.push(() => core.stop());
  closers.push(() => door.close(drainTimeoutMs));
  await loadSampleWhenNew(core, { withSample, onProgress: tell });
  await web;
  await announce({ core, door, folder });
  options.onReady?.(core);
}

interface Ready {
  core: Core;
  door: FrontDoor;
  folder: { announce(address: string): Promise<unknown> };
}

async function announce({ core, door, folder }: Ready): Promise<void> {
  // Asked before anything is promised: what says it is ready no longer fails to start.
  const setUp = await core.modules.workspaces.setUpLink();
  door.open(core, webDir);
  await folder.announce(door.address);
  process.stdout.write(`Rapport is ready at ${door.address}\n`);
  core.modules.discovery
    .warm()
    .catch((error) => core.infra.log.warn({ err: error }, 'search indexes will be read when asked for'));
  if (setUp !== null) process.stdout.write(`First time here? Make the first owner: ${setUp}\n`);
}

async function openEmbedded(config: Config, to: { log: Logger; closers: Closers }): Promise<string> {
  const server = await openEmbeddedPostgres({ dataDir: config.dataDir, log: to.log, onProgress: tell });
  to.closers.push(() => server.stop());
  return server.adminUrl;
}

/** With PORT=0 the machine chooses; links must name the port that was chosen. */
function withBoundPort(config: Config, door: FrontDoor): Config {
  return config.port === 0 ? { ...config, port: door.port, publicUrl: door.address } : config;
}

function listenForSignals(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // npm and the terminal both pass a Ctrl-C on; the second one must not cut the first short.
      if (stopping) return;
      stopping = true;
      tell('Stopping');
      void stop().then(() => process.exit(0));
    });
  }
}

function tell(step: string): void {
  process.stderr.write(`  ${step}\n`);
}
