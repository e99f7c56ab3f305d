import type { Infra } from '#infra/module.ts';
import { type CreatorDocument, readCreatorDocuments, streamCreatorDocuments } from '#modules/creators/index.ts';
import type { SearchAnswer, SearchQuery, Tier } from './api.ts';
import { discoveryError } from './errors.ts';
import type { IndexReply, IndexRequest } from './index-messages.ts';
import { type IndexThread, startIndexThread } from './index-thread.ts';
import { allListMembers, membersOfList } from './queries/lists.ts';

/** Indexes of workspaces not asked for the longest are let go when all together hold more. */
const memoryBudgetBytes = 2_000_000_000;
/** A question waits so long for an index that is being read, then says how far it is. */
const loadingWaitMs = 20_000;
const documentsPerChange = 500;

interface Loaded {
  /** Everything asked of this index, one after the other. */
  last: Promise<unknown>;
  ready: Promise<void>;
  isReady: boolean;
  read: number;
  bytes: number;
  usedAtMs: number;
}

export interface IndexHost {
  search(workspaceId: string, query: SearchQuery, tiers: Tier[]): Promise<SearchAnswer>;
  values(workspaceId: string, field: string, tiers: Tier[]): Promise<{ value: string; count: number }[]>;
  /** Brings the index up to date with the database, when it is in memory; else the next load reads it anyway. */
  refreshCreators(workspaceId: string, personIds: readonly string[]): Promise<void>;
  refreshList(workspaceId: string, listId: string): Promise<void>;
  /** Reads a workspace's index before anybody asks; resolves when it is read, or could not be. */
  warm(workspaceId: string): Promise<void>;
  /** Lets a workspace's index go. */
  drop(workspaceId: string): Promise<void>;
  stop(): Promise<void>;
}

/** Keeps one index a workspace in a thread of its own: loaded when first asked for, kept current, let go for memory. */
export function createIndexHost(infra: Infra): IndexHost {
  let thread: IndexThread | null = null;
  let isStopped = false;
  const indexes = new Map<string, Loaded>();

  const ask = async (request: IndexRequest): Promise<IndexReply> => {
    if (isStopped) throw discoveryError('index_failed', 'The server is stopping.');
    thread ??= startIndexThread((error) => {
      infra.log.error({ err: error }, 'the search thread was lost, indexes are read again');
      thread = null;
      indexes.clear();
    });
    return thread.ask(request);
  };

  const load = async (workspaceId: string, loaded: Loaded): Promise<void> => {
    const startedMs = performance.now();
    let sent: Promise<unknown> = Promise.resolve();
    for await (const creators of streamCreatorDocuments(infra.db, workspaceId)) {
      // At most one batch waits in the thread while the next is read.
      await sent;
      sent = ask({ kind: 'load', workspaceId, creators: creators.map(toIndexed) });
      loaded.read += creators.length;
    }
    await sent;
    const done = await ask({ kind: 'finish-load', workspaceId });
    if (done.kind === 'done') loaded.bytes = done.bytes;
    for (const [listId, personIds] of await infra.db.asSystem((tx) => allListMembers(tx, workspaceId))) {
      await ask({ kind: 'set-list', workspaceId, listId, personIds });
    }
    loaded.isReady = true;
    infra.log.info(
      { workspaceId, creators: loaded.read, ms: Math.round(performance.now() - startedMs) },
      'search index read',
    );
    await makeRoom(workspaceId);
  };

  const makeRoom = async (keepId: string): Promise<void> => {
    const byUse = [...indexes].filter(([id]) => id !== keepId).sort(([, a], [, b]) => a.usedAtMs - b.usedAtMs);
    let bytes = [...indexes.values()].reduce((sum, one) => sum + one.bytes, 0);
    for (const [id, one] of byUse) {
      if (bytes <= memoryBudgetBytes) return;
      indexes.delete(id);
      bytes -= one.bytes;
      await ask({ kind: 'drop', workspaceId: id });
    }
  };

  const open = (workspaceId: string): Loaded => {
    const found = indexes.get(workspaceId);
    if (found !== undefined) {
      found.usedAtMs = infra.clock.now().getTime();
      return found;
    }
    const loaded: Loaded = {
      last: Promise.resolve(),
      ready: Promise.resolve(),
      isReady: false,
      read: 0,
      bytes: 0,
      usedAtMs: infra.clock.now().getTime(),
    };
    indexes.set(workspaceId, loaded);
    loaded.ready = load(workspaceId, loaded);
    loaded.last = loaded.ready.catch(async (error) => {
      infra.log.error({ err: error, workspaceId }, 'a search index could not be read');
      if (indexes.get(workspaceId) === loaded) indexes.delete(workspaceId);
      if (!isStopped) await ask({ kind: 'drop', workspaceId }).catch(() => undefined);
    });
    return loaded;
  };

  const whenReady = async (workspaceId: string): Promise<void> => {
    const loaded = open(workspaceId);
    if (loaded.isReady) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<'waiting'>((resolve) => {
      timer = setTimeout(() => resolve('waiting'), loadingWaitMs);
    });
    const outcome = await Promise.race([loaded.ready.then(() => 'ready' as const), patience]).finally(() =>
      clearTimeout(timer),
    );
    if (outcome === 'waiting')
      throw discoveryError(
        'index_loading',
        `The search index is being read: ${loaded.read} creators so far. Try again in a moment.`,
      );
  };

  /** Changes to one index happen one after the other and after its load, each reading the newest state. */
  const inTurn = (workspaceId: string, change: () => Promise<void>): Promise<void> => {
    const loaded = indexes.get(workspaceId);
    if (loaded === undefined) return Promise.resolve();
    const turn = loaded.last.then(() => (indexes.get(workspaceId) === loaded ? change() : undefined));
    loaded.last = turn.catch(() => undefined);
    return turn;
  };

  return {
    search: async (workspaceId, query, tiers) => {
      await whenReady(workspaceId);
      const reply = await ask({ kind: 'search', workspaceId, query, tiers, nowMs: infra.clock.now().getTime() });
      if (reply.kind === 'answer') return reply.answer;
      if (reply.kind !== 'faults') throw discoveryError('index_failed', 'The search index gave no answer. Try again.');
      throw discoveryError('query', reply.faults[0]?.message ?? 'The search cannot be read.', reply.faults);
    },
    values: async (workspaceId, field, tiers) => {
      await whenReady(workspaceId);
      const reply = await ask({ kind: 'values', workspaceId, field, tiers, nowMs: infra.clock.now().getTime() });
      return reply.kind === 'values' ? reply.values : [];
    },
    refreshCreators: (workspaceId, personIds) =>
      inTurn(workspaceId, async () => {
        for (let from = 0; from < personIds.length; from += documentsPerChange) {
          const ids = personIds.slice(from, from + documentsPerChange);
          const documents = await infra.db.asSystem((tx) => readCreatorDocuments(tx, workspaceId, ids));
          const present = new Set(documents.map((document) => document.personId));
          await ask({
            kind: 'apply',
            workspaceId,
            creators: documents.map(toIndexed),
            removedIds: ids.filter((id) => !present.has(id)),
          });
        }
      }),
    refreshList: (workspaceId, listId) =>
      inTurn(workspaceId, async () => {
        const personIds = await infra.db.asSystem((tx) => membersOfList(tx, workspaceId, listId));
        await ask({ kind: 'set-list', workspaceId, listId, personIds });
      }),
    warm: async (workspaceId) => {
      await open(workspaceId).last;
    },
    drop: async (workspaceId) => {
      if (indexes.delete(workspaceId)) await ask({ kind: 'drop', workspaceId });
    },
    stop: async () => {
      isStopped = true;
      await thread?.stop();
      thread = null;
      indexes.clear();
    },
  };
}

/** Only what the index keeps goes to the thread; copying costs time. */
function toIndexed(document: CreatorDocument) {
  const {
    personId,
    name,
    profiles,
    country,
    region,
    city,
    languages,
    niches,
    tags,
    hasEmail,
    ownerId,
    hashtags,
    mentions,
    captions,
    facts,
  } = document;
  return {
    personId,
    name,
    profiles,
    country,
    region,
    city,
    languages,
    niches,
    tags,
    hasEmail,
    ownerId,
    hashtags,
    mentions,
    captions,
    facts,
  };
}
