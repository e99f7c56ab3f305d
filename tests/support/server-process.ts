import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processIdentity } from '#infra/data-folder/process-identity.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
// A first start may have to build the web app.
const readyTimeoutMs = 180_000;

export interface ServerProcess {
  pid: number;
  /** From the ready line, such as http://localhost:41234. */
  address: string;
  output(): string;
  /** What Ctrl-C at a terminal does: SIGINT to the whole process group. Resolves with the exit code. */
  interrupt(): Promise<number | null>;
  /** kill -9 of the server's process alone. */
  kill(): Promise<void>;
  child: ChildProcess;
}

export interface ServerProcessOptions {
  dataDir: string;
  env?: Record<string, string>;
  args?: string[];
  /** What to start in place of `node src/app/main.ts`, such as ['npm', 'start', '--']. */
  command?: [string, ...string[]];
  /** Account to run as; only root may name one. */
  uid?: number;
  /** A way to speak with the process; see story-server.ts. */
  hasChannel?: boolean;
}

export interface Exit {
  code: number | null;
  output: string;
}

interface Running {
  child: ChildProcess;
  output(): string;
  exit: Promise<Exit>;
}

/** The real program in a process group of its own, on a port that the machine chooses; resolves when it is ready. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const { child, output, exit } = run(options);
  const ready = new Promise<string>((resolve) => {
    child.stdout?.on('data', () => {
      const address = /^Rapport is ready at (\S+)$/m.exec(output())?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  const early = exit.then(({ code }) => Promise.reject(new Error(`The server ended with ${code}:\n${output()}`)));
  early.catch(() => undefined);
  const address = await Promise.race([ready, early, rejectAfter(readyTimeoutMs, output)]);
  const pid = child.pid ?? 0;
  return {
    child,
    pid,
    address,
    output,
    interrupt: async () => {
      process.kill(-pid, 'SIGINT');
      return (await exit).code;
    },
    kill: async () => {
      process.kill(pid, 'SIGKILL');
      await exit;
    },
  };
}

/** Starts the program where it is expected to refuse; resolves when it has ended by itself. */
export async function runServerProcess(options: ServerProcessOptions): Promise<Exit> {
  return run(options).exit;
}

/** Starts the program and kills it with -9 after that time, wherever it is by then. */
export async function killServerProcessAfter(options: ServerProcessOptions, afterMs: number): Promise<void> {
  const { child, exit } = run(options);
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  await exit;
  clearTimeout(timer);
}

/** Process id of the embedded PostgreSQL of a data folder, 0 when there is none. */
export function databasePid(dataDir: string): number {
  try {
    return Number(readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return 0;
  }
}

/** Superuser address of the embedded PostgreSQL of a data folder. */
export function databaseUrl(dataDir: string): string {
  const place = JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8'));
  return `postgres://rapport_admin:${place.password}@127.0.0.1:${place.port}/postgres`;
}

/** False also for a process that has ended and waits for a parent that never asks. */
export function isAlive(pid: number): boolean {
  return processIdentity(pid) !== null;
}

/** Ends the embedded PostgreSQL that a killed server left behind, and removes the folder. */
export async function removeDataFolder(dataDir: string): Promise<void> {
  const pid = databasePid(dataDir);
  if (pid > 1 && isAlive(pid)) {
    process.kill(pid, 'SIGQUIT');
    for (let i = 0; i < 200 && isAlive(pid); i += 1) await new Promise((resolve) => setTimeout(resolve, 25));
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

const directly: [string, ...string[]] = [process.execPath, '--disable-warning=ExperimentalWarning', 'src/app/main.ts'];

function run({
  dataDir,
  env = {},
  args = [],
  command = directly,
  uid,
  hasChannel = false,
}: ServerProcessOptions): Running {
  const [program, ...first] = command;
  const child = spawn(program, [...first, ...args], {
    cwd: root,
    // Nothing of the caller's own settings: a test must not reach anybody's database.
    env: { PATH: process.env.PATH, PORT: '0', RAPPORT_DATA: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(hasChannel ? (['ipc'] as const) : [])],
    detached: true,
    ...(uid === undefined ? {} : { uid }),
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk.toString('utf8');
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const exit = once(child, 'close').then(([code]) => ({ code: typeof code === 'number' ? code : null, output }));
  return { child, output: () => output, exit };
}

function rejectAfter(timeoutMs: number, output: () => string): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`Not ready after ${timeoutMs} ms:\n${output()}`)), timeoutMs).unref();
  });
}
