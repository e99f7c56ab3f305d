import { parentPort } from 'node:worker_threads';
import type { IndexEnvelope, IndexReply, IndexRequest } from './index-messages.ts';
import { codesByName } from './region-names.ts';
import { CreatorIndex } from './rules/creator-index.ts';

// The thread that owns all indexes: a query never blocks a request, and nothing is shared that would need a lock.
const indexes = new Map<string, CreatorIndex>();
const countries = codesByName('region');
const languages = codesByName('language');

function answer(request: IndexRequest): IndexReply {
  const index = indexes.get(request.workspaceId) ?? new CreatorIndex();
  switch (request.kind) {
    case 'load':
      indexes.set(request.workspaceId, index);
      index.load(request.creators);
      return { kind: 'done', size: 0, bytes: 0 };
    case 'finish-load':
      indexes.set(request.workspaceId, index);
      index.finishLoad();
      return { kind: 'done', size: index.size, bytes: index.bytes };
    case 'apply':
      index.apply(request);
      return { kind: 'done', size: index.size, bytes: index.bytes };
    case 'set-list':
      index.setList(request.listId, request.personIds);
      return { kind: 'done', size: index.size, bytes: index.bytes };
    case 'search': {
      const startedMs = performance.now();
      const result = index.search(request.query, { tiers: request.tiers, nowMs: request.nowMs, countries, languages });
      if (result.kind === 'faults') return result;
      const tookMs = Math.round((performance.now() - startedMs) * 100) / 100;
      return { kind: 'answer', answer: { ...result.answer, tookMs } };
    }
    case 'values':
      return {
        kind: 'values',
        values: index.countValues(request.field, { tiers: request.tiers, nowMs: request.nowMs, countries, languages }),
      };
    case 'drop':
      indexes.delete(request.workspaceId);
      return { kind: 'done', size: 0, bytes: 0 };
  }
}

parentPort?.on('message', ({ id, body }: IndexEnvelope<IndexRequest>) => {
  let reply: IndexReply;
  try {
    reply = answer(body);
  } catch (error) {
    reply = { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage({ id, body: reply } satisfies IndexEnvelope<IndexReply>);
});
