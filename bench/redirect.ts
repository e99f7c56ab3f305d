import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { type Core, openCore } from '#app/core.ts';
import { readConfig } from '#infra/config.ts';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { newId } from '#kernel/id.ts';
import { type Bench, type BenchOptions, type BenchResult, median, quantile } from './bench.ts';
import { measureDrain, measureStart } from './redirect-parts.ts';

const rounds = 5;
const linksDefault = 1_000_000;
const hotLinks = 1000;
const drainClicks = 200_000;
/** Requests before the lone ones are timed: by then the code is compiled. */
const idleWarm = 300;
const userAgent =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

/**
 * Redirects a second whose click is on disk before the 302, next to nginx `return 302` in the same run: same load, in turns, one core's
 * worth of load generator, the embedded database draining on the same machine. Then the time of a lone redirect, of the drain, of a start.
 */
export const redirectBench: Bench = { name: 'redirect', run: (options) => runRedirectBench(options) };

async function runRedirectBench(options: BenchOptions): Promise<BenchResult> {
  for (const tool of ['wrk', 'nginx']) {
    if (spawnSync(tool, ['-v']).error !== undefined)
      throw new Error(`${tool} is needed for this bench: apt-get install ${tool}`);
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-bench-redirect-'));
  const secret = randomBytes(32).toString('hex');
  const log = createLogger('error');
  const database = await openEmbeddedPostgres({ dataDir, log });
  try {
    const env = { RAPPORT_DATA: dataDir, RAPPORT_LOG: 'error' };
    const core = await openCore({ config: readConfig(env), adminUrl: database.adminUrl, secret, log });
    let workspaceId: string;
    try {
      workspaceId = await insertLinks(core, hotLinks);
    } finally {
      await core.stop();
    }
    const figures = await measureLoad(options, {
      dataDir,
      env: { ...env, BENCH_ADMIN_URL: database.adminUrl, BENCH_SECRET: secret },
    });
    const again = await openCore({ config: readConfig(env), adminUrl: database.adminUrl, secret, log });
    try {
      options.tell(`Draining ${drainClicks} clicks`);
      const drainPerS = await measureDrain(again.infra, { workspaceId, clicks: drainClicks, rounds: 1 });
      const links = options.size ?? linksDefault;
      options.tell(`Starting with ${links} links`);
      const startS = await measureStart(again.infra, { workspaceId, links });
      return {
        params: {
          rounds,
          seconds: options.seconds ?? 5,
          connections: 64,
          hotLinks,
          drainClicks,
          links,
          nginx: nginxVersion(),
        },
        figures: { ...figures, drain_per_s: Math.round(drainPerS), start_1m_links_s: startS },
      };
    } finally {
      await again.stop();
    }
  } finally {
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function insertLinks(core: Core, count: number): Promise<string> {
  const workspaceId = newId('workspace');
  await core.infra.db.asSystem(async (tx) => {
    await tx.insertInto('workspace').values({ id: workspaceId, slug: 'bench', name: 'Bench' }).execute();
    await sql`
      insert into link (workspace_id, id, slug, slug_skeleton, destination, target, created_by)
      select ${workspaceId}, 'lnk_hot' || n, 'hot' || n, 'hot' || n, 'https://shop.example/', 'https://shop.example/?utm_source=instagram&utm_medium=affiliate', 'bench'
      from generate_series(1, ${count}::int) n`.execute(tx);
  });
  return workspaceId;
}

interface Load {
  rps: number;
  p99Ms: number;
}

async function measureLoad(
  { seconds, tell }: BenchOptions,
  place: { dataDir: string; env: Record<string, string> },
): Promise<Record<string, number>> {
  const roundSeconds = seconds ?? 5;
  const script = writeScript(place.dataDir);
  const nginxPort = await freePort();
  const ourPort = await freePort();
  const nginx = await startNginx(place.dataDir, nginxPort);
  let servers: ChildProcess[] = [];
  const one: Load[] = [];
  const two: Load[] = [];
  const reference: Load[] = [];
  let idle: number[] = [];
  const load = (port: number, forSeconds = roundSeconds) => runWrk(port, script, forSeconds);
  try {
    for (let round = 0; round < rounds; round += 1) {
      reference.push(await load(nginxPort));
      servers = [await startServer(place.env, ourPort)];
      if (round === 0) idle = await measureIdle(ourPort);
      await load(ourPort, 1);
      one.push(await load(ourPort));
      servers.push(await startServer(place.env, ourPort));
      await load(ourPort, 1);
      two.push(await load(ourPort));
      await stopServers(servers);
      servers = [];
      tell(
        `Round ${round + 1} of ${rounds}: nginx ${reference.at(-1)?.rps}, one process ${one.at(-1)?.rps} (p99 ${one.at(-1)?.p99Ms} ms), two ${two.at(-1)?.rps} a second`,
      );
    }
  } finally {
    await stopServers(servers);
    nginx.kill('SIGTERM');
  }
  const rps = (loads: Load[]) => median(loads.map((result) => result.rps));
  const ratio = (loads: Load[]) =>
    Math.round(median(loads.map((result, index) => result.rps / (reference[index]?.rps ?? Number.NaN))) * 1000) / 1000;
  return {
    durable_rps: rps(one),
    durable_2p_rps: rps(two),
    nginx_rps: rps(reference),
    nginx_ratio: ratio(one),
    nginx_ratio_2p: ratio(two),
    p99_ms: median(one.map((result) => result.p99Ms)),
    idle_p95_ms: Math.round(quantile(idle, 0.95) * 1000) / 1000,
  };
}

function writeScript(dir: string): string {
  const path = join(dir, 'links.lua');
  writeFileSync(
    path,
    `local n = 0
local requests = {}
init = function(args)
  for i = 1, ${hotLinks} do requests[i] = wrk.format("GET", "/hot" .. i, { ["User-Agent"] = "${userAgent}", ["Host"] = "localhost" }) end
end
request = function()
  n = n % ${hotLinks} + 1
  return requests[n]
end
`,
  );
  return path;
}

async function runWrk(port: number, script: string, seconds: number): Promise<Load> {
  const child = spawn('wrk', ['-t1', '-c64', `-d${seconds}s`, '--latency', '-s', script, `http://127.0.0.1:${port}/`]);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(child, 'close');
  const rps = /Requests\/sec:\s+([\d.]+)/.exec(text)?.[1];
  const p99 = /99%\s+([\d.]+)(us|ms|s)/.exec(text);
  if (rps === undefined || p99 === null || /Non-2xx or 3xx|Socket errors/.test(text))
    throw new Error(`The load did not go through:\n${text}`);
  const unit = { us: 0.001, ms: 1, s: 1000 }[p99[2] ?? 'ms'] ?? 1;
  return { rps: Math.round(Number(rps)), p99Ms: Math.round(Number(p99[1]) * unit * 100) / 100 };
}

async function startServer(env: Record<string, string>, port: number): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('./redirect-server.ts', import.meta.url)), {
    env: { ...process.env, ...env, BENCH_PORT: String(port) },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (message !== 'ready') throw new Error('The redirect process did not start');
  return child;
}

async function stopServers(servers: ChildProcess[]): Promise<void> {
  for (const server of servers) {
    const ended = once(server, 'exit');
    server.send('stop');
    await ended;
  }
}

/** Milliseconds of redirects that come one at a time, a little apart, over one connection, at a server that has nothing else to do: after a load it drains for a while. */
async function measureIdle(port: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  for (let i = 0; i < idleWarm + 300; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const startedMs = performance.now();
    await new Promise<void>((resolve, reject) => {
      get(
        { port, host: '127.0.0.1', path: `/hot${(i % hotLinks) + 1}`, agent, headers: { 'user-agent': userAgent } },
        (response) => {
          response.resume().on('end', resolve);
        },
      ).on('error', reject);
    });
    if (i >= idleWarm) times.push(performance.now() - startedMs);
  }
  agent.destroy();
  return times;
}

async function startNginx(dataDir: string, port: number): Promise<ChildProcess> {
  const dir = join(dataDir, 'nginx');
  mkdirSync(dir, { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${dir}/${name};`)
    .join(' ');
  writeFileSync(
    join(dir, 'nginx.conf'),
    `worker_processes 1; daemon off; pid ${dir}/nginx.pid; error_log ${dir}/error.log;
events { worker_connections 1024; }
http { access_log off; keepalive_requests 100000000; ${temporary}
server { listen 127.0.0.1:${port}; return 302 https://shop.example/?utm_source=instagram; } }
`,
  );
  const child = spawn('nginx', ['-p', dir, '-c', join(dir, 'nginx.conf')], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (let attempt = 0; attempt < 50; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const response = await fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).catch(() => null);
    if (response?.status === 302) return child;
  }
  child.kill('SIGKILL');
  throw new Error('nginx did not start');
}

function nginxVersion(): string {
  return /nginx\/([\d.]+)/.exec(spawnSync('nginx', ['-v'], { encoding: 'utf8' }).stderr)?.[1] ?? 'unknown';
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free');
  return address.port;
}
