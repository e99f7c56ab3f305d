import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import type { removeFromRoster as removeEndpoint } from './api.ts';
import { lockEnrolments, setRemoved } from './queries/roster.ts';
import { getCampaignRow } from './read-campaigns.ts';
import { recordRosterChanges } from './record-change.ts';

/** Takes creators off a campaign, all or none; those who are off already stay so. Error: not_found when one is not on the campaign at all. */
export async function removeFromRoster(
  infra: Infra,
  call: Call<typeof removeEndpoint>,
): Promise<OutputOf<typeof removeEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const ids = [...new Set(input.enrolmentIds)];
    const held = await lockEnrolments(tx, workspaceId, { campaignId: campaign.id, ids });
    if (held.length < ids.length) throw notFound('enrolment');
    const leaving = held.filter((row) => row.removed_at === null);
    await setRemoved(tx, workspaceId, {
      ids: leaving.map((row) => row.id),
      reason: input.reason,
      at: infra.clock.now(),
    });
    const rows = leaving.map((row) => ({
      enrolmentId: row.id,
      personId: row.person_id,
      fromStage: row.stage,
      changes: { reason: input.reason },
    }));
    await recordRosterChanges(infra, tx, { call, campaignId: campaign.id, what: 'removed', rows });
    return { removed: leaving.length, unchanged: held.length - leaving.length };
  });
}
