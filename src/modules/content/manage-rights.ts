import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { mailPortalLink, readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type {
  addPlacement,
  ContentPlacement,
  ContentRight,
  endPlacement,
  endRight,
  grantRights,
  requestRights,
} from './api.ts';
import { contentError } from './errors.ts';
import { placementAdded, rightEnded, rightGranted, rightRequested } from './events.ts';
import { presentPlacement, presentRight, readToday, toClock } from './present-assets.ts';
import { otherCurrency } from './price-rights.ts';
import { type AssetRow, selectAsset, selectAssets } from './queries/assets.ts';
import { closePlacement, insertPlacement } from './queries/placements.ts';
import { insertRights, lockRights, selectRights, updateRight } from './queries/rights.ts';
import { uncoveredBy } from './rules/rights-clock.ts';

type Asked = Call<typeof grantRights>['input'];

function checkDays(
  { startsOn, endsOn }: { startsOn?: string | undefined; endsOn: string | null },
  today: string,
): string {
  const from = startsOn ?? today;
  if (endsOn !== null && endsOn < from)
    throw contentError('bad_days', `It would end on ${endsOn}, before it begins on ${from}.`, [
      { field: 'endsOn', message: `is before ${from}` },
    ]);
  return from;
}

function columnsOf(input: Asked, startsOn: string) {
  return {
    channels: [...new Set(input.channels)],
    is_paid: input.paid,
    territory: input.territory,
    is_exclusive: input.exclusive,
    may_edit: input.mayEdit,
    starts_on: startsOn,
    ends_on: input.endsOn,
    attribution: input.attribution,
    copyright_holder: input.copyrightHolder,
    copyright_year: input.copyrightYear,
    note: input.note,
  };
}

const subject = (row: AssetRow) => ({
  assetId: row.id,
  ...(row.person_id === null ? {} : { personId: row.person_id }),
  ...(row.campaign_id === null ? {} : { campaignId: row.campaign_id }),
});

/** Writes down rights that were agreed elsewhere; pieces that are not there are named. Error: bad_days. */
export async function grantByHand(infra: Infra, call: Call<typeof grantRights>): Promise<OutputOf<typeof grantRights>> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const startsOn = checkDays(input, await readToday(infra, tx, workspaceId));
    const { assets, refused } = await readAssets(tx, workspaceId, input.assetIds);
    const at = infra.clock.now();
    for (const asset of assets) {
      const id = newId('contentRight', at.getTime());
      await insertRights(tx, [
        {
          workspace_id: workspaceId,
          id,
          asset_id: asset.id,
          source: 'by_hand',
          state: 'granted',
          created_at: at,
          created_by: actor.name,
          ...columnsOf(input, startsOn),
        },
      ]);
      await tell(infra, tx, { call, asset, rightId: id, name: rightGranted, action: 'content_right.granted' });
    }
    return { granted: assets.length, refused };
  });
}

async function readAssets(tx: Tx, workspaceId: string, assetIds: readonly string[]) {
  const wanted = [...new Set(assetIds)];
  const assets = await selectAssets(tx, workspaceId, wanted);
  const there = new Set(assets.map((asset) => asset.id));
  const refused = wanted
    .filter((id) => !there.has(id))
    .map((assetId) => ({ assetId, message: 'There is no such content.' }));
  return { assets, refused };
}

async function tell(
  infra: Infra,
  tx: Tx,
  of: {
    call: Pick<Call, 'workspaceId' | 'actor' | 'requestId'>;
    asset: AssetRow;
    rightId: string;
    name: string;
    action: string;
  },
): Promise<void> {
  const { call, asset, rightId } = of;
  const { workspaceId } = call;
  await recordAudit(tx, {
    ...call,
    action: of.action,
    subjectKind: 'content_asset',
    subjectId: asset.id,
    changes: { right: rightId },
  });
  await infra.outbox.emit(tx, {
    workspaceId,
    name: of.name,
    payload: { ...subject(asset), rightId, actorName: call.actor.name },
  });
}

/** Asks the creators: one request a piece, one mail with one link a creator. Error: bad_days. */
export async function askForRights(
  infra: Infra,
  call: Call<typeof requestRights>,
): Promise<OutputOf<typeof requestRights>> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const startsOn = checkDays(input, await readToday(infra, tx, workspaceId));
    const { assets, refused } = await readAssets(tx, workspaceId, input.assetIds);
    const at = infra.clock.now();
    const cards = await readPersonCards(
      tx,
      workspaceId,
      assets.flatMap((asset) => asset.person_id ?? []),
    );
    const asked = new Map<string, string[]>();
    for (const asset of assets) {
      const personId = asset.person_id;
      const other = input.price === null ? null : await otherCurrency(tx, asset, input.price.currency);
      if (other !== null) {
        refused.push({
          assetId: asset.id,
          message: `The contract of its creator is in ${other}: name the price in ${other}.`,
        });
        continue;
      }
      if (personId === null || !cards.has(personId)) {
        refused.push({ assetId: asset.id, message: 'Nobody is known to ask. Say whose content it is first.' });
        continue;
      }
      const id = newId('contentRight', at.getTime());
      await insertRights(tx, [
        {
          workspace_id: workspaceId,
          id,
          asset_id: asset.id,
          source: 'request',
          state: 'requested',
          requested_at: at,
          requested_by: actor.name,
          created_at: at,
          created_by: actor.name,
          price_minor: input.price === null ? null : BigInt(input.price.amountMinor),
          price_currency: input.price?.currency ?? null,
          ...columnsOf(input, startsOn),
        },
      ]);
      await tell(infra, tx, { call, asset, rightId: id, name: rightRequested, action: 'content_right.requested' });
      asked.set(personId, [...(asked.get(personId) ?? []), id]);
    }
    const brand = (await getWorkspace(tx, workspaceId)).name;
    const creators: OutputOf<typeof requestRights>['creators'] = [];
    for (const [personId, rightIds] of asked) {
      const sent = await mailPortalLink(infra, tx, {
        workspaceId,
        personId,
        madeBy: actor.name,
        path: '/rights',
        key: `content-rights ${rightIds[0] ?? ''}`,
        subject: `${brand} would like to use your content`,
        lines: [
          ...(input.message === '' ? [] : [input.message]),
          `We would like to use ${rightIds.length === 1 ? 'one piece' : `${rightIds.length} pieces`} of your content. What for, where, how long${input.price === null ? '' : ' and what we pay for it'} you see here, and you can say yes, no${input.price === null ? '' : ' or name another price'}:`,
        ],
      });
      creators.push({ personId, name: cards.get(personId)?.name ?? '', ...sent });
    }
    return { requested: [...asked.values()].flat().length, creators, refused };
  });
}

/** Ends a right or takes a request back; a repeat changes nothing. Error: not_found. */
export async function closeRight(infra: Infra, call: Call<typeof endRight>): Promise<ContentRight> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [right] = await lockRights(tx, workspaceId, [input.rightId]);
    if (right === undefined) throw notFound('right');
    const today = await readToday(infra, tx, workspaceId);
    if (right.state === 'ended' || right.state === 'declined') return presentRight(right, today);
    const asset = await selectAsset(tx, workspaceId, right.asset_id);
    const ended = await updateRight(tx, workspaceId, {
      rightId: right.id,
      set: {
        state: 'ended',
        ended_at: infra.clock.now(),
        note: `${right.note}\n${input.reason}`.trim().slice(0, 2000),
      },
    });
    if (asset !== undefined)
      await tell(infra, tx, { call, asset, rightId: right.id, name: rightEnded, action: 'content_right.ended' });
    return presentRight(ended, today);
  });
}

/** Writes down where a piece runs. Errors: not_found, bad_days, not_covered when no right covers it and no reason is given. */
export async function place(infra: Infra, call: Call<typeof addPlacement>): Promise<ContentPlacement> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const asset = await selectAsset(tx, workspaceId, input.assetId);
    if (asset === undefined) throw notFound('content');
    const today = await readToday(infra, tx, workspaceId);
    const startsOn = checkDays(input, today);
    const rights = await selectRights(tx, workspaceId, [asset.id]);
    const { channel, paid, territory, endsOn } = input;
    const uncovered = uncoveredBy(rights.map(toClock), { channel, paid, territory, startsOn, endsOn });
    if (uncovered !== null && input.reason === undefined)
      throw contentError('not_covered', `${uncovered} Ask for the right first, or say why it may run all the same.`, [
        { field: 'reason', message: uncovered },
      ]);
    const at = infra.clock.now();
    const row = await insertPlacement(tx, {
      workspace_id: workspaceId,
      id: newId('placement', at.getTime()),
      asset_id: asset.id,
      channel,
      is_paid: paid,
      place: input.place,
      territory,
      starts_on: startsOn,
      ends_on: endsOn,
      reason: uncovered === null ? null : (input.reason ?? null),
      created_at: at,
      created_by: actor.name,
    });
    await recordAudit(tx, {
      ...call,
      action: 'content_placement.added',
      subjectKind: 'content_asset',
      subjectId: asset.id,
      changes: { channel, place: input.place, uncovered, reason: row.reason },
    });
    await infra.outbox.emit(tx, {
      workspaceId,
      name: placementAdded,
      payload: { ...subject(asset), actorName: actor.name },
    });
    return presentPlacement(row, { rights, today });
  });
}

/** Error: not_found. */
export async function stopPlacement(infra: Infra, call: Call<typeof endPlacement>): Promise<ContentPlacement> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const today = await readToday(infra, tx, workspaceId);
    const row = await closePlacement(tx, workspaceId, {
      placementId: input.placementId,
      at: infra.clock.now(),
      by: actor.name,
      day: today,
    });
    if (row === undefined) throw notFound('placement');
    await recordAudit(tx, {
      ...call,
      action: 'content_placement.ended',
      subjectKind: 'content_asset',
      subjectId: row.asset_id,
      changes: { placement: row.id },
    });
    return presentPlacement(row, { rights: await selectRights(tx, workspaceId, [row.asset_id]), today });
  });
}
