import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  ContentAsset,
  downloadAsset,
  getAsset,
  listAssets,
  previewAsset,
  removeAsset,
  updateAsset,
} from './api.ts';
import { contentError } from './errors.ts';
import { presentAssets, presentPlacement, presentRight, readToday } from './present-assets.ts';
import { changeAsset, countAssets, searchAssets, selectAsset } from './queries/assets.ts';
import { selectPlacements } from './queries/placements.ts';
import { selectRights } from './queries/rights.ts';

/** A page of the library. Error: content.bad_cursor. */
export async function pageAssets(infra: Infra, call: Call<typeof listAssets>): Promise<OutputOf<typeof listAssets>> {
  const { workspaceId, input } = call;
  const { limit, cursor, ...asked } = input;
  const after = cursor === undefined ? null : readCursor(cursor, input.sort);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const search = { ...asked, today: await readToday(infra, tx, workspaceId), limit: limit + 1, after };
    const found = await searchAssets(tx, workspaceId, search);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: await presentAssets(infra, tx, { workspaceId, rows: page.map(({ row }) => row) }),
      nextCursor:
        found.length > limit && last !== undefined ? encodeCursor([input.sort, last.key ?? '', last.row.id]) : null,
      total: await countAssets(tx, workspaceId, search),
    };
  });
}

function readCursor(cursor: string, sort: string): (string | number | null)[] {
  const [order, key, id, ...rest] = decodeCursor(cursor) ?? [];
  if (order === sort && typeof key === 'string' && typeof id === 'string' && rest.length === 0) return [key, id];
  throw contentError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
    { field: 'cursor', message: 'Not a cursor of this list' },
  ]);
}

/** One piece with its rights and placements. Error: not_found. */
export async function readAsset(infra: Infra, call: Call<typeof getAsset>): Promise<OutputOf<typeof getAsset>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectAsset(tx, workspaceId, input.assetId);
    if (row === undefined) throw notFound('content');
    const [asset] = await presentAssets(infra, tx, { workspaceId, rows: [row] });
    if (asset === undefined) throw notFound('content');
    const today = await readToday(infra, tx, workspaceId);
    const rights = await selectRights(tx, workspaceId, [row.id]);
    const placements = await selectPlacements(tx, workspaceId, [row.id]);
    return {
      ...asset,
      rightsList: rights.map((right) => presentRight(right, today)),
      placementsList: placements.map((one) => presentPlacement(one, { rights, today })),
    };
  });
}

/** Errors: not_found. */
export async function editAsset(infra: Infra, call: Call<typeof updateAsset>): Promise<ContentAsset> {
  const { workspaceId, input } = call;
  const { assetId, campaignId, ...changes } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if (campaignId !== undefined && campaignId !== null) await getCampaign(tx, workspaceId, campaignId);
    const set = {
      ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
      ...(campaignId === undefined ? {} : { campaign_id: campaignId }),
    };
    const row = await changeAsset(tx, workspaceId, { assetId, set });
    if (row === undefined) throw notFound('content');
    await recordAudit(tx, {
      ...call,
      action: 'content_asset.changed',
      subjectKind: 'content_asset',
      subjectId: assetId,
      changes: set,
    });
    const [asset] = await presentAssets(infra, tx, { workspaceId, rows: [row] });
    if (asset === undefined) throw notFound('content');
    return asset;
  });
}

/** Takes it out; its row stays, so that the same post is not captured again. Error: not_found. */
export async function takeOut(infra: Infra, call: Call<typeof removeAsset>): Promise<null> {
  const { workspaceId, input } = call;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { assetId } = input;
    const row = await changeAsset(tx, workspaceId, { assetId, set: { removed_at: infra.clock.now() } });
    if (row === undefined) throw notFound('content');
    await recordAudit(tx, {
      ...call,
      action: 'content_asset.removed',
      subjectKind: 'content_asset',
      subjectId: assetId,
      changes: { reason: input.reason },
    });
  });
  return null;
}

/** The file, unless the rights to it have ended or are only asked for. Errors: not_found, no_file, rights_ended. */
export async function openFile(infra: Infra, call: Call<typeof downloadAsset>): Promise<Download> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectAsset(tx, workspaceId, input.assetId);
    if (row === undefined) throw notFound('content');
    if (row.file_id === null)
      throw contentError('no_file', 'No file of this content is kept here; it is known by its address only.');
    const [asset] = await presentAssets(infra, tx, { workspaceId, rows: [row] });
    if (asset?.rights.state === 'ended')
      throw contentError(
        'rights_ended',
        `The rights to this content ended on ${asset.rights.endsOn ?? 'a day not known'}. Ask the creator to renew them; then it can be downloaded again.`,
      );
    return infra.files.download(await infra.files.get(tx, workspaceId, row.file_id), {
      request: call.request,
      isShown: false,
    });
  });
}

/** A small picture to find it by. Errors: not_found, no_file. */
export async function openPreview(infra: Infra, call: Call<typeof previewAsset>): Promise<Download> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await selectAsset(tx, workspaceId, input.assetId);
    if (row === undefined) throw notFound('content');
    const preview =
      row.file_id === null ? null : infra.files.preview(await infra.files.get(tx, workspaceId, row.file_id));
    if (preview === null) throw contentError('no_file', 'There is no picture of this content here.');
    return preview;
  });
}
