import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ClickWriter {
  /** Ids acknowledged so far. */
  acknowledged: string[];
  /** Ends it by kill -9 and waits for its last words. */
  kill(): Promise<void>;
}

/** Starts a process that writes clicks, each of its 32 lanes with a pause after each, and gathers what it acknowledges. */
export async function startClickWriter(
  root: string,
  of: { workspaceId: string; linkId: string; secret: string; pauseMs?: number },
): Promise<ClickWriter> {
  const script = fileURLToPath(new URL('./write-clicks.ts', import.meta.url));
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      script,
      root,
      of.workspaceId,
      of.linkId,
      of.secret,
      String(of.pauseMs ?? 0),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const writer = { acknowledged: [] as string[], rest: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = (writer.rest + chunk.toString()).split('\n');
    writer.rest = lines.pop() ?? '';
    writer.acknowledged.push(...lines);
  });
  if (child.stdout) await once(child.stdout, 'data');
  return {
    acknowledged: writer.acknowledged,
    kill: async () => {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}
