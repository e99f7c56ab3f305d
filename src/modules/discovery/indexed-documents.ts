import type { Database } from '#infra/db/database.ts';
import { type CreatorDocument, nextPersonIds, readCreatorDocuments } from '#modules/creators/index.ts';
import { readVectors } from './queries/creator-vectors.ts';
import type { IndexedCreator } from './rules/indexed-creator.ts';
import type { EncodedVector } from './search-engine.ts';

/** Few enough that their documents die young in memory, enough that the way to the database hardly counts. */
const batchCreators = 1000;
const readsAtOnce = 2;

/** The newest state of the named creators that exist, as an index takes it. At most 2,000 ids. */
export async function readIndexed(db: Database, workspaceId: string, personIds: string[]): Promise<IndexedCreator[]> {
  return db.asSystem(async (tx) => {
    const documents = await readCreatorDocuments(tx, workspaceId, personIds);
    const vectors = await readVectors(tx, workspaceId, personIds);
    return documents.map((document) => toIndexed(document, vectors));
  });
}

/**
 * All creators of a workspace in id order, in batches, each as its own moment saw it: whoever changes meanwhile has to be read again. Two batches are
 * read while a third is taken, so that the database, this thread and the one that indexes all have something to do.
 */
export async function* streamIndexed(db: Database, workspaceId: string): AsyncGenerator<IndexedCreator[]> {
  const underWay: Promise<IndexedCreator[]>[] = [];
  let after = '';
  for (;;) {
    const ids = await db.asSystem((tx) => nextPersonIds(tx, workspaceId, after, batchCreators));
    if (ids.length === 0) break;
    after = ids.at(-1) ?? after;
    const reading = readIndexed(db, workspaceId, ids);
    // Its failure is met when its turn comes.
    reading.catch(() => undefined);
    underWay.push(reading);
    if (underWay.length > readsAtOnce) yield (await underWay.shift()) ?? [];
  }
  for (const reading of underWay) yield await reading;
}

/** Only what an index keeps; copying between threads costs time. */
function toIndexed(document: CreatorDocument, vectors: ReadonlyMap<string, EncodedVector>): IndexedCreator {
  const { createdAt: _created, updatedAt: _updated, ...creator } = document;
  const vector = vectors.get(document.personId);
  return vector === undefined ? creator : { ...creator, vector };
}
