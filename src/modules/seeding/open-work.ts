import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import type { PortalTask } from '#kernel/portal-task.ts';
import { findCampaign } from '#modules/campaigns/index.ts';
import { type OfferSummary, summariseOffers } from './portal/summarise-offers.ts';
import { selectOpenWork } from './queries/open-work.ts';
import { formatCount, plural } from './rules/count-words.ts';

const titles: Record<string, (n: number) => string> = {
  'pick.to_decide': (n) => `Decide on ${formatCount(n)} product ${plural(n, 'choice')}`,
  'pick.to_send': (n) => `Send ${formatCount(n)} approved ${plural(n, 'choice')}`,
  'address.missing': (n) => `Ask ${formatCount(n)} ${plural(n, 'creator')} for an address`,
  'shipment.failed': (n) => `Mend ${formatCount(n)} ${plural(n, 'parcel')} that could not be ordered`,
  'shipment.to_pack': (n) => `Pack and ship ${formatCount(n)} ${plural(n, 'parcel')}`,
};
const steps: Record<string, string> = {
  'pick.to_decide': 'to_decide',
  'pick.to_send': 'to_send',
  'address.missing': 'address_missing',
  'shipment.failed': 'failed',
  'shipment.to_pack': 'to_ship',
};

/** What waits for members, one entry a campaign and kind, so that fifty creators make no fifty lines. */
export async function openWork(tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  const work: OpenWork[] = [];
  for (const row of await selectOpenWork(tx, workspaceId)) {
    const campaign = await findCampaign(tx, workspaceId, row.campaign_id);
    if (campaign === null || campaign.state === 'archived') continue;
    work.push({
      kind: row.kind,
      title: titles[row.kind]?.(row.n) ?? row.kind,
      detail: campaign.name,
      since: row.since.toISOString(),
      dueOn: null,
      path: `/campaigns/${row.campaign_id}/seeding?step=${steps[row.kind] ?? ''}`,
      campaignId: row.campaign_id,
      personId: null,
      ownerId: campaign.ownerId,
    });
  }
  return work;
}

/** What a creator has to do about products and parcels. */
export async function portalTasks(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personId: string },
): Promise<PortalTask[]> {
  return (await summariseOffers(infra, tx, of)).flatMap((offer) => {
    const said = sayTask(offer);
    if (said === null) return [];
    const path = `/seeding/${offer.enrolmentId}`;
    return [{ ...said, path, campaignId: offer.campaignId }];
  });
}

function sayTask(offer: OfferSummary): Omit<PortalTask, 'path' | 'campaignId'> | null {
  const dueAt = offer.dueOn === null ? null : new Date(`${offer.dueOn}T23:59:59Z`);
  switch (offer.step) {
    case 'choose':
      return {
        kind: 'pick.choose',
        title: `Choose your product for ${offer.campaignName}`,
        detail: 'Pick what you like; we send it to you',
        dueAt,
        isUrgent: false,
      };
    case 'choose_again':
      return {
        kind: 'pick.choose',
        title: `Choose again for ${offer.campaignName}`,
        detail: 'Your choice could not be sent',
        dueAt,
        isUrgent: true,
      };
    case 'address':
      return {
        kind: 'address.give',
        title: 'Say where your parcel should go',
        detail: offer.campaignName,
        dueAt: null,
        isUrgent: true,
      };
    case 'on_the_way':
      return {
        kind: 'shipment.expect',
        title: `${offer.product ?? 'Your parcel'} is on its way`,
        detail: 'Tell us when it has arrived',
        dueAt: null,
        isUrgent: false,
      };
    case 'waiting':
    case 'arrived':
      return null;
  }
}
