import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { IndexTask, IndexTaskDone } from './index-process.ts';

export interface IndexProcess {
  /** Runs one task; several may be under way. Throws what went wrong there. */
  run(task: IndexTask): Promise<IndexTaskDone>;
  stop(): Promise<void>;
}

/** Starts a process that holds an index; `env` says which database and data folder. */
export async function startIndexProcess(env: Record<string, string>): Promise<IndexProcess> {
  const child: ChildProcess = fork(fileURLToPath(new URL('./index-process.ts', import.meta.url)), {
    env: { ...process.env, ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  const waiting = new Map<number, { resolve(done: IndexTaskDone): void; reject(error: Error): void }>();
  let nextId = 1;
  const [first] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (first !== 'ready') throw new Error('The index process did not start');
  child.on('message', ({ id, done }: { id: number; done: IndexTaskDone }) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (done.error === null) one?.resolve(done);
    else one?.reject(new Error(done.error));
  });
  child.on('exit', () => {
    for (const one of waiting.values()) one.reject(new Error('The index process ended'));
  });
  const run = (task: IndexTask) =>
    new Promise<IndexTaskDone>((resolve, reject) => {
      const id = nextId;
      nextId += 1;
      waiting.set(id, { resolve, reject });
      child.send({ id, task });
    });
  return {
    run,
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      await run({ kind: 'stop' }).catch(() => child.kill('SIGKILL'));
      await ended;
    },
  };
}
