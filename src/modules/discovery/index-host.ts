import type { Infra } from '#infra/module.ts';
import type { SearchAnswer, Tier } from './api.ts';
import { discoveryError } from './errors.ts';
import type { IndexReply, IndexRequest } from './index-messages.ts';
import { type IndexThread, startIndexThread } from './index-thread.ts';
import type { EngineQuery, FieldValue, NearestQuery, SearchEngine } from './search-engine.ts';
import { snapshotDir, WorkspaceIndex } from './workspace-index.ts';

/** A question waits so long for an index that is being read, then says how far it is. */
const loadingWaitMs = 20_000;
const saveLookMs = 30_000;
const bytesPerMb = 1_000_000;

export interface IndexHost extends SearchEngine {
  nearest(workspaceId: string, query: NearestQuery, tiers: Tier[]): Promise<{ personId: string; cosine: number }[]>;
  /** Takes in what was committed before the call, when the index is in memory; else the next load reads it anyway. */
  catchUp(workspaceId: string): Promise<void>;
  /** Reads the named creators again, when the index is in memory. */
  refreshCreators(workspaceId: string, personIds: readonly string[]): Promise<void>;
  refreshList(workspaceId: string, listId: string): Promise<void>;
  /** Reads a workspace's index before anybody asks; resolves when it is read, or could not be. */
  warm(workspaceId: string): Promise<void>;
  /** How far a workspace's index is: creators read of how many while it is built from the database. */
  progress(workspaceId: string): IndexProgress;
  /** Lets a workspace's index go, and what is kept of it between starts. */
  forget(workspaceId: string): Promise<void>;
  /** Has every index saved that changed since it last was. */
  saveAll(): Promise<void>;
  stop(): Promise<void>;
}

export type IndexProgress =
  | { state: 'none' }
  | { state: 'reading'; read: number; total: number }
  | { state: 'ready'; creators: number; bytes: number }
  /** Larger than the memory allowed: the database answers. */
  | { state: 'in_database' };

/** Keeps one index a workspace in a thread of its own: read when first asked for, kept current, saved, let go for memory. */
export function createIndexHost(infra: Infra, database: SearchEngine | null = null): IndexHost {
  const host = new Host(infra, database);
  infra.outbox.onNews((workspaceId) => host.hearNews(workspaceId));
  return host;
}

class Host implements IndexHost {
  private readonly infra: Infra;
  private readonly database: SearchEngine | null;
  private readonly bytesMax: number;
  /** Those asked for last come last. */
  private readonly indexes = new Map<string, WorkspaceIndex>();
  private thread: IndexThread | null = null;
  private isStopped = false;
  private readonly saveTimer: NodeJS.Timeout;

  constructor(infra: Infra, database: SearchEngine | null) {
    this.infra = infra;
    this.database = database;
    this.bytesMax = infra.config.indexMemoryMb * bytesPerMb;
    this.saveTimer = setInterval(() => void this.saveWhatIsDue(), saveLookMs).unref();
  }

  async search(workspaceId: string, query: EngineQuery, tiers: Tier[]): Promise<SearchAnswer> {
    if (await this.isInDatabase(workspaceId))
      return this.askDatabase((engine) => engine.search(workspaceId, query, tiers));
    const reply = await this.ask({ kind: 'search', workspaceId, query, tiers, nowMs: this.nowMs() });
    if (reply.kind !== 'answer') throw refusal(reply);
    return reply.answer;
  }

  async values(workspaceId: string, field: string, tiers: Tier[]): Promise<FieldValue[]> {
    if (await this.isInDatabase(workspaceId))
      return this.askDatabase((engine) => engine.values(workspaceId, field, tiers));
    const reply = await this.ask({ kind: 'values', workspaceId, field, tiers, nowMs: this.nowMs() });
    if (reply.kind !== 'values') throw refusal(reply);
    return reply.values;
  }

  async nearest(
    workspaceId: string,
    query: NearestQuery,
    tiers: Tier[],
  ): Promise<{ personId: string; cosine: number }[]> {
    if (await this.isInDatabase(workspaceId))
      return this.askDatabase(async (engine) => {
        if (engine.nearest === undefined) throw tooLarge();
        return engine.nearest(workspaceId, query, tiers);
      });
    const reply = await this.ask({ kind: 'nearest', workspaceId, query, tiers, nowMs: this.nowMs() });
    if (reply.kind !== 'nearest') throw refusal(reply);
    return reply.nearest;
  }

  async catchUp(workspaceId: string): Promise<void> {
    await this.indexes.get(workspaceId)?.catchUp();
  }

  async refreshCreators(workspaceId: string, personIds: readonly string[]): Promise<void> {
    await this.indexes.get(workspaceId)?.refreshCreators(personIds);
  }

  async refreshList(workspaceId: string, listId: string): Promise<void> {
    await this.indexes.get(workspaceId)?.refreshList(listId);
  }

  async warm(workspaceId: string): Promise<void> {
    if (!this.isAlwaysInDatabase) await this.open(workspaceId).opened.catch(() => undefined);
  }

  progress(workspaceId: string): IndexProgress {
    if (this.isAlwaysInDatabase) return { state: 'in_database' };
    const index = this.indexes.get(workspaceId);
    if (index === undefined) return { state: 'none' };
    if (index.state === 'too_large') return { state: 'in_database' };
    if (index.state === 'ready') return { state: 'ready', creators: index.size, bytes: index.bytes };
    return { state: 'reading', read: index.read, total: index.total };
  }

  async forget(workspaceId: string): Promise<void> {
    this.letGo(workspaceId);
    await this.ask({ kind: 'drop', workspaceId, dir: snapshotDir(this.infra) });
  }

  async saveAll(): Promise<void> {
    for (const index of [...this.indexes.values()]) await index.save();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.saveTimer);
    await this.thread?.stop();
    this.thread = null;
    this.indexes.clear();
  }

  /** Something was committed, perhaps by another process: this one's index has to have it too. */
  hearNews(workspaceId: string): void {
    if (this.isStopped) return;
    this.catchUp(workspaceId).catch((error) =>
      this.infra.log.warn({ err: error, workspaceId }, 'a search index could not be brought up to date, trying again'),
    );
  }

  /** The settings say that no index is to be kept in memory. */
  private get isAlwaysInDatabase(): boolean {
    return this.infra.config.searchEngine === 'sql' && this.database !== null;
  }

  private letGo(workspaceId: string): void {
    this.indexes.get(workspaceId)?.close();
    this.indexes.delete(workspaceId);
  }

  private nowMs(): number {
    return this.infra.clock.now().getTime();
  }

  private async ask(request: IndexRequest): Promise<IndexReply> {
    if (this.isStopped) throw discoveryError('index_failed', 'The server is stopping.');
    this.thread ??= startIndexThread((error) => {
      this.infra.log.error({ err: error }, 'the search thread was lost, indexes are read again');
      this.thread = null;
      for (const id of [...this.indexes.keys()]) this.letGo(id);
    });
    return this.thread.ask(request);
  }

  private open(workspaceId: string): WorkspaceIndex {
    const found = this.indexes.get(workspaceId);
    if (found !== undefined) {
      this.indexes.delete(workspaceId);
      this.indexes.set(workspaceId, found);
      return found;
    }
    const { infra, bytesMax } = this;
    const index = new WorkspaceIndex({ infra, workspaceId, bytesMax, ask: (request) => this.ask(request) });
    this.indexes.set(workspaceId, index);
    index.opened.then(
      () => this.afterOpen(workspaceId, index),
      (error: unknown) => this.afterFailure(workspaceId, index, error),
    );
    return index;
  }

  private async afterOpen(workspaceId: string, index: WorkspaceIndex): Promise<void> {
    try {
      await this.makeRoom(workspaceId);
      if (!this.isStopped) await index.saveWhenDue(performance.now());
    } catch (error) {
      if (!this.isStopped) this.infra.log.warn({ err: error, workspaceId }, 'a search index could not be saved');
    }
  }

  private async afterFailure(workspaceId: string, index: WorkspaceIndex, error: unknown): Promise<void> {
    if (this.isStopped || index.state === 'closed') return;
    this.infra.log.error({ err: error, workspaceId }, 'a search index could not be read');
    if (this.indexes.get(workspaceId) === index) this.letGo(workspaceId);
    await this.ask({ kind: 'drop', workspaceId, dir: null }).catch(() => undefined);
  }

  /** Lets go of the indexes not asked the longest until the others fit. */
  private async makeRoom(keepId: string): Promise<void> {
    let bytes = 0;
    for (const index of this.indexes.values()) bytes += index.bytes;
    for (const [id, index] of [...this.indexes]) {
      if (bytes <= this.bytesMax) return;
      if (id === keepId || index.bytes === 0) continue;
      this.letGo(id);
      bytes -= index.bytes;
      this.infra.log.info({ workspaceId: id, bytes: index.bytes }, 'search index let go for others');
      await this.ask({ kind: 'drop', workspaceId: id, dir: null });
    }
  }

  /** Waits until the index can be asked; true when the database is to be asked in its place. */
  private async isInDatabase(workspaceId: string): Promise<boolean> {
    if (this.isAlwaysInDatabase) return true;
    const index = this.open(workspaceId);
    if (index.state === 'opening' && (await isLongerThan(index.opened, loadingWaitMs))) {
      if ((await this.database?.isReady?.(workspaceId)) === true) return true;
      const howFar = index.total === 0 ? '' : `: ${index.read} of ${index.total} creators so far`;
      throw discoveryError('index_loading', `The search index is being read${howFar}. Try again in a moment.`);
    }
    return index.state === 'too_large';
  }

  private askDatabase<Answer>(ask: (engine: SearchEngine) => Promise<Answer>): Promise<Answer> {
    if (this.database === null) throw tooLarge();
    return ask(this.database);
  }

  private async saveWhatIsDue(): Promise<void> {
    for (const [workspaceId, index] of [...this.indexes]) {
      await index.saveWhenDue(performance.now()).catch((error: unknown) => {
        if (!this.isStopped) this.infra.log.warn({ err: error, workspaceId }, 'a search index could not be saved');
      });
    }
  }
}

async function isLongerThan(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), ms);
  });
  return Promise.race([work.then(() => false), patience]).finally(() => clearTimeout(timer));
}

function refusal(reply: IndexReply): Error {
  if (reply.kind !== 'faults') return discoveryError('index_failed', 'The search index gave no answer. Try again.');
  return discoveryError('query', reply.faults[0]?.message ?? 'The search cannot be read.', reply.faults);
}

const tooLarge = () =>
  discoveryError(
    'index_failed',
    'The search index needs more memory than RAPPORT_INDEX_MEMORY_MB allows. Allow more, then start again.',
  );
