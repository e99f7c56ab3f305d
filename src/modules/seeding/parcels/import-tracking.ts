import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { importTracking as importEndpoint } from '../api.ts';
import { type ParcelChange, type ParcelRow, selectParcelsOfCampaign, updateParcel } from '../queries/parcels.ts';
import { faultsListedMax, readTable } from '../read-table.ts';
import { readTrackingRow, type TrackingField, type TrackingRow, trackingColumns } from '../rules/read-tracking-rows.ts';
import { holdParcels, refusalOf } from './change-parcels.ts';
import { recordNews } from './record-parcel.ts';
import { settlePostage } from './settle-postage.ts';

interface TrackingImport {
  isDryRun: boolean;
  read: number;
  changed: number;
  unchanged: number;
  errorsTotal: number;
  errors: { row: number; field: string; message: string }[];
}

/** Reads tracking numbers, states and postage by order: by our parcel's id, or the shop's name or id of the order. Errors: not_found, bad_file. */
export async function importTracking(infra: Infra, call: Call<typeof importEndpoint>): Promise<TrackingImport> {
  const { workspaceId, input, actor } = call;
  const campaign = await infra.db.inWorkspace(workspaceId, (tx) => getCampaign(tx, workspaceId, input.campaignId));
  const table = await readTable<TrackingField>(call.request.body, trackingColumns, ['order']);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const answer: TrackingImport = {
      isDryRun: input.dryRun,
      read: table.rows.length,
      changed: 0,
      unchanged: 0,
      errorsTotal: 0,
      errors: [],
    };
    const faults: TrackingImport['errors'] = [];
    const parcels = indexParcels(await selectParcelsOfCampaign(tx, workspaceId, campaign.id));
    const found: { row: TrackingRow; id: string }[] = [];
    for (const { row, cells } of table.rows) {
      const read = readTrackingRow(cells, { row, currency: campaign.currency, now: infra.clock.now() });
      if (!read.ok) {
        faults.push(...read.faults);
        continue;
      }
      const matches =
        parcels.get(read.value.order.toLowerCase()) ?? parcels.get(`#${read.value.order.toLowerCase()}`) ?? [];
      const [parcel] = matches;
      const fault = faultOf(read.value, matches);
      if (parcel === undefined || fault !== null)
        faults.push({ row, ...(fault ?? { field: 'order', message: 'Not found' }) });
      else found.push({ row: read.value, id: parcel.id });
    }
    const held = new Map(
      (
        await holdParcels(
          tx,
          workspaceId,
          found.map((one) => one.id),
        )
      ).map((parcel) => [parcel.id, parcel]),
    );
    for (const { row, id } of found) {
      const parcel = held.get(id);
      if (parcel === undefined) continue;
      const isChanged = await takeRow(infra, tx, { call, parcel, row });
      answer[isChanged ? 'changed' : 'unchanged'] += 1;
      // What the next row of the same parcel meets.
      if (isChanged && !input.dryRun) for (const again of await holdParcels(tx, workspaceId, [id])) held.set(id, again);
    }
    answer.errorsTotal = faults.length;
    answer.errors = faults.slice(0, faultsListedMax);
    if (!input.dryRun)
      await recordAudit(tx, {
        workspaceId,
        actor,
        requestId: call.requestId,
        action: 'shipments.tracking-imported',
        subjectKind: 'campaign',
        subjectId: campaign.id,
        changes: { rows: answer.read, changed: answer.changed, faults: faults.length },
      });
    return answer;
  });
}

/** Parcels by all the names a file may call them. */
function indexParcels(rows: readonly ParcelRow[]): Map<string, ParcelRow[]> {
  const index = new Map<string, ParcelRow[]>();
  for (const row of rows) {
    const numeric = row.external_id?.split('/').at(-1) ?? null;
    const names = new Set(
      [row.id, row.external_name, row.external_id, numeric].flatMap((name) => name?.toLowerCase() ?? []),
    );
    for (const name of names) index.set(name, [...(index.get(name) ?? []), row]);
  }
  return index;
}

function faultOf(row: TrackingRow, matches: readonly ParcelRow[]): { field: string; message: string } | null {
  const [parcel] = matches;
  if (parcel === undefined)
    return {
      field: 'order',
      message: `There is no parcel "${row.order}" on this campaign. The packing list has their ids`,
    };
  if (matches.length > 1)
    return { field: 'order', message: `${matches.length} parcels are called "${row.order}". Use their ids` };
  const why = row.state === null ? null : refusalOf(parcel, row.state === 'ordered' ? 'packed' : row.state);
  return why === null ? null : { field: 'order', message: why };
}

async function takeRow(
  infra: Infra,
  tx: Tx,
  of: { call: Call<typeof importEndpoint>; parcel: ParcelRow; row: TrackingRow },
): Promise<boolean> {
  const { call, parcel, row } = of;
  const change: ParcelChange = {
    ...(row.number !== null && row.number !== parcel.tracking_number ? { tracking_number: row.number } : {}),
    ...(row.carrier !== null && row.carrier !== parcel.carrier ? { carrier: row.carrier } : {}),
    ...(row.url !== null && row.url !== parcel.tracking_url ? { tracking_url: row.url } : {}),
    ...(row.postageMinor !== null && row.postageMinor !== parcel.cost_minor ? { cost_minor: row.postageMinor } : {}),
  };
  const isTold = Object.keys(change).length > 0;
  if (call.input.dryRun) return isTold || (row.state !== null && row.state !== parcel.state);
  if (isTold) await updateParcel(tx, call.workspaceId, { id: parcel.id, change });
  if (change.cost_minor !== undefined)
    await settlePostage(infra, tx, { frame: call, campaignId: parcel.campaign_id, enrolmentId: parcel.enrolment_id });
  if (row.state === null) return isTold;
  const news = [{ kind: row.state, at: row.at }];
  return (await recordNews(infra, tx, { frame: call, parcel, source: 'file', news })) || isTold;
}
