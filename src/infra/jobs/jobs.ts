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
  /** With `isWorker` false it only keeps what is enqueued, for another process to do. */
  start(how?: { isWorker: boolean }): Promise<void>;
  stop(): Promise<void>;
}

const runTimeoutMs = 60_000;
const runPollMs = 25;
// Of a queue whose new jobs the database tells of: for retries, jobs of a later hour and what was told while nobody listened.
const backstopSeconds = 5;
const pollSeconds = 1;
const dueMarginMs = 50;
const lookAheadMaxMs = 3_600_000;
// A job that failed is due again soon, which the database does not tell: its queue is looked into so long after it.
const retryLooksMs = [1_100, 2_200, 4_400];

/** Jobs on pg-boss, in the schema `pgboss` that the system role owns. */
export function createJobs(systemUrl: string, log: Logger): Jobs {
  const boss = new PgBoss({
    connectionString: systemUrl,
    schema: 'pgboss',
    max: 3,
    application_name: 'rapport-jobs',
    useListenNotify: true,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue met an error'));
  const jobs = new Map<string, Job>();
  const workers: Workers = new Map();
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
      if (when !== undefined) lookAfter(boss, workers.get(name), when.afterSeconds * 1000 + dueMarginMs);
    },
    runRecurring: async (names) => {
      const recurring = [...jobs.values()].filter((job) => job.cron !== undefined).map((job) => job.name);
      const unknown = names?.find((name) => !recurring.includes(name));
      if (unknown !== undefined) throw new Error(`No recurring job is named ${unknown}`);
      await Promise.all((names ?? recurring).map((name) => runOnce(boss, name)));
    },
    start: async ({ isWorker } = { isWorker: true }) => {
      await boss.start();
      await makeQueues(boss, [...jobs.values()]);
      if (!isWorker) return;
      for (const job of jobs.values()) workers.set(job.name, await work(boss, job, log));
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}

/** Id of the worker by job's name. */
type Workers = Map<string, string>;

/** Brings queues and hours to what the jobs say; writes nothing where they stand so already, as at every start but the first of a version. */
async function makeQueues(boss: PgBoss, jobs: readonly Job[]): Promise<void> {
  const queues = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  const schedules = new Map((await boss.getSchedules()).map((schedule) => [schedule.name, schedule]));
  for (const job of jobs) {
    const wanted = {
      retryLimit: job.retriesMax,
      retryBackoff: true,
      expireInSeconds: job.timeoutSeconds,
      notify: true,
    };
    const queue = queues.get(job.name);
    // `stately`: at most one waiting and one running per singleton key.
    if (queue === undefined) await boss.createQueue(job.name, { policy: 'stately', ...wanted });
    else if (Object.entries(wanted).some(([name, value]) => Reflect.get(queue, name) !== value))
      await boss.updateQueue(job.name, wanted);
    if (job.cron !== undefined && schedules.get(job.name)?.cron !== job.cron)
      await boss.schedule(job.name, job.cron, {});
  }
}

/** Returns the id of the worker. */
async function work(boss: PgBoss, job: Job, log: Logger): Promise<string> {
  const options = {
    batchSize: 1,
    pollingIntervalSeconds: pollSeconds,
    notifyPollingIntervalSeconds: backstopSeconds,
  };
  const id = await boss.work(job.name, options, async ([item]) => {
    if (item === undefined) return;
    try {
      await job.handle(job.payload.parse(item.data), item.signal);
    } catch (error) {
      log.error({ err: error, job: job.name }, 'a job failed');
      for (const afterMs of retryLooksMs) lookAfter(boss, id, afterMs);
      throw error;
    } finally {
      // The next that waits is taken when this one is stored as done, not at the next look.
      boss.notifyWorker(id);
    }
  });
  return id;
}

function lookAfter(boss: PgBoss, worker: string | undefined, afterMs: number): void {
  if (worker === undefined || afterMs > lookAheadMaxMs) return;
  setTimeout(() => boss.notifyWorker(worker), afterMs).unref();
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
