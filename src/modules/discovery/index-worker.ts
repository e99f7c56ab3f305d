import { parentPort } from 'node:worker_threads';
import { createIndexKeeper } from './index-keeper.ts';
import type { IndexEnvelope, IndexReply, IndexRequest } from './index-messages.ts';

// The thread that owns all indexes: a query never blocks a request, and nothing is shared that would need a lock.
const keeper = createIndexKeeper();

parentPort?.on('message', async ({ id, body }: IndexEnvelope<IndexRequest>) => {
  let reply: IndexReply;
  try {
    reply = await keeper.answer(body);
  } catch (error) {
    reply = { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage({ id, body: reply } satisfies IndexEnvelope<IndexReply>);
});
