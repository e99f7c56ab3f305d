import { readFileSync } from 'node:fs';
import { readWordModel, type WordModel } from './rules/word-model.ts';

let model: WordModel | null = null;

/** The word vectors that ship (5.6 MB), read once when first asked for. */
export function loadWordModel(): WordModel {
  model ??= readWordModel(readFileSync(new URL('../../../../models/words/words.bin', import.meta.url)));
  return model;
}
