import { readFileSync } from 'node:fs';
import { type LanguageTable, readLanguageTable } from './language-table.ts';
import { type LinearTextModel, readLinearTextModel } from './linear-text-model.ts';

let table: LanguageTable | undefined;
let model: LinearTextModel | undefined;
const read = (name: string) => readFileSync(new URL(`../../../../models/language/${name}`, import.meta.url));

/** Scores of letter runs by language, read once. Throws when the file is missing or damaged. */
export function loadLanguageTable(): LanguageTable {
  table ??= readLanguageTable(read('runs.bin'));
  return table;
}

/** Weights between the seven close languages, read once. Throws when the file is missing or damaged. */
export function loadLanguageModel(): LinearTextModel {
  model ??= readLinearTextModel(read('weights.bin'));
  return model;
}
