import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Platform } from '#kernel/platform.ts';
import { nextPersonIds, readPersonCards } from '#modules/creators/index.ts';
import { fitBrand, readSureCustomerPersons } from '#modules/discovery/index.ts';
import { type Advice, type adviseCampaign as adviseEndpoint, goalMetrics } from './api.ts';
import { checkCampaignDates } from './check-dates.ts';
import { selectOwnModels, selectOwnRates } from './queries/own-results.ts';
import { type AdviceFacts, advise, type PlatformCounts } from './rules/advise.ts';

const customersMax = 5000;
/** Creators whose fit is looked at. */
const sampleMax = 500;
const sampleMin = 100;
const bestShare = 0.2;

/** Which platform and model suit a goal, from what this workspace knows first. Changes nothing. Error: bad_dates. */
export async function adviseCampaign(infra: Infra, call: Call<typeof adviseEndpoint>): Promise<Advice> {
  const { workspaceId, input } = call;
  checkCampaignDates(input.startsOn, input.endsOn);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const customerIds = await readSureCustomerPersons(tx, workspaceId, customersMax);
    return advise({
      family: goalMetrics[input.metric].family,
      goods: input.goods ?? null,
      startsOn: input.startsOn,
      endsOn: input.endsOn,
      customers: await countPlatforms(tx, workspaceId, customerIds),
      fitting: await findFitting(tx, workspaceId, input.about),
      ownRates: await selectOwnRates(tx, workspaceId),
      ownModels: await selectOwnModels(tx, workspaceId),
    });
  });
}

/** The platform of most followers of each. */
async function countPlatforms(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<PlatformCounts> {
  const cards = await readPersonCards(tx, workspaceId, personIds);
  const per = new Map<Platform, number>();
  let n = 0;
  for (const card of new Map([...cards.values()].map((one) => [one.personId, one])).values()) {
    const [main] = card.profiles;
    if (main === undefined) continue;
    n += 1;
    per.set(main.platform, (per.get(main.platform) ?? 0) + 1);
  }
  return { n, per };
}

/** The fifth of a sample of creators that fits the words best, by the sum of what a match says of each. */
async function findFitting(tx: Tx, workspaceId: string, about: string): Promise<AdviceFacts['fitting']> {
  if (about === '') return null;
  const personIds = await nextPersonIds(tx, workspaceId, '', sampleMax);
  if (personIds.length < sampleMin) return null;
  const fits = await fitBrand(tx, workspaceId, { brief: { text: about, handles: [], audience: {} }, personIds });
  const ranked = [...fits]
    .flatMap(([personId, fit]) => {
      const known = fit.contributions.filter((one) => one.value !== null);
      return known.length === 0 ? [] : [{ personId, sum: known.reduce((sum, one) => sum + one.points, 0) }];
    })
    .toSorted((a, b) => b.sum - a.sum || (a.personId < b.personId ? -1 : 1));
  if (ranked.length < sampleMin) return null;
  const best = ranked.slice(0, Math.ceil(ranked.length * bestShare)).map((one) => one.personId);
  return {
    best: await countPlatforms(tx, workspaceId, best),
    all: await countPlatforms(
      tx,
      workspaceId,
      ranked.map((one) => one.personId),
    ),
  };
}
