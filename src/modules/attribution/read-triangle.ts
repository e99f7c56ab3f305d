import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { countPaidOrders, readRefs } from '#modules/tracking/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { Experiment, Triangle, getTriangle as triangleEndpoint } from './api.ts';
import { attributionError } from './errors.ts';
import { readExperiments } from './manage-experiments.ts';
import { readCredits } from './queries/credit-totals.ts';
import { countAnswers } from './queries/survey-answers.ts';
import { shareInterval } from './rules/share-interval.ts';

const periodDays = 90;

/** What is tracked, what customers said and what a hold-out shows for one campaign; beside each other, never added. Errors: not_found, attribution.bad_period. */
export async function getTriangle(infra: Infra, call: Call<typeof triangleEndpoint>): Promise<Triangle> {
  const { workspaceId, input } = call;
  const { campaignId } = input;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const to = input.to ?? dayIn(timeZone, infra.clock.now());
    const from = input.from ?? addDays(to, -periodDays);
    if (from > to)
      throw attributionError('bad_period', `The first day ${from} is after the last one ${to}.`, [
        { field: 'from', message: 'Must not be after the last day.' },
      ]);
    const refs = await readRefs(tx, workspaceId, [{ person_id: null, campaign_id: campaignId }]);
    const campaign = refs.campaignOf(campaignId);
    if (campaign === null) throw notFound('campaign');
    const credits = await readCredits(tx, { workspaceId, campaignId, from, to, timeZone });
    const said = await countAnswers(tx, { workspaceId, campaignId, from, to, timeZone });
    const interval = shareInterval(said.named, said.answers);
    return {
      campaign,
      from,
      to,
      tracked: {
        orders: credits.reduce((sum, row) => sum + Number(row.orders), 0),
        credited: [...Map.groupBy(credits, (row) => row.currency)].map(([currency, rows]) =>
          toMoneyJson({ amountMinor: rows.reduce((sum, row) => sum + row.creditedMinor, 0n), currency }),
        ),
        allOrders: await countPaidOrders(tx, { workspaceId, from, to, timeZone }),
      },
      said: {
        ...said,
        share: interval === null ? null : said.named / said.answers,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
      },
      incremental: (await readExperiments(tx, workspaceId, campaignId)).flatMap(effectsOf),
      computedAt: infra.clock.now().toISOString(),
    };
  });
}

/** The effects of a hold-out that has ended; adjusted for the time before where that is known. */
function effectsOf(experiment: Experiment): Triangle['incremental'] {
  if (experiment.state !== 'ended') return [];
  return experiment.arms.flatMap((arm) => {
    const effect = arm.adjusted ?? arm.raw;
    if (effect === null) return [];
    return [
      {
        experimentId: experiment.id,
        name: experiment.name,
        arm: arm.name,
        outcome: experiment.outcome,
        currency: experiment.currency,
        units: arm.measured,
        total: effect.total,
        low: effect.totalLow,
        high: effect.totalHigh,
        isAdjusted: arm.adjusted !== null,
        startsOn: experiment.startsOn,
        endsOn: experiment.endsOn,
      },
    ];
  });
}
