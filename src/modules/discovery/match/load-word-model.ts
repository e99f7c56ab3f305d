import { readFileSync } from 'node:fs';
import { AppError } from '#kernel/errors.ts';
import { readWordModel, type WordModel } from './rules/word-model.ts';

let model: WordModel | null = null;
/** Null is the file that ships. */
let ownFile: string | null = null;

/** Puts other word vectors in place of those that ship, before anything is encoded; a file made by models/words/train.ts. */
export function takeWordVectors(path: string | null): void {
  if (path === ownFile) return;
  ownFile = path;
  model = null;
}

/** The word vectors (those that ship take 5.6 MB), read once when first asked for. Error: discovery.word_vectors for a file of one's own. */
export function loadWordModel(): WordModel {
  model ??= read();
  return model;
}

function read(): WordModel {
  if (ownFile === null)
    return readWordModel(readFileSync(new URL('../../../../models/words/words.bin', import.meta.url)));
  try {
    return readWordModel(readFileSync(ownFile));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError(
      'invalid',
      'discovery.word_vectors',
      `RAPPORT_WORD_VECTORS: ${ownFile} cannot be used: ${reason}. Make it with models/words/train.ts, or leave the setting out.`,
    );
  }
}
