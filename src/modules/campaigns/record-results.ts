import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import {
  type ContentMetric,
  contentMetrics,
  type Deliverable,
  type listResults as listEndpoint,
  type recordResults as recordEndpoint,
} from './api.ts';
import { campaignsError } from './errors.ts';
import { lockDeliverable, selectDeliverable, selectResultHistory, upsertResults } from './queries/content.ts';
import { recordContentChanges } from './record-change.ts';
import { getDeliverable } from './update-deliverable.ts';

const historyMax = 500;

/** Enters results by hand. The same moment and source again is a correction. Errors: not_found, bad_day. */
export async function recordResults(infra: Infra, call: Call<typeof recordEndpoint>): Promise<Deliverable> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockDeliverable(tx, workspaceId, input.deliverableId);
    if (row === undefined) throw notFound('deliverable');
    const at = infra.clock.now();
    const observedAt = input.observedAt === undefined ? at : new Date(input.observedAt);
    if (observedAt.getTime() > at.getTime() + 60_000) {
      const message = `${input.observedAt} has not come yet. Enter when the numbers were read.`;
      throw campaignsError('bad_day', `observedAt: ${message}`, [{ field: 'observedAt', message }]);
    }
    const { source, isEstimate } = input;
    const rows = contentMetrics.flatMap((metric) => {
      const value = input.values[metric];
      return value === undefined
        ? []
        : [
            {
              id: newId('result', at.getTime()),
              deliverableId: row.id,
              metric,
              value: BigInt(value),
              isEstimate,
              source,
              observedAt,
            },
          ];
    });
    const changed = await upsertResults(tx, workspaceId, { rows, recordedBy: call.actor.name, at });
    if (changed.length > 0) {
      const changes = { ...input.values, source, observedAt: observedAt.toISOString(), isEstimate };
      await recordContentChanges(infra, tx, {
        call,
        campaignId: row.campaign_id,
        what: 'results',
        rows: [{ deliverableId: row.id, changes }],
      });
    }
    return getDeliverable(infra, tx, { workspaceId, id: row.id });
  });
}

/** Every result of a deliverable, newest first. Error: not_found. */
export async function listResults(
  infra: Infra,
  call: Call<typeof listEndpoint>,
): Promise<OutputOf<typeof listEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const deliverable = await selectDeliverable(tx, workspaceId, input.deliverableId);
    if (deliverable === undefined) throw notFound('deliverable');
    const rows = await selectResultHistory(tx, workspaceId, { deliverableId: deliverable.id, limit: historyMax });
    return rows.map((row) => ({
      metric: row.metric as ContentMetric,
      value: Number(row.value),
      isEstimate: row.is_estimate,
      source: row.source,
      typedBy: row.typed_by,
      observedAt: row.observed_at.toISOString(),
      recordedBy: row.recorded_by,
      recordedAt: row.recorded_at.toISOString(),
    }));
  });
}
