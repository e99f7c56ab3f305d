import type { z } from 'zod';
import type { CommentRow, ConnectionPlatform, CreatorRow, connectionAboutSchema, PostRow, taskKinds } from '../api.ts';

export type ConnectorAbout = z.infer<typeof connectionAboutSchema>;
export type TaskKind = (typeof taskKinds)[number];

/** One thing to read from a platform, and how far a former step came; the cursor is the connector's own and comes back as it was given. */
export interface ConnectorTask {
  kind: TaskKind;
  /** The account's key, the hashtag without #, or `me`. */
  target: string;
  /** Of an account that is known already. */
  externalId: string | null;
  url: string | null;
  cursor: unknown;
}

/** What a connector may use while it reads. */
export interface ConnectorAccess {
  credentials: Record<string, string>;
  settings: Record<string, string>;
  now: Date;
  signal: AbortSignal;
  /** Books units of the daily budget before the request leaves. Throws a ConnectorFault of kind quota when the day's are used up. */
  spend(units: number): Promise<void>;
  /** Books one of few names that may be asked for within some days, once for each; a fault of kind quota when there is no room. */
  spendName(name: string, limit: { namesMax: number; days: number }): Promise<void>;
  /** Keeps credentials the platform has replaced; at once, since the old ones may be void already. */
  renew(credentials: Record<string, string>): Promise<void>;
}

/** What a step brought. The rows are written together with the new cursor, or not at all. */
export interface ConnectorStep {
  creators: CreatorRow[];
  posts: PostRow[];
  comments: CommentRow[];
  hashtagPosts: HashtagSighting[];
  /** Addresses of profile pictures, to be kept locally. */
  pictures: { handle: string; url: string }[];
  /** Fields the platform did not give, with why; they stay unknown, never 0. */
  missing: { field: string; reason: string }[];
  /** Where to go on; null when the task is done. */
  cursor: Record<string, unknown> | null;
}

export interface HashtagSighting {
  externalId: string;
  url: string | null;
  caption: string | null;
  format: string | null;
  likes: number | null;
  comments: number | null;
  postedAt: string | null;
}

/** A way to read one platform: declared here, implemented by an adapter of src/integrations. Adapters keep nothing. */
export interface Connector {
  platform: ConnectionPlatform;
  about: ConnectorAbout;
  /** Stands beside every figure it brings, such as `YouTube Data API v3`. */
  source: string;
  /** Units a day and where the day begins; null when the platform counts otherwise. */
  budget: { unitsPerDay: number; timeZone: string; unit: string } | null;
  /** Asks once whether the credentials work, and whose they are. Throws ConnectorFault. */
  check(access: ConnectorAccess): Promise<{ account: string | null }>;
  /** Reads one piece of a task: few requests, bounded in time. Throws ConnectorFault. */
  step(access: ConnectorAccess, task: ConnectorTask): Promise<ConnectorStep>;
}

export const emptyStep: ConnectorStep = {
  creators: [],
  posts: [],
  comments: [],
  hashtagPosts: [],
  pictures: [],
  missing: [],
  cursor: null,
};

/**
 * Why a platform was not read. credentials: somebody must act; quota and rate_limited: not before `retryAt`; unavailable: try again later;
 * gone, closed (private, age-gated, not a business account) and malformed: this task cannot be done.
 */
export type FaultKind = 'credentials' | 'quota' | 'rate_limited' | 'unavailable' | 'gone' | 'closed' | 'malformed';

export class ConnectorFault extends Error {
  readonly kind: FaultKind;
  readonly retryAt: Date | null;

  constructor(kind: FaultKind, message: string, retryAt: Date | null = null) {
    super(message);
    this.name = 'ConnectorFault';
    this.kind = kind;
    this.retryAt = retryAt;
  }
}
