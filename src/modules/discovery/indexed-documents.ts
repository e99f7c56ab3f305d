import type { Database } from '#infra/db/database.ts';
import { type CreatorDocument, readCreatorDocuments, streamCreatorDocuments } from '#modules/creators/index.ts';
import { hasVectors, readVectors } from './queries/creator-vectors.ts';
import type { IndexedCreator } from './rules/indexed-creator.ts';
import type { EncodedVector } from './search-engine.ts';

/** The newest state of the named creators that exist, as an index takes it. At most 2,000 ids. */
export async function readIndexed(db: Database, workspaceId: string, personIds: string[]): Promise<IndexedCreator[]> {
  return db.asSystem(async (tx) => {
    const documents = await readCreatorDocuments(tx, workspaceId, personIds);
    const vectors = await readVectors(tx, workspaceId, personIds);
    return documents.map((document) => toIndexed(document, vectors));
  });
}

/** All creators of a workspace in batches, as an index takes them. */
export async function* streamIndexed(db: Database, workspaceId: string): AsyncGenerator<IndexedCreator[]> {
  const withVectors = await db.asSystem((tx) => hasVectors(tx, workspaceId));
  for await (const documents of streamCreatorDocuments(db, workspaceId)) {
    const ids = documents.map((document) => document.personId);
    const vectors = withVectors ? await db.asSystem((tx) => readVectors(tx, workspaceId, ids)) : null;
    yield documents.map((document) => toIndexed(document, vectors));
  }
}

/** Only what an index keeps; copying between threads costs time. */
function toIndexed(document: CreatorDocument, vectors: ReadonlyMap<string, EncodedVector> | null): IndexedCreator {
  const { createdAt: _created, updatedAt: _updated, ...creator } = document;
  const vector = vectors?.get(document.personId);
  return vector === undefined ? creator : { ...creator, vector };
}
