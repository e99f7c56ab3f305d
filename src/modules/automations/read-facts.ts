import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { findCampaign, findEnrolled, findEnrolment } from '#modules/campaigns/index.ts';
import { getPersons } from '#modules/creators/index.ts';
import { type Facts, idsOf } from './rules/facts.ts';

/** All that is known now of what an event names; what is gone is null. */
export async function readFacts(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; payload: Readonly<Record<string, string>> },
): Promise<Facts> {
  const { workspaceId, payload } = of;
  const ids = idsOf(payload);
  if (ids.enrolment === undefined && ids.campaign !== undefined && ids.creator !== undefined) {
    const { campaign: campaignId, creator } = ids;
    const roster = await findEnrolled(tx, workspaceId, { campaignId });
    const found = roster.find((one) => one.personId === creator);
    if (found !== undefined) ids.enrolment = found.enrolmentId;
  }
  const enrolment =
    ids.enrolment === undefined
      ? null
      : await findEnrolment(tx, workspaceId, { id: ids.enrolment, clock: infra.clock });
  if (enrolment !== null) {
    ids.campaign ??= enrolment.campaignId;
    ids.creator ??= enrolment.person.id;
  }
  const person =
    ids.creator === undefined ? null : ((await getPersons(tx, workspaceId, [ids.creator])).get(ids.creator) ?? null);
  const campaign = ids.campaign === undefined ? null : await findCampaign(tx, workspaceId, ids.campaign);
  return {
    payload,
    ids,
    creator:
      person === null
        ? null
        : {
            name: person.name,
            country: person.country,
            tags: person.tags,
            followers: person.profiles[0]?.followers ?? null,
          },
    campaign:
      campaign === null
        ? null
        : { name: campaign.name, model: campaign.model, state: campaign.state, currency: campaign.currency },
    enrolment:
      enrolment === null
        ? null
        : {
            stage: enrolment.stage,
            tags: enrolment.tags,
            feeMinor: enrolment.fee === null ? null : BigInt(enrolment.fee.amountMinor),
          },
  };
}
