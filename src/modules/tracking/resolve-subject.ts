import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { type CampaignFacts, findCampaign, findEnrolments, listEnrolments } from '#modules/campaigns/index.ts';
import { readPersonCards } from '#modules/creators/index.ts';

/** Whom a link or code is for, with what its text is made from. */
export interface Subject {
  enrolmentId: string | null;
  campaignId: string | null;
  personId: string | null;
  name: string | null;
  handle: string | null;
  platform: string | null;
  campaignName: string | null;
  landingUrl: string | null;
}

interface Named {
  enrolmentId?: string | undefined;
  campaignId?: string | undefined;
  personId?: string | undefined;
}

/** The subject a caller named by enrolment, or by campaign and person. Errors: not_found for what does not exist. */
export async function resolveSubject(infra: Infra, tx: Tx, workspaceId: string, named: Named): Promise<Subject> {
  if (named.enrolmentId !== undefined) {
    const [enrolment] = await findEnrolments(tx, workspaceId, { ids: [named.enrolmentId], clock: infra.clock });
    if (enrolment === undefined) throw notFound('enrolment');
    const campaign = await findCampaign(tx, workspaceId, enrolment.campaignId);
    if (campaign === null) throw notFound('campaign');
    return ofEnrolment(enrolment, campaign);
  }
  const campaign = named.campaignId === undefined ? null : await findCampaign(tx, workspaceId, named.campaignId);
  if (named.campaignId !== undefined && campaign === null) throw notFound('campaign');
  const card =
    named.personId === undefined
      ? undefined
      : (await readPersonCards(tx, workspaceId, [named.personId])).get(named.personId);
  if (named.personId !== undefined && card === undefined) throw notFound('creator');
  const onCampaign =
    campaign === null || card === undefined
      ? undefined
      : (await listEnrolments(tx, workspaceId, { campaignId: campaign.id, clock: infra.clock })).find(
          (enrolment) => enrolment.person.id === card.personId,
        );
  return {
    enrolmentId: onCampaign?.id ?? null,
    campaignId: campaign?.id ?? null,
    personId: card?.personId ?? null,
    name: card?.name ?? null,
    handle: onCampaign?.profile?.handle ?? card?.profiles[0]?.handle ?? null,
    platform: onCampaign?.profile?.platform ?? card?.profiles[0]?.platform ?? null,
    campaignName: campaign?.name ?? null,
    landingUrl: campaign?.landingUrl ?? null,
  };
}

/** Everyone on a campaign, or those named of them. Error: not_found for a campaign or enrolment that is not there. */
export async function resolveRoster(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; campaignId: string; enrolmentIds: readonly string[] | undefined },
): Promise<Subject[]> {
  const campaign = await findCampaign(tx, of.workspaceId, of.campaignId);
  if (campaign === null) throw notFound('campaign');
  const roster = await listEnrolments(tx, of.workspaceId, { campaignId: of.campaignId, clock: infra.clock });
  if (of.enrolmentIds === undefined) return roster.map((enrolment) => ofEnrolment(enrolment, campaign));
  const byId = new Map(roster.map((enrolment) => [enrolment.id, enrolment]));
  return [...new Set(of.enrolmentIds)].map((id) => {
    const enrolment = byId.get(id);
    if (enrolment === undefined) throw notFound('enrolment');
    return ofEnrolment(enrolment, campaign);
  });
}

type Enrolment = Awaited<ReturnType<typeof findEnrolments>>[number];

function ofEnrolment(enrolment: Enrolment, campaign: CampaignFacts): Subject {
  return {
    enrolmentId: enrolment.id,
    campaignId: campaign.id,
    personId: enrolment.person.id,
    name: enrolment.person.name,
    handle: enrolment.profile?.handle ?? null,
    platform: enrolment.profile?.platform ?? null,
    campaignName: campaign.name,
    landingUrl: campaign.landingUrl,
  };
}
