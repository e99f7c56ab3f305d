import { Worker } from 'node:worker_threads';
import type { Infra } from '#infra/module.ts';
import { type OrderTouchQuery, readClickSums, type TouchRule } from '#modules/tracking/index.ts';
import { type ComparedModel, comparedModels, type ModelTerms } from './api.ts';
import { type ChannelKind, type LastTouchSum, readPathRows, sumLastTouches } from './queries/compare-paths.ts';
import { readPolicies } from './read-policies.ts';
import type { ModelSums } from './rules/compare-models.ts';
import type { Policies } from './rules/credit-case.ts';
import { type PathTable, PathTableBuilder } from './rules/path-table.ts';

/** Creators or campaigns told apart; the rest is taken as one, since taking a channel out means solving the chain anew. */
const channelsMax = 300;
/** Orders one comparison may hold. */
const ordersMax = 2_000_000;

export interface ComparisonRequest {
  workspaceId: string;
  from: string;
  to: string;
  timeZone: string;
  campaignId?: string | undefined;
  by: ChannelKind;
  models: readonly ComparedModel[];
}

export interface Computed {
  sums: ModelSums[];
  /** Null for the rest. */
  names: (string | null)[];
  currencies: string[];
  table: Omit<PathTable, 'channels' | 'ages'>;
  touches: number;
}

/** Reads the paths of a period and computes the models in threads of their own. */
export async function computeComparison(infra: Infra, request: ComparisonRequest): Promise<Computed> {
  const { workspaceId, by } = request;
  const { built, currencies, terms } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const policies = await readPolicies(tx, workspaceId);
    const builder = new PathTableBuilder();
    const query: OrderTouchQuery = { ...request, rules: touchRules(policies) };
    await readPathRows(tx, { query, by }, async (rows) => {
      for (const row of rows) builder.add({ ...row, netMinor: row.net_minor });
      // Requests go in between.
      await new Promise((resolve) => setImmediate(resolve));
      return builder.orders < ordersMax;
    });
    const done = builder.build(channelsMax);
    const numbers = new Map(done.names.map((name, at) => [name, at]));
    const rest = numbers.get(null);
    for (const total of await readClickSums(tx, request)) {
      const name = by === 'creator' ? (total.personId ?? total.campaignId) : (total.campaignId ?? total.personId);
      const at = numbers.get(name) ?? rest;
      if (name !== null && at !== undefined) done.table.empty[at] = (done.table.empty[at] ?? 0) + Number(total.clicks);
    }
    for (const [name, touches] of done.touchesOf) {
      const at = numbers.get(name) ?? rest;
      if (at !== undefined) done.table.empty[at] = Math.max(0, (done.table.empty[at] ?? 0) - touches);
    }
    return { built: done, currencies: builder.currencyNames, terms: policies.workspace.policy.terms };
  });
  const sums = await inThreads({ table: built.table, models: request.models, terms });
  const { channels, ages: _, ...table } = built.table;
  return { sums, names: built.names, currencies, table, touches: channels.length };
}

/** Every model there is. */
export function compareAllModels(infra: Infra, request: Omit<ComparisonRequest, 'models'>): Promise<Computed> {
  return computeComparison(infra, { ...request, models: comparedModels });
}

/** Orders and money by last touch per creator or campaign, in one statement over any number of clicks. */
export async function lastTouch(infra: Infra, request: Omit<ComparisonRequest, 'models'>): Promise<LastTouchSum[]> {
  const { workspaceId, by } = request;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const query = { ...request, rules: touchRules(await readPolicies(tx, workspaceId)) };
    return await sumLastTouches(tx, { query, by });
  });
}

/** The borders of the rules that hold, for the statement that reads all touches at once. */
export function touchRules(policies: Policies): TouchRule[] {
  return [policies.workspace, ...policies.campaigns.values()].map(({ campaignId, policy }) => ({
    campaignId,
    firstDays: policy.windows.firstDays,
    repeatDays: policy.windows.repeatDays,
    codeGraceDays: policy.windows.codeGraceDays,
    hasCodes: policy.precedence.includes('code'),
    hasLinks: policy.precedence.includes('link'),
  }));
}

interface Work {
  table: PathTable;
  models: readonly ComparedModel[];
  terms: ModelTerms;
}

/** The chain of the last three touches takes as long as all others together: it has a thread of its own. Sums come in the order of the models. */
async function inThreads(work: Work): Promise<ModelSums[]> {
  const [longest, others] = [work.models.filter(isLongest), work.models.filter((model) => !isLongest(model))];
  const parts = [longest, others].filter((models) => models.length > 0);
  const sums = (await Promise.all(parts.map((models) => inThread({ ...work, models })))).flat();
  return work.models.flatMap((model) => sums.filter((one) => one.model === model));
}

const isLongest = (model: ComparedModel) => model === 'markov3';

function inThread(data: Work): Promise<ModelSums[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./compare-worker.ts', import.meta.url), {
      workerData: data,
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The comparison ended without an answer.')));
  });
}
