import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import { daysBetween } from '#kernel/time.ts';
import { findCampaign, putCost } from '#modules/campaigns/index.ts';
import { amendWithRights, type PricedRight, termsOf } from '#modules/contracts/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { answerCounter, ContentChannel, counterRights, PortalRight } from './api.ts';
import { contentError } from './errors.ts';
import { rightCountered, rightDeclined, rightGranted } from './events.ts';
import { presentRight, readToday } from './present-assets.ts';
import { type AssetRow, selectAsset, selectAssets } from './queries/assets.ts';
import { lockRights, type RightRow, selectRightsOfPerson, updateRight } from './queries/rights.ts';

export interface Settling {
  workspaceId: string;
  actor: Actor;
  requestId: string;
  /** Who said yes, as it is kept. */
  answeredBy: string;
  rights: readonly { right: RightRow; price: MoneyJson }[];
}

/**
 * Rights both sides agree on at a price. With a contract in force they become lines of its amendment, one for each creator and campaign, and are granted
 * once both signed that; without one they are granted now, and the price is a cost of the campaign that is due. Error: content.not_amendable.
 */
export async function settlePriced(infra: Infra, tx: Tx, of: Settling): Promise<void> {
  const { workspaceId } = of;
  const assets = new Map(
    (await selectAssets(tx, workspaceId, [...new Set(of.rights.map(({ right }) => right.asset_id))])).map((row) => [
      row.id,
      row,
    ]),
  );
  const perEnrolment = Map.groupBy(of.rights, ({ right }) => assets.get(right.asset_id)?.enrolment_id ?? null);
  for (const [enrolmentId, rights] of perEnrolment) {
    const amendment = enrolmentId === null ? null : await amend(infra, tx, { ...of, enrolmentId, rights, assets });
    for (const { right, price } of rights) {
      const asset = assets.get(right.asset_id);
      await updateRight(tx, workspaceId, {
        rightId: right.id,
        set: {
          state: amendment === null ? 'granted' : 'agreed',
          price_minor: BigInt(price.amountMinor),
          price_currency: price.currency,
          answered_at: infra.clock.now(),
          answered_by: of.answeredBy,
          amends_id: amendment,
        },
      });
      if (amendment === null && asset !== undefined) await book(infra, tx, { ...of, asset, price });
      await recordAudit(tx, {
        ...of,
        action: amendment === null ? 'content_right.granted' : 'content_right.agreed',
        subjectKind: 'content_asset',
        subjectId: right.asset_id,
        changes: { right: right.id, price, contract: amendment, name: of.answeredBy },
      });
      if (amendment === null) await emit(infra, tx, { ...of, name: rightGranted, right, asset });
    }
  }
}

/** The currency of the contract in force a price would have to be in; null when it fits. */
export async function otherCurrency(tx: Tx, asset: AssetRow, currency: string): Promise<string | null> {
  if (asset.enrolment_id === null) return null;
  const terms = await termsOf(tx, asset.workspace_id, asset.enrolment_id);
  return terms?.fee == null || terms.fee.currency === currency ? null : terms.fee.currency;
}

async function amend(
  infra: Infra,
  tx: Tx,
  of: Settling & { enrolmentId: string; assets: ReadonlyMap<string, AssetRow> },
): Promise<string | null> {
  const lines = of.rights.map(({ right, price }): PricedRight => {
    const title = titleOf(of.assets.get(right.asset_id));
    return {
      price,
      label: `Rights for “${title}”`.slice(0, 80),
      right: {
        channels: right.channels as ContentChannel[],
        paid: right.is_paid,
        territory: right.territory,
        startsAt: right.starts_on === null ? 'signed' : 'date',
        from: right.starts_on,
        days:
          right.ends_on === null || right.starts_on === null ? null : daysBetween(right.starts_on, right.ends_on) + 1,
        exclusive: right.is_exclusive,
        mayEdit: right.may_edit,
        pieces: [{ rightId: right.id, title }],
      },
    };
  });
  const said = lines.map((line) => `${line.label}: ${formatAmount(fromMoneyJson(line.price))} ${line.price.currency}`);
  const note = `Agreed by ${of.answeredBy}. ${said.join('; ')}.`.slice(0, 2000);
  const made = await amendWithRights(infra, tx, { ...of, rights: lines, note });
  if (made === null) return null;
  if ('whyNot' in made) throw contentError('not_amendable', made.whyNot);
  return made.contractId;
}

async function book(infra: Infra, tx: Tx, of: Settling & { asset: AssetRow; price: MoneyJson }): Promise<void> {
  const { asset, price, workspaceId } = of;
  const campaign = asset.campaign_id === null ? null : await findCampaign(tx, workspaceId, asset.campaign_id);
  if (campaign === null || campaign.currency !== price.currency) return;
  const today = await readToday(infra, tx, workspaceId);
  await putCost(infra, tx, {
    call: of,
    input: {
      campaignId: campaign.id,
      enrolmentId: asset.enrolment_id,
      kind: 'other',
      amount: price,
      state: 'due',
      dueOn: today,
      note: `Rights for “${titleOf(asset)}”, agreed by ${of.answeredBy}`.slice(0, 300),
    },
  });
}

function titleOf(asset: AssetRow | undefined): string {
  const title = asset?.title ?? '';
  return (title !== '' ? title : (asset?.caption ?? '')).slice(0, 60) || 'a piece of content';
}

async function emit(
  infra: Infra,
  tx: Tx,
  of: Pick<Settling, 'workspaceId'> & {
    answeredBy: string;
    name: string;
    right: RightRow;
    asset: AssetRow | undefined;
  },
): Promise<void> {
  const { right, asset, workspaceId, name } = of;
  await infra.outbox.emit(tx, {
    workspaceId,
    name,
    payload: {
      assetId: right.asset_id,
      rightId: right.id,
      actorName: of.answeredBy,
      ...(asset?.person_id == null ? {} : { personId: asset.person_id }),
      ...(asset?.campaign_id == null ? {} : { campaignId: asset.campaign_id }),
    },
  });
}

/** The creator names another price. What was answered before stays; another creator's right is none. Errors: not_found, content.bad_price. */
export async function counterOwn(
  infra: Infra,
  call: Call<typeof counterRights>,
  readOwn: (tx: Tx) => Promise<PortalRight[]>,
): Promise<PortalRight[]> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const wanted = [...new Set(input.rightIds)];
    const own = new Set((await selectRightsOfPerson(tx, workspaceId, actor.id)).map((right) => right.id));
    if (!wanted.every((id) => own.has(id))) throw notFound('right');
    for (const right of await lockRights(tx, workspaceId, wanted)) {
      if (right.state !== 'requested' && right.state !== 'countered') continue;
      if (right.price_currency !== null && right.price_currency !== input.price.currency)
        throw contentError(
          'bad_price',
          `The brand pays in ${right.price_currency}. Name a price in ${right.price_currency}.`,
          [{ field: 'price.currency', message: `must be ${right.price_currency}` }],
        );
      await updateRight(tx, workspaceId, {
        rightId: right.id,
        set: {
          state: 'countered',
          counter_minor: BigInt(input.price.amountMinor),
          counter_note: input.note,
          price_currency: input.price.currency,
          answered_at: infra.clock.now(),
          answered_by: input.name,
        },
      });
      await recordAudit(tx, {
        ...call,
        action: 'content_right.countered',
        subjectKind: 'content_asset',
        subjectId: right.asset_id,
        changes: { right: right.id, price: input.price, name: input.name, address: call.remoteAddress },
      });
      const asset = await selectAsset(tx, workspaceId, right.asset_id);
      await emit(infra, tx, { workspaceId, answeredBy: input.name, name: rightCountered, right, asset });
    }
    return readOwn(tx);
  });
}

/** The brand answers the price a creator named; a repeat changes nothing. Errors: not_found, content.bad_price, content.not_amendable. */
export async function answerCountered(
  infra: Infra,
  call: Call<typeof answerCounter>,
): Promise<OutputOf<typeof answerCounter>> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [right] = await lockRights(tx, workspaceId, [input.rightId]);
    if (right === undefined) throw notFound('right');
    const today = await readToday(infra, tx, workspaceId);
    if (right.state !== 'countered' || right.counter_minor === null || right.price_currency === null)
      return presentRight(right, today);
    const price = { amountMinor: right.counter_minor.toString(), currency: right.price_currency };
    if (price.amountMinor !== input.price.amountMinor || price.currency !== input.price.currency)
      throw contentError('bad_price', 'The creator names another price by now. Look at it again.', [
        { field: 'price', message: `is ${formatAmount(fromMoneyJson(price))} ${price.currency} now` },
      ]);
    if (input.answer === 'accept') {
      const answeredBy = right.answered_by ?? 'the creator';
      await settlePriced(infra, tx, { workspaceId, actor, requestId, answeredBy, rights: [{ right, price }] });
    } else {
      await updateRight(tx, workspaceId, {
        rightId: right.id,
        set: { state: 'declined', note: `${right.note}\n${input.reason}`.trim().slice(0, 2000) },
      });
      await recordAudit(tx, {
        ...call,
        action: 'content_right.counter-declined',
        subjectKind: 'content_asset',
        subjectId: right.asset_id,
        changes: { right: right.id, price, reason: input.reason },
      });
      const asset = await selectAsset(tx, workspaceId, right.asset_id);
      await emit(infra, tx, { workspaceId, answeredBy: actor.name, name: rightDeclined, right, asset });
    }
    const [after] = await lockRights(tx, workspaceId, [right.id]);
    return presentRight(after ?? right, today);
  });
}
