import { PgBoss } from 'pg-boss';
import type { z } from 'zod';
import type { Logger } from '../log.ts';

/** A background job: idempotent, since it may run again after a crash. */
export interface Job<Payload extends z.ZodType = z.ZodType> {
  name: string;
  payload: Payload;
  retriesMax: number;
  timeoutSeconds: number;
  /** Cron in UTC, for jobs that nobody enqueues. */
  cron?: string;
  handle(payload: z.output<Payload>, signal: AbortSignal): Promise<void>;
}

export interface Jobs {
  define<Payload extends z.ZodType>(job: Job<Payload>): void;
  /**
   * Enqueues once per key: a second call with the same key while the first is waiting or running does nothing. With `afterSeconds` it waits so long before it
   * runs, for work that many events ask for and that is done once for all of them.
   */
  enqueue(name: string, payload: unknown, key?: string, when?: { afterSeconds: number }): Promise<void>;
  /** Runs recurring jobs now, all of them unless named, through the queue as their hour does; resolves when all have ended. Throws when one failed. */
  runRecurring(names?: readonly string[]): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const runTimeoutMs = 60_000;
const runPollMs = 100;

/** Jobs on pg-boss, in the schema `pgboss` that the system role owns. */
export function createJobs(systemUrl: string, log: Logger): Jobs {
  const boss = new PgBoss({ connectionString: systemUrl, schema: 'pgboss', max: 3, application_name: 'rapport-jobs' });
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue met an error'));
  const jobs = new Map<string, Job>();
  return {
    define: (job) => {
      if (jobs.has(job.name)) throw new Error(`Two jobs are named ${job.name}`);
      jobs.set(job.name, job as unknown as Job);
    },
    enqueue: async (name, payload, key, when) => {
      if (!jobs.has(name)) throw new Error(`No job is named ${name}`);
      await boss.send(name, payload as object, {
        ...(key === undefined ? {} : { singletonKey: key }),
        ...(when === undefined ? {} : { startAfter: when.afterSeconds }),
      });
    },
    runRecurring: async (names) => {
      const recurring = [...jobs.values()].filter((job) => job.cron !== undefined).map((job) => job.name);
      const unknown = names?.find((name) => !recurring.includes(name));
      if (unknown !== undefined) throw new Error(`No recurring job is named ${unknown}`);
      await Promise.all((names ?? recurring).map((name) => runOnce(boss, name)));
    },
    start: async () => {
      await boss.start();
      for (const job of jobs.values()) await startJob(boss, job, log);
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}

async function startJob(boss: PgBoss, job: Job, log: Logger): Promise<void> {
  // `stately`: at most one waiting and one running per singleton key.
  await boss.createQueue(job.name, {
    policy: 'stately',
    retryLimit: job.retriesMax,
    retryBackoff: true,
    expireInSeconds: job.timeoutSeconds,
  });
  if (job.cron !== undefined) await boss.schedule(job.name, job.cron, {});
  await boss.work(job.name, { batchSize: 1, pollingIntervalSeconds: 1 }, async ([item]) => {
    if (item === undefined) return;
    try {
      await job.handle(job.payload.parse(item.data), item.signal);
    } catch (error) {
      log.error({ err: error, job: job.name }, 'a job failed');
      throw error;
    }
  });
}

/** One run that begins from now on: what already waits is waited for, and asked for again. */
async function runOnce(boss: PgBoss, name: string): Promise<void> {
  const untilMs = performance.now() + runTimeoutMs;
  let id: string | null = null;
  while (performance.now() < untilMs) {
    id ??= await boss.send(name, {});
    const job = id === null ? null : (await boss.findJobs(name, { id }))[0];
    if (job?.state === 'completed') return;
    if (job?.state === 'failed' || job?.state === 'cancelled') throw new Error(`The job ${name} ended as ${job.state}`);
    await new Promise((resolve) => setTimeout(resolve, runPollMs));
  }
  throw new Error(`The job ${name} did not end within ${runTimeoutMs} ms`);
}
