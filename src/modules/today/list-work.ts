import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { dayIn } from '#kernel/time.ts';
import { listCampaignNames } from '#modules/campaigns/index.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type listWork as listEndpoint, type Tier, tiers, workShownMax } from './api.ts';
import { readWork } from './read-work.ts';
import { tierOf, verbOf, workId } from './rules/weigh-work.ts';

/** Everything that waits for members, the most urgent first: by tier, day, then title. */
export async function listWork(infra: Infra, call: Call<typeof listEndpoint>): Promise<OutputOf<typeof listEndpoint>> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const day = dayIn(timeZone, infra.clock.now());
    const isFor = (ownerId: string | null | undefined) => ownerId == null || ownerId === actor.id;
    const work = (await readWork(infra, tx, { workspaceId, today: day }))
      .filter((one) => input.campaignId === undefined || one.campaignId === input.campaignId)
      .filter((one) => !input.mine || isFor(one.ownerId))
      .map((one) => ({ one, ...tierOf(one, day) }));
    const counts = Object.fromEntries(tiers.map((tier) => [tier, work.filter((row) => row.tier === tier).length]));
    const shown = work
      .filter((row) => input.tier === undefined || row.tier === input.tier)
      .toSorted(
        (a, b) =>
          rank(a.tier) - rank(b.tier) ||
          compare(a.one.dueOn ?? '9', b.one.dueOn ?? '9') ||
          compare(a.one.title, b.one.title) ||
          compare(workId(a.one), workId(b.one)),
      );
    const rows = shown.slice(0, workShownMax);
    const cards = await readPersonCards(
      tx,
      workspaceId,
      rows.flatMap(({ one }) => one.personId ?? []),
    );
    const names = await listCampaignNames(
      tx,
      workspaceId,
      rows.flatMap(({ one }) => one.campaignId ?? []),
    );
    return {
      day,
      total: shown.length,
      counts: counts as Record<Tier, number>,
      rows: rows.map(({ one, tier, due }) => {
        const card = one.personId === null ? undefined : cards.get(one.personId);
        const campaign = one.campaignId === null ? undefined : names.get(one.campaignId);
        return {
          id: workId(one),
          kind: one.kind,
          tier,
          title: one.title,
          detail: one.detail,
          since: one.since,
          dueOn: one.dueOn,
          due,
          verb: verbOf(one),
          path: one.path,
          campaign: campaign === undefined || one.campaignId === null ? null : { id: one.campaignId, name: campaign },
          person: card === undefined ? null : { id: card.personId, name: card.name },
          ownerId: one.ownerId ?? null,
        };
      }),
    };
  });
}

const rank = (tier: Tier) => tiers.indexOf(tier);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
