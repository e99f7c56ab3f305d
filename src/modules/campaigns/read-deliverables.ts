import type { Tx } from '#infra/db/database.ts';
import type { Platform } from '#kernel/platform.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { ContentMetric, Deliverable, DeliverableState } from './api.ts';
import {
  type DeliverableRow,
  type NewestResultRow,
  selectDeliverables,
  selectNewestResults,
} from './queries/content.ts';
import { countEngagements } from './rules/count-engagements.ts';

/** All deliverables of a campaign as they are answered, by due day. */
export async function readDeliverables(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; today: { day: string } },
): Promise<Deliverable[]> {
  const rows = await selectDeliverables(tx, workspaceId, of.campaignId);
  return presentDeliverables(tx, workspaceId, { rows, today: of.today });
}

/** Deliverables with names from the creators module and the newest result of each metric. */
export async function presentDeliverables(
  tx: Tx,
  workspaceId: string,
  of: { rows: readonly DeliverableRow[]; today: { day: string } },
): Promise<Deliverable[]> {
  if (of.rows.length === 0) return [];
  const results = await selectNewestResults(
    tx,
    workspaceId,
    of.rows.map((row) => row.id),
  );
  const resultsOf = Map.groupBy(results, (result) => result.deliverable_id);
  const cards = await readPersonCards(
    tx,
    workspaceId,
    of.rows.map((row) => row.person_id),
  );
  return of.rows.map((row) => {
    const card = cards.get(row.person_id);
    const onPlatform = card?.profiles.find((profile) => profile.platform === row.platform) ?? card?.profiles[0];
    const newest = toResults(resultsOf.get(row.id) ?? []);
    return {
      id: row.id,
      campaignId: row.campaign_id,
      enrolmentId: row.enrolment_id,
      person: {
        id: card?.personId ?? row.person_id,
        name: card?.name ?? 'Erased creator',
        handle: onPlatform?.handle ?? null,
      },
      platform: row.platform as Platform,
      format: row.format,
      title: row.title,
      dueOn: row.due_on,
      isLate: isOwed(row) && row.due_on !== null && row.due_on < of.today.day,
      state: row.state as DeliverableState,
      isForBrand: row.is_for_brand,
      approvedAt: row.approved_at?.toISOString() ?? null,
      contractId: row.contract_id,
      closedReason: row.closed_reason,
      liveUrl: row.live_url,
      liveAt: row.live_at?.toISOString() ?? null,
      results: newest,
      engagements: countEngagements((metric) => newest[metric]?.value ?? null),
    };
  });
}

/** Is something still to be done for it? What is made for the brand to show is delivered once it is approved. */
export function isOwed(row: Pick<DeliverableRow, 'state' | 'is_for_brand'>): boolean {
  return row.state !== 'live' && row.state !== 'cancelled' && !(row.is_for_brand && row.state === 'approved');
}

function toResults(rows: readonly NewestResultRow[]): Deliverable['results'] {
  const results: Partial<Record<ContentMetric, NonNullable<Deliverable['results'][ContentMetric]>>> = {};
  for (const row of rows) {
    results[row.metric] = {
      value: Number(row.value),
      isEstimate: row.is_estimate,
      source: row.source,
      typedBy: row.typed_by,
      observedAt: row.observed_at.toISOString(),
    };
  }
  return results;
}
