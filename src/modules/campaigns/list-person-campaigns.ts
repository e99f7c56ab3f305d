import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { listPersonCampaigns as personCampaignsEndpoint } from './api.ts';
import { listEnrolmentsOfPerson } from './facts.ts';
import { selectCampaignsByIds } from './queries/campaigns.ts';

/** The campaigns a creator is or was on, newest first. Error: not_found. */
export async function listPersonCampaigns(
  infra: Infra,
  call: Call<typeof personCampaignsEndpoint>,
): Promise<OutputOf<typeof personCampaignsEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const card = (await readPersonCards(tx, workspaceId, [input.personId])).get(input.personId);
    if (card === undefined) throw notFound('creator');
    const enrolments = await listEnrolmentsOfPerson(tx, workspaceId, { personId: card.personId, clock: infra.clock });
    const campaigns = await selectCampaignsByIds(
      tx,
      workspaceId,
      enrolments.map((enrolment) => enrolment.campaignId),
    );
    const byId = new Map(campaigns.map((row) => [row.id, { id: row.id, name: row.name, state: row.state }]));
    return enrolments.flatMap((enrolment) => {
      const campaign = byId.get(enrolment.campaignId);
      return campaign === undefined ? [] : [{ campaign, enrolment }];
    });
  });
}
