import type { Tx } from '#infra/db/database.ts';
import type { CreatorDocument } from './creator-document.ts';
import { openGazetteer } from './gazetteer/open-gazetteer.ts';
import { readDocuments } from './read-documents.ts';
import type { LocateTown } from './rules/stated-places.ts';

const batchRows = 2000;

/** Documents of the named persons that exist, for bringing an index up to date. */
export async function readCreatorDocuments(
  tx: Tx,
  workspaceId: string,
  personIds: string[],
): Promise<CreatorDocument[]> {
  const locate = await townLocator();
  const documents: CreatorDocument[] = [];
  for (let from = 0; from < personIds.length; from += batchRows) {
    documents.push(
      ...(await readDocuments(tx, {
        workspaceId,
        personIds: personIds.slice(from, from + batchRows),
        locate,
        nowMs: Date.now(),
      })),
    );
  }
  return documents;
}

async function townLocator(): Promise<LocateTown> {
  const gazetteer = await openGazetteer();
  return (name, country) => gazetteer.locate(name, country);
}
