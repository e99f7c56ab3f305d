import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { cpmBands, interactionSource, interactionValues } from '#modules/vetting/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { getSeedingValue, SeedingValue } from './api.ts';
import { selectContent } from './queries/content-results.ts';
import { hasOrders } from './queries/orders.ts';
import { countCodeUses, selectGifted } from './queries/seeding-codes.ts';
import { toContent } from './read-reports.ts';
import { figure } from './rules/figures.ts';
import { mediaValues } from './rules/media-value.ts';

/** What the gifted creators' posts would have cost as advertising, and what their codes were used for. Error: not_found. */
export async function readSeedingValue(infra: Infra, call: Call<typeof getSeedingValue>): Promise<SeedingValue> {
  const { workspaceId } = call;
  const { campaignId } = call.input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, campaignId);
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const enrolmentIds = await selectGifted(tx, workspaceId, campaignId);
    const gifted = new Set(enrolmentIds);
    const content = await selectContent(tx, workspaceId, { campaignIds: [campaignId], timeZone });
    const live = content.map(toContent).filter((one) => one.state === 'live' && gifted.has(one.enrolmentId));
    return {
      campaignId,
      asOf: infra.clock.now().toISOString(),
      mediaValue: mediaValues(live, { perThousand: cpmBands, interactions: interactionValues, interactionSource }),
      codes: await readCodes(infra, tx, { workspaceId, campaignId, enrolmentIds }),
    };
  });
}

async function readCodes(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; campaignId: string; enrolmentIds: readonly string[] },
): Promise<SeedingValue['codes']> {
  const uses = await countCodeUses(tx, of.workspaceId, of);
  const reason =
    uses.codes === 0
      ? 'no creator who was sent something has a code'
      : (await hasOrders(tx, of.workspaceId))
        ? null
        : 'no order ever came in';
  const about = {
    source: 'orders of the connected shops, by the codes they bear',
    reason,
    n: `${uses.codes} ${uses.codes === 1 ? 'code' : 'codes'}`,
    asOf: infra.clock.now().toISOString(),
    note: uses.newest_at === null ? null : `last used ${uses.newest_at.toISOString()}`,
  };
  const count = (value: number, formula: string) =>
    figure('count', reason === null ? value : null, { ...about, formula });
  return {
    given: uses.codes,
    used: count(uses.used, 'codes of creators who were sent something that at least one order bore'),
    orders: count(uses.orders, 'orders that bear one of these codes and were not cancelled, each once'),
  };
}
