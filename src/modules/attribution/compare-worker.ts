import { parentPort, workerData } from 'node:worker_threads';
import type { ComparedModel, ModelTerms } from './api.ts';
import { compareModels } from './rules/compare-models.ts';
import type { PathTable } from './rules/path-table.ts';

// The whole computation of one comparison, apart from the thread that answers requests.
const { table, models, terms } = workerData as { table: PathTable; models: ComparedModel[]; terms: ModelTerms };
parentPort?.postMessage(compareModels(table, { models, terms }));
