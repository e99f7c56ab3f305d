import { setImmediate as breathe } from 'node:timers/promises';
import { type CreatorTexts, type ReadCreator, readCreatorTexts } from './rules/creator-text.ts';
import type { WordModel } from './rules/word-model.ts';

/** Creators read in a row: some 20 ms, for which a redirect may have to wait. */
const atOnce = 40;

/** Reads what creators write, letting others have their turn in between. */
export async function readTexts<Document extends CreatorTexts>(
  documents: readonly Document[],
  model: WordModel,
): Promise<ReadCreator[]> {
  const read: ReadCreator[] = [];
  for (const document of documents) {
    if (read.length > 0 && read.length % atOnce === 0) await breathe();
    read.push(readCreatorTexts(document, model));
  }
  return read;
}
