import type { Filter, SearchAnswer, SearchQuery, Tier } from './api.ts';

/** A text, creator or audience as the encoder sees it; compared only with vectors of the same model. The component is scale * value. */
export interface EncodedVector {
  model: string;
  scale: number;
  /** A multiple of 16 long. */
  values: Int8Array;
}

/** A question as an engine is asked it: `about` and `similarTo` are a vector by now, places of `near` have their position. */
export type EngineQuery = SearchQuery & { nearTo?: EncodedVector };

export interface NearestQuery {
  vector: EncodedVector;
  limit: number;
  filters: Filter[];
  text?: string;
}

export interface FieldValue {
  value: string;
  count: number;
}

/** What answers searches: the index in memory, or the database. Both give equal ids, order and counts to the same question. */
export interface SearchEngine {
  /** Whether it can answer for a workspace at once; one that does not say so always can. */
  isReady?(workspaceId: string): Promise<boolean>;
  /** Error: discovery.query naming each field at fault. */
  search(workspaceId: string, query: EngineQuery, tiers: Tier[]): Promise<SearchAnswer>;
  /** Values of a field that creators have, most common first. */
  values(workspaceId: string, field: string, tiers: Tier[]): Promise<FieldValue[]>;
  /** Those whose vector is nearest, the nearest first, ties by id; only creators with a vector of the same model. */
  nearest?(workspaceId: string, query: NearestQuery, tiers: Tier[]): Promise<{ personId: string; cosine: number }[]>;
}
