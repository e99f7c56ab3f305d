import { type ChildProcess, fork } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createLogger } from '#infra/log.ts';
import { openEmbeddedPostgres } from '#infra/postgres/embedded.ts';
import { type Bench, type BenchOptions, type BenchResult, median, quantile } from './bench.ts';

const rounds = 5;
const secondsDefault = 4;
const connections = 32;
const codes = 200;
/** A round ends when all orders are credited; one that is not by then fails. */
const creditMsMax = 60_000;

/**
 * Orders a second through the whole server: signed webhook over HTTP, stored, read and credited with its reason in the database. The time runs until the last order of
 * the round is credited; p99 is that of the intake's answer. The sender has a share of the same cores.
 */
export const conversionsBench: Bench = { name: 'conversions', run: (options) => runConversionsBench(options) };

async function runConversionsBench(options: BenchOptions): Promise<BenchResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-bench-conversions-'));
  const secret = randomBytes(32).toString('hex');
  const database = await openEmbeddedPostgres({ dataDir, log: createLogger('error') });
  let server: ChildProcess | null = null;
  const client = new pg.Client({ connectionString: database.adminUrl });
  try {
    const env = {
      ...process.env,
      RAPPORT_DATA: dataDir,
      RAPPORT_LOG: 'error',
      BENCH_ADMIN_URL: database.adminUrl,
      BENCH_SECRET: secret,
    };
    server = fork(fileURLToPath(new URL('./conversions-server.ts', import.meta.url)), { env });
    const [ready] = (await once(server, 'message')) as [{ port: number; sourceId: string; signingSecret: string }];
    await client.connect();
    const target = { ...ready, seconds: options.seconds ?? secondsDefault };
    const perS: number[] = [];
    const p99: number[] = [];
    // The first round warms code and caches and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      const figures = await measureRound(client, { ...target, round });
      options.tell(
        `Round ${round}: ${Math.round(figures.perS)} orders/s credited, answer p99 ${figures.p99Ms.toFixed(1)} ms`,
      );
      if (round === 0) continue;
      perS.push(figures.perS);
      p99.push(figures.p99Ms);
    }
    return {
      params: { rounds, seconds: target.seconds, connections, codes, postgres: database.version },
      figures: { per_s: Math.round(median(perS)), p99_ms: Math.round(median(p99) * 10) / 10 },
    };
  } finally {
    await client.end().catch(() => undefined);
    if (server !== null && server.exitCode === null) {
      server.send('stop');
      await once(server, 'exit');
    }
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Target {
  port: number;
  sourceId: string;
  signingSecret: string;
  seconds: number;
  round: number;
}

async function measureRound(client: pg.Client, target: Target): Promise<{ perS: number; p99Ms: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const startedMs = performance.now();
  const untilMs = startedMs + target.seconds * 1000;
  let orders = 0;
  const send = async () => {
    while (performance.now() < untilMs) {
      orders += 1;
      const sentMs = performance.now();
      await deliver(agent, target, `${target.round}-${orders}`);
      times.push(performance.now() - sentMs);
    }
  };
  await Promise.all(Array.from({ length: connections }, send));
  agent.destroy();
  await waitForCredit(client, { round: target.round, orders });
  const seconds = (performance.now() - startedMs) / 1000;
  return { perS: orders / seconds, p99Ms: quantile(times, 0.99) };
}

async function waitForCredit(client: pg.Client, of: { round: number; orders: number }): Promise<void> {
  const untilMs = performance.now() + creditMsMax;
  for (;;) {
    const { rows } = await client.query<{ credited: string }>(
      `select count(*) as credited from conversion o
       where o.external_id like $1 and exists (select from credit c where c.workspace_id = o.workspace_id and c.conversion_id = o.id and c.reason <> '')`,
      [`${of.round}-%`],
    );
    if (Number(rows[0]?.credited) === of.orders) return;
    if (performance.now() > untilMs)
      throw new Error(`${rows[0]?.credited} of ${of.orders} orders were credited in time.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function deliver(agent: Agent, target: Target, name: string): Promise<void> {
  const at = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({
    type: 'order.paid',
    data: {
      id: name,
      orderedAt: new Date().toISOString(),
      amount: { amountMinor: '5240', currency: 'EUR' },
      codes: [`CODE${1 + ((name.length * 7 + Number(name.split('-')[1])) % codes)}`],
      customer: { email: `customer-${name}@example.com`, isNew: true },
      items: [
        { id: '1', name: 'Sun cream', sku: 'SUN-1', quantity: 2, total: '40.00' },
        { id: '2', name: 'Bag', sku: 'BAG', quantity: 1, total: '12.40' },
      ],
    },
  });
  const id = `msg_${name}`;
  const key = Buffer.from(target.signingSecret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: '127.0.0.1',
        port: target.port,
        method: 'POST',
        path: `/api/v1/order-sources/${target.sourceId}/webhook`,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'webhook-id': id,
          'webhook-timestamp': String(at),
          'webhook-signature': `v1,${signature}`,
        },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`The intake answered ${answer.statusCode}`)),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
