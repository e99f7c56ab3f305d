import { refreshStatistics } from '#infra/db/refresh-statistics.ts';
import type { Infra } from '#infra/module.ts';
import { countPersons, nextPersonIds, readCreatorDocuments } from '#modules/creators/index.ts';
import { documentRows } from './document-rows.ts';
import { beginBuild, deleteTables, finishBuild, lockBuild, noteFilled, selectBuild } from './queries/build.ts';
import { removeDocuments, writeDocuments } from './queries/write-documents.ts';

/** Counts up when what the tables hold of a creator changes: tables of another layout are filled anew. */
const layout = 1;
const creatorsPerBatch = 500;
const tables = ['search_person', 'search_profile', 'search_text', 'search_value', 'search_word'] as const;

export type DocumentsProgress =
  | { state: 'none' }
  | { state: 'filling'; filled: number; total: number }
  | { state: 'ready' };

/**
 * The search documents of workspaces in the database. Changes of one workspace come one after the other, each reading the newest state after the
 * one before: repeats, any order and a fill at the same time end the same. What was filled stays when the program stops; filling goes on there.
 */
export class SearchDocuments {
  private readonly infra: Infra;
  private readonly fills = new Map<string, Promise<void>>();
  private isStopped = false;

  constructor(infra: Infra) {
    this.infra = infra;
  }

  async progress(workspaceId: string): Promise<DocumentsProgress> {
    return this.infra.db.asSystem(async (tx) => {
      const build = await selectBuild(tx, workspaceId);
      if (build === null) return { state: 'none' };
      if (build.state === 'ready' && build.layout === layout) return { state: 'ready' };
      return { state: 'filling', filled: build.filled, total: await countPersons(tx, workspaceId) };
    });
  }

  /** Fills the tables of a workspace, or goes on with that; resolves when they are ready. Error: that of the database. */
  fill(workspaceId: string): Promise<void> {
    let fill = this.fills.get(workspaceId);
    if (fill === undefined) {
      fill = this.fillAll(workspaceId).finally(() => this.fills.delete(workspaceId));
      // Whoever waits hears of a failure; one that nobody waits for is told here.
      fill.catch((error: unknown) => {
        if (!this.isStopped) this.infra.log.error({ err: error, workspaceId }, 'search tables could not be filled');
      });
      this.fills.set(workspaceId, fill);
    }
    return fill;
  }

  /** Brings the named creators up to date, where tables are kept. */
  async refresh(workspaceId: string, personIds: readonly string[]): Promise<void> {
    for (let from = 0; from < personIds.length; from += creatorsPerBatch) {
      const ids = personIds.slice(from, from + creatorsPerBatch);
      await this.infra.db.asSystem(async (tx) => {
        if ((await lockBuild(tx, workspaceId)) === null) return;
        const documents = await readCreatorDocuments(tx, workspaceId, ids);
        const present = new Set(documents.map((document) => document.personId));
        await writeDocuments(tx, workspaceId, documentRows(workspaceId, documents));
        await removeDocuments(
          tx,
          workspaceId,
          ids.filter((id) => !present.has(id)),
        );
      });
    }
  }

  /** Lets go of all that is kept for a workspace. */
  async forget(workspaceId: string): Promise<void> {
    await this.infra.db.asSystem(async (tx) => {
      await lockBuild(tx, workspaceId);
      await deleteTables(tx, workspaceId);
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await Promise.allSettled(this.fills.values());
  }

  private async fillAll(workspaceId: string): Promise<void> {
    const { db, clock, log } = this.infra;
    const startedMs = performance.now();
    await db.asSystem(async (tx) => {
      const build = await lockBuild(tx, workspaceId);
      if (build !== null && build.layout !== layout) await deleteTables(tx, workspaceId);
      await beginBuild(tx, workspaceId, { layout, at: clock.now() });
    });
    let filled = 0;
    for (;;) {
      if (this.isStopped) return;
      const count = await this.fillBatch(workspaceId);
      if (count === 0) break;
      filled += count;
    }
    if (filled === 0) return;
    await refreshStatistics(db, tables);
    log.info({ workspaceId, creators: filled, ms: Math.round(performance.now() - startedMs) }, 'search tables filled');
  }

  /** The next creators in the order of ids; 0 when there are no more, and then the tables are ready. */
  private fillBatch(workspaceId: string): Promise<number> {
    return this.infra.db.asSystem(async (tx) => {
      const build = await lockBuild(tx, workspaceId);
      if (build === null || build.state === 'ready') return 0;
      const ids = await nextPersonIds(tx, workspaceId, build.afterPersonId, creatorsPerBatch);
      const last = ids.at(-1);
      if (last === undefined) {
        await finishBuild(tx, workspaceId, this.infra.clock.now());
        return 0;
      }
      await writeDocuments(
        tx,
        workspaceId,
        documentRows(workspaceId, await readCreatorDocuments(tx, workspaceId, ids)),
      );
      await noteFilled(tx, workspaceId, { afterPersonId: last, count: ids.length });
      return ids.length;
    });
  }
}
