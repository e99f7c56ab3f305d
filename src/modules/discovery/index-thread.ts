import { Worker } from 'node:worker_threads';
import type { IndexEnvelope, IndexReply, IndexRequest } from './index-messages.ts';

interface Waiting {
  resolve(reply: IndexReply): void;
  reject(error: Error): void;
}

export interface IndexThread {
  /** Sends one request; answers come in the order asked. Rejects when the thread fails. */
  ask(request: IndexRequest): Promise<IndexReply>;
  stop(): Promise<void>;
}

/** Starts the thread that owns the indexes. `onLost` is called when it dies: all indexes are gone and have to be loaded again. */
export function startIndexThread(onLost: (error: Error) => void): IndexThread {
  const worker = new Worker(new URL('./index-worker.ts', import.meta.url), {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let isStopped = false;
  worker.unref();
  const lose = (error: Error) => {
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
    if (!isStopped) onLost(error);
    isStopped = true;
  };
  worker.on('error', lose);
  worker.on('exit', (code) => lose(new Error(`The search thread ended with code ${code}.`)));
  worker.on('message', ({ id, body }: IndexEnvelope<IndexReply>) => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (body.kind === 'failed') one?.reject(new Error(body.message));
    else one?.resolve(body);
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        const id = nextId;
        nextId += 1;
        if (isStopped) {
          reject(new Error('The search thread has ended.'));
          return;
        }
        waiting.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, body: request } satisfies IndexEnvelope<IndexRequest>);
      }),
    stop: async () => {
      isStopped = true;
      await worker.terminate();
    },
  };
}
