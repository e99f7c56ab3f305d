import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { Cancelled } from './errors.ts';
import type { Progress } from './queries/export-runs.ts';
import type { RunWatch } from './write-workspace.ts';

const tickMs = 500;
const leaseMs = 60_000;

export function leaseUntil(now: Date): Date {
  return new Date(now.getTime() + leaseMs);
}

/** The work that goes on in this process; it ends with it. */
export interface Runs {
  /** Begins work in the background. It never rejects: how it ended stands in its row. */
  begin(work: (signal: AbortSignal) => Promise<void>): void;
  /** Ends all of it and waits until nothing of it is left. */
  stop(): Promise<void>;
}

export function createRuns(infra: Infra): Runs {
  const ending = new AbortController();
  const running = new Set<Promise<void>>();
  return {
    begin: (work) => {
      const one = work(ending.signal)
        .catch((error) => infra.log.error({ err: error }, 'the end of an archive could not be kept'))
        .finally(() => running.delete(one));
      running.add(one);
    },
    stop: async () => {
      ending.abort();
      await Promise.all(running);
    },
  };
}

/**
 * Follows a run: keeps how far it is twice a second, with a lease by which others see that it lives, and ends it by a throw where `keep` says
 * that somebody asked for that. `close` has to be called before the row is written otherwise.
 */
export function followRun(
  infra: Infra,
  of: { keep(progress: Progress): Promise<boolean>; signal: AbortSignal },
): { watch: RunWatch; close(): Promise<void> } {
  const progress = { step: 'Beginning', rowsDone: 0, rowsTotal: null as number | null };
  let isCancelled = false;
  let last: Promise<void> = Promise.resolve();
  const tick = async () => {
    const goesOn = await of.keep({ ...progress, leaseUntil: leaseUntil(infra.clock.now()) }).catch((error) => {
      infra.log.warn({ err: error }, 'how far an archive is could not be kept');
      return true;
    });
    if (!goesOn) isCancelled = true;
  };
  const timer = setInterval(() => {
    last = last.then(tick);
  }, tickMs);
  const check = () => {
    if (of.signal.aborted) throw stopped();
    if (isCancelled) throw new Cancelled();
  };
  return {
    watch: {
      onRows: (rows) => {
        progress.rowsDone += rows;
        check();
      },
      onStep: (step) => {
        progress.step = step;
        check();
      },
      onTotal: (rows) => {
        progress.rowsTotal = rows;
      },
    },
    close: async () => {
      clearInterval(timer);
      await last;
    },
  };
}

function stopped(): AppError {
  return new AppError(
    'unavailable',
    'archives.cut_off',
    'The server stopped in the middle. Nothing was kept; begin again.',
  );
}

/** What ended a run, for whoever asked for it: our own faults are logged, not shown. */
export function tellFault(infra: Infra, error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { code } = error as { code?: string };
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `The disk of the data folder ${infra.config.dataDir} is full. Free some space and begin again.`;
  infra.log.error({ err: error }, 'an archive failed');
  return 'Something went wrong on our side; the log of the server says what. Nothing was kept.';
}
