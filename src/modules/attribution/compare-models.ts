import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { readRefs } from '#modules/tracking/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import {
  type ComparedModel,
  comparedModels,
  type compareModels as compareEndpoint,
  type ModelComparison,
} from './api.ts';
import { type Computed, compareAllModels } from './compute-comparison.ts';
import { attributionError } from './errors.ts';
import { dataPathsMin } from './rules/compare-models.ts';
import { splitAmount } from './rules/split-amount.ts';

const periodDays = 90;
/** A call answers "computing" after this long; the next one finds the answer. */
const patienceMs = 3000;
const keptMs = 60_000;
const keptMax = 16;

interface Kept {
  answer: Promise<Computed>;
  atMs: number;
}

/** Compares models; what was computed is kept for a minute in the memory of the process. */
export function createComparisons(infra: Infra) {
  const kept = new Map<string, Kept>();

  const compute = (request: Parameters<typeof compareAllModels>[1]): Kept => {
    const nowMs = infra.clock.now().getTime();
    const key = JSON.stringify(request);
    const known = kept.get(key);
    if (known !== undefined && nowMs - known.atMs < keptMs) return known;
    const fresh: Kept = { answer: compareAllModels(infra, request), atMs: nowMs };
    fresh.answer.then(
      () => {
        fresh.atMs = infra.clock.now().getTime();
      },
      () => kept.delete(key),
    );
    kept.set(key, fresh);
    for (const old of kept.keys()) {
      if (kept.size <= keptMax) break;
      kept.delete(old);
    }
    return fresh;
  };

  /** Errors: not_found for a campaign, attribution.bad_period. */
  return async function compareModels(call: Call<typeof compareEndpoint>): Promise<ModelComparison> {
    const { workspaceId, input } = call;
    const { timeZone } = await infra.db.inWorkspace(workspaceId, (tx) => getWorkspace(tx, workspaceId));
    const to = input.to ?? dayIn(timeZone, infra.clock.now());
    const from = input.from ?? addDays(to, -periodDays);
    if (from > to)
      throw attributionError('bad_period', `The first day ${from} is after the last one ${to}.`, [
        { field: 'from', message: 'Must not be after the last day.' },
      ]);
    const { by, campaignId } = input;
    if (campaignId !== undefined) {
      const refs = await infra.db.inWorkspace(workspaceId, (tx) =>
        readRefs(tx, workspaceId, [{ person_id: null, campaign_id: campaignId }]),
      );
      if (refs.campaignOf(campaignId) === null) throw notFound('campaign');
    }
    const { answer, atMs } = compute({ workspaceId, from, to, timeZone, campaignId, by });
    const computed = await Promise.race([answer, waitFor(patienceMs)]);
    if (computed === null) return { ...nothing, from, to, by, state: 'computing' };
    return await present(infra, { workspaceId, from, to, by, computed, atMs });
  };
}

const nothing = {
  orders: 0,
  touches: 0,
  longest: 0,
  severalTouches: 0,
  emptyPaths: 0,
  totals: [],
  rows: [],
  missing: [],
  computedAt: null,
};

function waitFor(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms).unref());
}

async function present(
  infra: Infra,
  of: { workspaceId: string; from: string; to: string; by: 'creator' | 'campaign'; computed: Computed; atMs: number },
): Promise<ModelComparison> {
  const { computed, by, workspaceId } = of;
  const { sums, names, currencies, table } = computed;
  const refs = await infra.db.inWorkspace(workspaceId, (tx) =>
    readRefs(
      tx,
      workspaceId,
      names.map((name) => refOf(name)),
    ),
  );
  const totals = currencies.map((_, currency) => {
    let total = 0n;
    for (let at = 0; at < table.netMinor.length; at += 1)
      if (table.currencies[at] === currency) total += BigInt(table.netMinor[at] ?? 0);
    return total;
  });
  // Rounded once for all channels, so that each model sums to the orders' total.
  const money = new Map(
    sums.map(({ model, minor }) => [
      model,
      minor?.map((parts, currency) => splitAmount(totals[currency] ?? 0n, sharesOf(parts))),
    ]),
  );
  const lengths = Array.from(table.netMinor, (_, at) => (table.begins[at + 1] ?? 0) - (table.begins[at] ?? 0));
  return {
    state: 'ready',
    from: of.from,
    to: of.to,
    by,
    orders: table.netMinor.length,
    touches: computed.touches,
    longest: lengths.reduce((longest, length) => Math.max(longest, length), 0),
    severalTouches: lengths.filter((length) => length > 1).length,
    emptyPaths: table.empty.reduce((sum, one) => sum + one, 0),
    totals: currencies.map((currency, at) => toMoneyJson({ amountMinor: totals[at] ?? 0n, currency })),
    rows: names.map((name, channel) => ({
      creator: refs.creatorOf(refOf(name).person_id),
      campaign: refs.campaignOf(refOf(name).campaign_id),
      isRest: name === null,
      models: Object.fromEntries(
        sums.map(({ model, orders }) => [
          model,
          {
            orders: orders[channel] ?? 0,
            credited: (money.get(model) ?? []).map((parts, at) =>
              toMoneyJson({ amountMinor: parts[channel] ?? 0n, currency: currencies[at] ?? '' }),
            ),
          },
        ]),
      ),
    })),
    missing: missingOf(computed),
    computedAt: new Date(of.atMs).toISOString(),
  };
}

/** A channel is a creator or, where a link belongs to nobody, its campaign. */
function refOf(name: string | null): { person_id: string | null; campaign_id: string | null } {
  const isPerson = name?.startsWith('per_') === true;
  return { person_id: isPerson ? name : null, campaign_id: isPerson ? null : name };
}

function sharesOf(parts: Float64Array): number[] {
  const sum = parts.reduce((total, part) => total + part, 0);
  return Array.from(parts, (part) => (sum === 0 ? 0 : part / sum));
}

function missingOf({ sums, table }: Computed): { model: ComparedModel; why: string }[] {
  const said = new Set(sums.map(({ model }) => model));
  const orders = table.netMinor.length;
  return comparedModels
    .filter((model) => !said.has(model))
    .map((model) => ({
      model,
      why:
        orders < dataPathsMin
          ? `Not enough data: ${orders} orders with a path, ${dataPathsMin} are needed.`
          : 'Not enough data: all paths have the same single channel.',
    }));
}
