import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import type { PortalTask } from '#kernel/portal-task.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type { answerRights, ContentChannel, counterRights, listPortalRights, PortalRight } from './api.ts';
import { rightDeclined, rightGranted } from './events.ts';
import { counterOf, moneyOf } from './present-assets.ts';
import { counterOwn, settlePriced } from './price-rights.ts';
import { type AssetRow, selectAssets } from './queries/assets.ts';
import { lockRights, type RightRow, selectRightsOfPerson, updateRight } from './queries/rights.ts';

/** What brands ask of a creator and what they may do with their content. */
export async function listOwnRights(infra: Infra, call: Call<typeof listPortalRights>): Promise<PortalRight[]> {
  return infra.db.inWorkspace(call.workspaceId, (tx) => readOwn(tx, call.workspaceId, call.actor.id));
}

/** Names another price. */
export function counterOwnRights(infra: Infra, call: Call<typeof counterRights>): Promise<PortalRight[]> {
  return counterOwn(infra, call, (tx) => readOwn(tx, call.workspaceId, call.actor.id));
}

async function readOwn(tx: Tx, workspaceId: string, personId: string): Promise<PortalRight[]> {
  const rights = await selectRightsOfPerson(tx, workspaceId, personId);
  const assets = new Map(
    (await selectAssets(tx, workspaceId, [...new Set(rights.map((right) => right.asset_id))])).map((row) => [
      row.id,
      row,
    ]),
  );
  const { name: brand, currency } = await getWorkspace(tx, workspaceId);
  return rights.map((right) => toPortal(right, { brand, currency, asset: assets.get(right.asset_id) }));
}

function toPortal(right: RightRow, of: { brand: string; currency: string; asset: AssetRow | undefined }): PortalRight {
  const { brand, asset } = of;
  return {
    id: right.id,
    state: right.state as PortalRight['state'],
    brand,
    channels: right.channels as ContentChannel[],
    paid: right.is_paid,
    territory: right.territory,
    exclusive: right.is_exclusive,
    mayEdit: right.may_edit,
    startsOn: right.starts_on,
    endsOn: right.ends_on,
    price: moneyOf(right.price_minor, right.price_currency),
    counter: counterOf(right),
    currency: right.price_currency ?? of.currency,
    contractId: right.amends_id,
    content: {
      title: asset?.title !== undefined && asset.title !== '' ? asset.title : (asset?.caption ?? '').slice(0, 120),
      url: asset?.url ?? null,
      postedAt: asset?.posted_at?.toISOString() ?? null,
    },
    requestedAt: right.requested_at?.toISOString() ?? null,
  };
}

/** Grants or declines what was asked; what was answered before stays. Another creator's right is none. Error: not_found. */
export async function answerOwn(infra: Infra, call: Call<typeof answerRights>): Promise<PortalRight[]> {
  const { workspaceId, input, actor } = call;
  const personId = actor.id;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const wanted = [...new Set(input.rightIds)];
    const own = new Set((await selectRightsOfPerson(tx, workspaceId, personId)).map((right) => right.id));
    if (!wanted.every((id) => own.has(id))) throw notFound('right');
    const isGrant = input.answer === 'grant';
    const held = await lockRights(tx, workspaceId, wanted);
    const priced = held.flatMap((right) => {
      const price = moneyOf(right.price_minor, right.price_currency);
      return isGrant && right.state === 'requested' && price !== null ? [{ right, price }] : [];
    });
    if (priced.length > 0)
      await settlePriced(infra, tx, {
        workspaceId,
        // The creator says yes; the amendment that follows is the brand's, by its own offer.
        actor: { kind: 'system', id: 'system', name: 'Rapport' },
        requestId: call.requestId,
        answeredBy: input.name,
        rights: priced,
      });
    for (const right of held) {
      const isOpen = right.state === 'requested' || (right.state === 'countered' && !isGrant);
      if (!isOpen || priced.some((one) => one.right.id === right.id)) continue;
      await updateRight(tx, workspaceId, {
        rightId: right.id,
        set: { state: isGrant ? 'granted' : 'declined', answered_at: infra.clock.now(), answered_by: input.name },
      });
      await recordAudit(tx, {
        ...call,
        action: isGrant ? 'content_right.granted' : 'content_right.declined',
        subjectKind: 'content_asset',
        subjectId: right.asset_id,
        changes: { right: right.id, name: input.name, address: call.remoteAddress },
      });
      await infra.outbox.emit(tx, {
        workspaceId,
        name: isGrant ? rightGranted : rightDeclined,
        payload: { assetId: right.asset_id, personId, rightId: right.id, actorName: input.name },
      });
    }
    return readOwn(tx, workspaceId, personId);
  });
}

/** Open requests as one thing to do. */
export async function portalTasks(
  _infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personId: string },
): Promise<PortalTask[]> {
  const rights = await selectRightsOfPerson(tx, of.workspaceId, of.personId);
  const open = rights.filter((right) => right.state === 'requested').length;
  if (open === 0) return [];
  return [
    {
      kind: 'rights.answer',
      title: open === 1 ? 'A brand asks to use your content' : `A brand asks to use ${open} pieces of your content`,
      detail: 'See what for, where and how long; then say yes or no',
      dueAt: null,
      path: '/rights',
      campaignId: null,
      isUrgent: false,
    },
  ];
}
