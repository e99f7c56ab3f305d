import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import type { Deliverable } from '#modules/campaigns/api.ts';
import { type ChangeFrame, getCampaign, listContent, takeReadings } from '#modules/campaigns/index.ts';
import {
  type ContentReading,
  type FoundResult,
  foundMetrics,
  type listFoundResults,
  type listReadings,
  type takeFoundResults,
} from './api.ts';
import { selectAsset } from './queries/assets.ts';
import { type FoundFigures, type ReadingRow, selectFoundFigures, selectReadings } from './queries/readings.ts';

const readingsMax = 500;

/** Error: not_found. */
export async function readReadings(
  infra: Infra,
  call: Call<typeof listReadings>,
): Promise<OutputOf<typeof listReadings>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectAsset(tx, workspaceId, input.assetId)) === undefined) throw notFound('asset');
    const rows = await selectReadings(tx, workspaceId, { assetId: input.assetId, limit: readingsMax });
    return { readings: rows.map(toReading) };
  });
}

function toReading(row: ReadingRow): ContentReading {
  const number = (value: bigint | null) => (value === null ? null : Number(value));
  return {
    observedAt: row.observed_at.toISOString(),
    source: row.source,
    likes: number(row.likes),
    comments: number(row.comments),
    views: number(row.views),
    shares: number(row.shares),
    saves: number(row.saves),
  };
}

/** What may become results of a campaign's deliverables. Error: not_found. */
export async function readFoundResults(
  infra: Infra,
  call: Call<typeof listFoundResults>,
): Promise<OutputOf<typeof listFoundResults>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, input.campaignId);
    return { rows: await proposeResults(infra, tx, { workspaceId, campaignId: input.campaignId }) };
  });
}

/** Makes what a person accepted results. Error: not_found. */
export async function acceptResults(
  infra: Infra,
  call: Call<typeof takeFoundResults>,
): Promise<OutputOf<typeof takeFoundResults>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, input.campaignId);
    const { campaignId, deliverableIds } = input;
    return { taken: await takeResults(infra, tx, { workspaceId, campaignId, call, deliverableIds }) };
  });
}

/** Makes figures of found posts results of their deliverables, as they were read; how many deliverables changed. Idempotent. */
export async function takeResults(
  infra: Infra,
  tx: Tx,
  of: {
    workspaceId: string;
    campaignId: string;
    call?: ChangeFrame;
    deliverableIds?: readonly string[] | undefined;
  },
): Promise<number> {
  const wanted = of.deliverableIds === undefined ? null : new Set(of.deliverableIds);
  const rows = (await proposeResults(infra, tx, of)).filter((row) => wanted === null || wanted.has(row.deliverableId));
  return takeReadings(infra, tx, {
    ...(of.call === undefined ? {} : { call: of.call }),
    workspaceId: of.workspaceId,
    campaignId: of.campaignId,
    rows: rows.map((row) => ({
      deliverableId: row.deliverableId,
      source: row.source,
      observedAt: row.observedAt,
      values: Object.fromEntries(row.values.map(({ metric, value }) => [metric, value])),
    })),
  });
}

async function proposeResults(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; campaignId: string },
): Promise<FoundResult[]> {
  const { workspaceId, campaignId } = of;
  const found = await selectFoundFigures(tx, workspaceId, campaignId);
  if (found.length === 0) return [];
  const content = new Map(
    (await listContent(tx, workspaceId, { campaignId, clock: infra.clock })).map((one) => [one.id, one]),
  );
  return found.flatMap((figures) => {
    const deliverable = content.get(figures.deliverable_id);
    if (deliverable === undefined || deliverable.state === 'cancelled') return [];
    const values = newsOf(figures, deliverable);
    if (values.length === 0) return [];
    const { person, title } = deliverable;
    return [
      {
        deliverableId: deliverable.id,
        assetId: figures.asset_id,
        title,
        person: { id: person.id, name: person.name },
        source: figures.source,
        observedAt: figures.observed_at.toISOString(),
        values,
      },
    ];
  });
}

/** Figures that are no result yet: none measured, or an older one of another value. What somebody entered later stays. */
function newsOf(figures: FoundFigures, deliverable: Deliverable): FoundResult['values'] {
  return foundMetrics.flatMap((metric) => {
    const read = figures[metric];
    if (read === null) return [];
    const value = Number(read);
    const now = deliverable.results[metric];
    const isNews =
      now === undefined || now.isEstimate || (Date.parse(now.observedAt) < +figures.observed_at && now.value !== value);
    return isNews ? [{ metric, value, current: now === undefined || now.isEstimate ? null : now.value }] : [];
  });
}
