import { stringify } from 'csv-stringify/sync';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { createPdfSetter } from '#infra/pdf/set-pdf.ts';
import { dayIn } from '#kernel/time.ts';
import { type CampaignFacts, getCampaign } from '#modules/campaigns/index.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { packingListCsv as csvEndpoint, packingListPdf as pdfEndpoint } from '../api.ts';
import { type ParcelRow, selectParcelsOfCampaign } from '../queries/parcels.ts';
import { type PickLineRow, selectPickLines } from '../queries/picks.ts';
import { selectPlan } from '../queries/plans.ts';
import { selectVariants } from '../queries/products.ts';
import { addressLines } from '../rules/read-address.ts';

const setPdf = createPdfSetter(new URL('./packing-list.typ', import.meta.url));

interface Packing {
  campaign: CampaignFacts;
  workspaceName: string;
  today: string;
  sender: string | null;
  parcels: { row: ParcelRow; name: string; handle: string | null; lines: PickLineRow[]; grams: number | null }[];
}

/** The packing list as CSV, a line a product; formulas are made harmless. Error: not_found. */
export async function packingCsv(infra: Infra, call: Call<typeof csvEndpoint>): Promise<Download> {
  const packing = await readPacking(infra, call);
  const rows = packing.parcels.flatMap(({ row, name, handle, lines }) =>
    lines.map((line) => [
      row.id,
      row.external_name,
      row.state,
      name,
      handle,
      line.product_name,
      line.variant_title,
      line.sku,
      line.quantity,
      row.address?.name ?? null,
      row.address?.line1 ?? null,
      row.address?.line2 ?? null,
      row.address?.postcode ?? null,
      row.address?.city ?? null,
      row.address?.region ?? null,
      row.address?.country ?? null,
      row.address?.phone ?? null,
      row.carrier,
      row.tracking_number,
    ]),
  );
  const body = stringify(rows, { header: true, columns, bom: true, escape_formulas: true });
  return { fileName: `${packing.campaign.name} packing list.csv`, contentType: 'text/csv; charset=utf-8', body };
}

const columns = [
  'parcel_id',
  'order',
  'state',
  'creator',
  'handle',
  'product',
  'variant',
  'sku',
  'quantity',
  'name',
  'line1',
  'line2',
  'postcode',
  'city',
  'region',
  'country',
  'phone',
  'carrier',
  'tracking_number',
];

/** The packing list with address labels as PDF. Error: not_found. */
export async function packingPdf(infra: Infra, call: Call<typeof pdfEndpoint>): Promise<Download> {
  const packing = await readPacking(infra, call);
  const totals = new Map<string, { what: string; sku: string; quantity: number }>();
  for (const line of packing.parcels.flatMap((parcel) => parcel.lines)) {
    const before = totals.get(line.variant_id)?.quantity ?? 0;
    totals.set(line.variant_id, { what: whatOf(line), sku: line.sku ?? '', quantity: before + line.quantity });
  }
  const body = setPdf({
    title: `Packing list: ${packing.campaign.name}`,
    workspace: packing.workspaceName,
    campaign: packing.campaign.name,
    today: packing.today,
    sender: packing.sender?.split(/\r?\n/).filter((line) => line.trim() !== '') ?? [],
    totals: [...totals.values()].sort((a, b) => (a.what < b.what ? -1 : 1)),
    parcels: packing.parcels.map(({ row, name, handle, lines, grams }) => ({
      id: row.id,
      order: row.external_name ?? '',
      creator: handle === null ? name : `${name} (@${handle})`,
      lines: lines.map((line) => ({ what: whatOf(line), sku: line.sku ?? '', quantity: String(line.quantity) })),
      weight: grams === null ? 'weight not known' : grams >= 1000 ? `${(grams / 1000).toFixed(2)} kg` : `${grams} g`,
      address: row.address === null ? ['Address deleted'] : addressLines(row.address),
      phone: row.address?.phone ?? '',
    })),
  });
  return { fileName: `${packing.campaign.name} packing list.pdf`, contentType: 'application/pdf', body };
}

const whatOf = (line: PickLineRow) =>
  line.variant_title === '' ? line.product_name : `${line.product_name}, ${line.variant_title}`;

async function readPacking(infra: Infra, call: Call<typeof csvEndpoint | typeof pdfEndpoint>): Promise<Packing> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaign(tx, workspaceId, input.campaignId);
    const { name: workspaceName, timeZone } = await getWorkspace(tx, workspaceId);
    const plan = await selectPlan(tx, workspaceId, campaign.id);
    const all = await selectParcelsOfCampaign(tx, workspaceId, campaign.id);
    const rows = all.filter((row) =>
      input.which === 'all'
        ? row.state !== 'waiting' && row.state !== 'failed' && row.state !== 'cancelled'
        : row.state === 'ordered' || row.state === 'packed',
    );
    const cards = await readPersonCards(
      tx,
      workspaceId,
      rows.map((row) => row.person_id),
    );
    const lines = await selectPickLines(
      tx,
      workspaceId,
      rows.map((row) => row.pick_id),
    );
    const weights = new Map(
      (await selectVariants(tx, workspaceId, [...new Set(lines.map((line) => line.product_id))])).map((one) => [
        one.id,
        one.weight_grams,
      ]),
    );
    const of = Map.groupBy(lines, (line) => line.pick_id);
    return {
      campaign,
      workspaceName,
      today: dayIn(timeZone, infra.clock.now()),
      sender: plan?.sender ?? null,
      parcels: rows.map((row) => {
        const card = cards.get(row.person_id);
        const own = of.get(row.pick_id) ?? [];
        return {
          row,
          name: card?.name ?? 'A creator who was erased',
          handle: card?.profiles[0]?.handle ?? null,
          lines: own,
          grams: sumGrams(own, weights),
        };
      }),
    };
  });
}

/** Null as soon as one weight is not known. */
function sumGrams(lines: readonly PickLineRow[], weights: ReadonlyMap<string, number | null>): number | null {
  let sum = 0;
  for (const line of lines) {
    const grams = weights.get(line.variant_id) ?? null;
    if (grams === null) return null;
    sum += grams * line.quantity;
  }
  return sum;
}
