import type { ErrorDetail } from '#kernel/errors.ts';
import type { SearchAnswer, Tier } from './api.ts';
import type { PackedCreators } from './pack-creators.ts';
import type { EngineQuery, FieldValue, NearestQuery } from './search-engine.ts';

/** Where an index is kept between starts, and the moment of the database it may not be ahead of. */
export interface SavedAt {
  dir: string;
  database: string;
  xid: string;
}

/** What the request thread asks of the thread that owns the indexes. One workspace, one index. */
export type IndexRequest =
  /** Reads the snapshot; where there is none to use, begins an empty index. */
  | { kind: 'open'; workspaceId: string; savedAt: SavedAt }
  | { kind: 'load'; workspaceId: string; creators: PackedCreators }
  | { kind: 'finish-load'; workspaceId: string }
  | { kind: 'apply'; workspaceId: string; creators: PackedCreators; removedIds: string[] }
  | { kind: 'set-list'; workspaceId: string; listId: string; personIds: string[] | null }
  /** Writes the snapshot: the index as it is when the request comes in its turn, which has everything before `savedAt.xid`. */
  | { kind: 'save'; workspaceId: string; savedAt: SavedAt }
  | { kind: 'search'; workspaceId: string; query: EngineQuery; tiers: Tier[]; nowMs: number }
  | { kind: 'values'; workspaceId: string; field: string; tiers: Tier[]; nowMs: number }
  | { kind: 'nearest'; workspaceId: string; query: NearestQuery; tiers: Tier[]; nowMs: number }
  /** Lets the index go; with `dir` what is kept of it between starts too. */
  | { kind: 'drop'; workspaceId: string; dir: string | null };

export type IndexReply =
  /** `since` is up to where the snapshot had everything; null when there was none, with the reason when there was one. */
  | { kind: 'opened'; since: string | null; reason: string | null; size: number; bytes: number }
  | { kind: 'done'; size: number; bytes: number }
  | { kind: 'saved'; fileBytes: number }
  | { kind: 'answer'; answer: SearchAnswer }
  | { kind: 'faults'; faults: ErrorDetail[] }
  | { kind: 'values'; values: FieldValue[] }
  | { kind: 'nearest'; nearest: { personId: string; cosine: number }[] }
  | { kind: 'failed'; message: string };

export interface IndexEnvelope<Body> {
  id: number;
  body: Body;
}
