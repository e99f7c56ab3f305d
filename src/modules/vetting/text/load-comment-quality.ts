import { readFileSync } from 'node:fs';
import { type LinearTextModel, readLinearTextModel } from './linear-text-model.ts';

let loaded: LinearTextModel | undefined;

/** The weights that ship, read once. Throws when the file is missing or damaged. */
export function loadKindModel(): LinearTextModel {
  loaded ??= readLinearTextModel(
    readFileSync(new URL('../../../../models/comment-quality/weights.bin', import.meta.url)),
  );
  return loaded;
}
