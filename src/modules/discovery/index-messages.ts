import type { ErrorDetail } from '#kernel/errors.ts';
import type { SearchAnswer, SearchQuery, Tier } from './api.ts';
import type { IndexedCreator } from './rules/indexed-creator.ts';

/** What the request thread asks of the thread that owns the indexes. One workspace, one index. */
export type IndexRequest =
  | { kind: 'load'; workspaceId: string; creators: IndexedCreator[] }
  | { kind: 'finish-load'; workspaceId: string }
  | { kind: 'apply'; workspaceId: string; creators: IndexedCreator[]; removedIds: string[] }
  | { kind: 'set-list'; workspaceId: string; listId: string; personIds: string[] | null }
  | { kind: 'search'; workspaceId: string; query: SearchQuery; tiers: Tier[]; nowMs: number }
  | { kind: 'values'; workspaceId: string; field: string; tiers: Tier[]; nowMs: number }
  | { kind: 'drop'; workspaceId: string };

export type IndexReply =
  | { kind: 'done'; size: number; bytes: number }
  | { kind: 'answer'; answer: SearchAnswer }
  | { kind: 'faults'; faults: ErrorDetail[] }
  | { kind: 'values'; values: { value: string; count: number }[] }
  | { kind: 'failed'; message: string };

export interface IndexEnvelope<Body> {
  id: number;
  body: Body;
}
