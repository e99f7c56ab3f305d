import { join } from 'node:path';
import type { Infra } from '#infra/module.ts';
import { type Horizon, readHorizon } from '#infra/outbox/read-changes.ts';
import { countPersons } from '#modules/creators/index.ts';
import type { IndexReply, IndexRequest } from './index-messages.ts';
import { readIndexed, streamIndexed } from './indexed-documents.ts';
import { packCreators } from './pack-creators.ts';
import { allListMembers, membersOfList } from './queries/lists.ts';
import { type Followed, readNews } from './read-news.ts';

const documentsPerChange = 500;
/** A snapshot is written anew when so many changes came since, or some have waited so long; persons that are gone leave it sooner. */
const changesUnsavedMax = 20_000;
const unsavedMaxMs = 10 * 60_000;
const removalUnsavedMaxMs = 60_000;

export type Ask = (request: IndexRequest) => Promise<IndexReply>;

export interface WorkspaceIndexOptions {
  infra: Infra;
  workspaceId: string;
  ask: Ask;
  /** An index that grows beyond this is let go: the database answers instead. */
  bytesMax: number;
}

/** Folder of the snapshots in the data folder. */
export function snapshotDir(infra: Infra): string {
  return join(infra.config.dataDir, 'discovery');
}

/** The request thread's side of one workspace's index: brings it into the other thread, keeps it current, has it saved. */
export class WorkspaceIndex {
  state: 'opening' | 'ready' | 'too_large' | 'closed' = 'opening';
  /** Creators read so far while it is built, and how many there are. */
  read = 0;
  total = 0;
  size = 0;
  bytes = 0;
  /** Settles when it can be asked, or never will. */
  readonly opened: Promise<void>;
  private readonly options: WorkspaceIndexOptions;
  /** Changes come one after the other, each reading the newest state. */
  private last: Promise<unknown>;
  private followed: Followed | null = null;
  /** A look that has not begun yet: whoever asks before it does is answered by it. */
  private nextLook: Promise<void> | null = null;
  /** Something was committed while the index was being opened. */
  private hasNews = false;
  private unsaved = 0;
  private saveDueMs = Number.POSITIVE_INFINITY;

  constructor(options: WorkspaceIndexOptions) {
    this.options = options;
    this.opened = this.open();
    this.last = this.opened.catch(() => undefined);
  }

  /** Takes in what was committed before the call. While the index is being opened that does the same, and nobody need wait for it. */
  catchUp(): Promise<void> {
    this.hasNews = true;
    if (this.state !== 'ready') return Promise.resolve();
    this.nextLook ??= this.inTurn(() => {
      this.nextLook = null;
      return this.takeNews();
    });
    return this.nextLook;
  }

  refreshCreators(personIds: readonly string[]): Promise<void> {
    return this.inTurn(() => this.readAgain([...personIds]));
  }

  refreshList(listId: string): Promise<void> {
    return this.inTurn(() => this.readList(listId));
  }

  /** From now on it asks nothing of the thread: what it was about to change may be another index under the same id. */
  close(): void {
    this.state = 'closed';
  }

  /** Has the index saved when enough has changed. `nowMs` and the times kept are of one clock, whichever. */
  async saveWhenDue(nowMs: number): Promise<void> {
    if (this.state !== 'ready' || this.unsaved === 0) return;
    if (this.unsaved < changesUnsavedMax && nowMs < this.saveDueMs) return;
    await this.save();
  }

  /** Writes the snapshot of what the index has now; questions and changes go on meanwhile. */
  async save(): Promise<void> {
    const { infra, workspaceId } = this.options;
    let saving: Promise<IndexReply> | null = null;
    // Its request stands in the thread's queue before any later change, so `followed` is what the index has.
    await this.inTurn(async () => {
      if (this.followed === null || this.state !== 'ready') return;
      this.unsaved = 0;
      this.saveDueMs = Number.POSITIVE_INFINITY;
      saving = this.ask({ kind: 'save', workspaceId, savedAt: { dir: snapshotDir(infra), ...this.followed.horizon } });
      saving.catch(() => undefined);
    });
    const startedMs = performance.now();
    const reply = await (saving as Promise<IndexReply> | null);
    if (reply?.kind === 'saved')
      infra.log.debug({ workspaceId, bytes: reply.fileBytes, ms: since(startedMs) }, 'search index saved');
  }

  private ask(request: IndexRequest): Promise<IndexReply> {
    return this.isClosed() ? Promise.reject(letGo()) : this.options.ask(request);
  }

  private isClosed(): boolean {
    return this.state === 'closed';
  }

  private inTurn(change: () => Promise<void>): Promise<void> {
    const turn = this.last.then(() => (this.state === 'ready' ? change() : undefined));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async open(): Promise<void> {
    const { infra, workspaceId } = this.options;
    const startedMs = performance.now();
    const now = await infra.db.asSystem(readHorizon);
    const opened = await this.ask({ kind: 'open', workspaceId, savedAt: { dir: snapshotDir(infra), ...now } });
    if (opened.kind !== 'opened') throw new Error('The index was not opened.');
    if (opened.reason !== null)
      infra.log.warn(
        { workspaceId, reason: opened.reason },
        'a saved search index cannot be used and is read anew from the database',
      );
    this.take(opened);
    if (opened.since === null) await this.build(now);
    else this.followed = { horizon: { ...now, xid: opened.since }, seenIds: new Set() };
    if (this.isTooLarge()) return;
    for (const [listId, personIds] of await infra.db.asSystem((tx) => allListMembers(tx, workspaceId)))
      await this.ask({ kind: 'set-list', workspaceId, listId, personIds });
    do {
      this.hasNews = false;
      await this.takeNews();
      if (this.isTooLarge()) return;
    } while (this.hasNews);
    if (this.isClosed()) throw letGo();
    this.state = 'ready';
    infra.log.info(
      { workspaceId, creators: this.size, fromSnapshot: opened.since !== null, ms: since(startedMs) },
      'search index ready',
    );
  }

  /** Reads all creators. Whoever changes meanwhile is read again afterwards, since the horizon is from before. */
  private async build(horizon: Horizon): Promise<void> {
    const { infra, workspaceId } = this.options;
    this.followed = { horizon, seenIds: new Set() };
    this.total = await infra.db.asSystem((tx) => countPersons(tx, workspaceId));
    let sent: Promise<IndexReply> | null = null;
    for await (const creators of streamIndexed(infra.db, workspaceId)) {
      // At most one batch waits in the thread while the next is read.
      if (sent !== null) this.take(await sent);
      if (this.isTooLarge()) return;
      sent = this.ask({ kind: 'load', workspaceId, creators: packCreators(creators) });
      sent.catch(() => undefined);
      this.read += creators.length;
    }
    if (sent !== null) await sent;
    this.take(await this.ask({ kind: 'finish-load', workspaceId }));
    this.changed(Math.max(1, this.read), 0);
  }

  /** True when the index is beyond its bounds, after having let it go. */
  private isTooLarge(): boolean {
    const { infra, workspaceId, bytesMax } = this.options;
    if (this.state === 'too_large') return true;
    if (this.bytes <= bytesMax) return false;
    infra.log.warn(
      { workspaceId, bytes: this.bytes, bytesMax },
      'the search index needs more memory than RAPPORT_INDEX_MEMORY_MB allows: the database answers instead',
    );
    this.state = 'too_large';
    this.bytes = 0;
    this.ask({ kind: 'drop', workspaceId, dir: snapshotDir(infra) }).catch(() => undefined);
    return true;
  }

  private async takeNews(): Promise<void> {
    const { infra, workspaceId } = this.options;
    if (this.followed === null) return;
    const news = await readNews(infra, workspaceId, this.followed);
    await this.readAgain([...news.personIds]);
    for (const listId of news.listIds) await this.readList(listId);
    this.followed = news.followed;
    if (news.personIds.size > 0)
      this.changed(news.personIds.size, news.hasRemovals ? removalUnsavedMaxMs : unsavedMaxMs);
  }

  private async readAgain(personIds: string[]): Promise<void> {
    const { infra, workspaceId } = this.options;
    for (let from = 0; from < personIds.length; from += documentsPerChange) {
      const ids = personIds.slice(from, from + documentsPerChange);
      const creators = await readIndexed(infra.db, workspaceId, ids);
      const present = new Set(creators.map((creator) => creator.personId));
      const removedIds = ids.filter((id) => !present.has(id));
      this.take(await this.ask({ kind: 'apply', workspaceId, creators: packCreators(creators), removedIds }));
    }
  }

  private async readList(listId: string): Promise<void> {
    const { infra, workspaceId } = this.options;
    const personIds = await infra.db.asSystem((tx) => membersOfList(tx, workspaceId, listId));
    await this.ask({ kind: 'set-list', workspaceId, listId, personIds });
  }

  private changed(count: number, withinMs: number): void {
    this.unsaved += count;
    this.saveDueMs = Math.min(this.saveDueMs, performance.now() + withinMs);
  }

  private take(reply: IndexReply): void {
    if (reply.kind !== 'done' && reply.kind !== 'opened') return;
    this.size = reply.size;
    this.bytes = reply.bytes;
  }
}

const letGo = () => new Error('The index was let go.');

function since(startedMs: number): number {
  return Math.round(performance.now() - startedMs);
}
